import bundles from '../messages/es/bundles.json' with { type: 'json' }
import cli from '../messages/es/cli.json' with { type: 'json' }
import demonstration from '../messages/es/demonstration.json' with { type: 'json' }
import documents from '../messages/es/documents.json' with { type: 'json' }
import type { MachineMessages } from './catalogue.ts'

export const machine: MachineMessages = {
  ...bundles,
  ...cli,
  ...demonstration,
  ...documents,
}
