import bundles from '../messages/en/bundles.json' with { type: 'json' }
import cli from '../messages/en/cli.json' with { type: 'json' }
import demonstration from '../messages/en/demonstration.json' with { type: 'json' }
import documents from '../messages/en/documents.json' with { type: 'json' }

/** What only the node and the command line say: documents, answers in a terminal. */
export const machine = {
  ...bundles,
  ...cli,
  ...demonstration,
  ...documents,
}
