import bundles from '../messages/ar/bundles.json' with { type: 'json' }
import cli from '../messages/ar/cli.json' with { type: 'json' }
import demonstration from '../messages/ar/demonstration.json' with { type: 'json' }
import documents from '../messages/ar/documents.json' with { type: 'json' }
import type { MachineMessages } from './catalogue.ts'

export const machine: MachineMessages = {
  ...bundles,
  ...cli,
  ...demonstration,
  ...documents,
}
