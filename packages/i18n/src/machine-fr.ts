import bundles from '../messages/fr/bundles.json' with { type: 'json' }
import cli from '../messages/fr/cli.json' with { type: 'json' }
import demonstration from '../messages/fr/demonstration.json' with { type: 'json' }
import documents from '../messages/fr/documents.json' with { type: 'json' }
import type { MachineMessages } from './catalogue.ts'

export const machine: MachineMessages = {
  ...bundles,
  ...cli,
  ...demonstration,
  ...documents,
}
