import bundles from '../messages/ru/bundles.json' with { type: 'json' }
import cli from '../messages/ru/cli.json' with { type: 'json' }
import demonstration from '../messages/ru/demonstration.json' with { type: 'json' }
import documents from '../messages/ru/documents.json' with { type: 'json' }
import type { MachineMessages } from './catalogue.ts'

export const machine: MachineMessages = {
  ...bundles,
  ...cli,
  ...demonstration,
  ...documents,
}
