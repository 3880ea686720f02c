import bundles from '../messages/zh/bundles.json' with { type: 'json' }
import cli from '../messages/zh/cli.json' with { type: 'json' }
import demonstration from '../messages/zh/demonstration.json' with { type: 'json' }
import documents from '../messages/zh/documents.json' with { type: 'json' }
import type { MachineMessages } from './catalogue.ts'

export const machine: MachineMessages = {
  ...bundles,
  ...cli,
  ...demonstration,
  ...documents,
}
