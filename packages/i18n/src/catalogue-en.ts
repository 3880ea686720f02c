import administration from '../messages/en/administration.json' with { type: 'json' }
import app from '../messages/en/app.json' with { type: 'json' }
import cli from '../messages/en/cli.json' with { type: 'json' }
import countries from '../messages/en/countries.json' with { type: 'json' }
import docket from '../messages/en/docket.json' with { type: 'json' }
import identity from '../messages/en/identity.json' with { type: 'json' }
import letters from '../messages/en/letters.json' with { type: 'json' }
import node from '../messages/en/node.json' with { type: 'json' }
import people from '../messages/en/people.json' with { type: 'json' }
import problem from '../messages/en/problem.json' with { type: 'json' }
import risk from '../messages/en/risk.json' with { type: 'json' }
import sources from '../messages/en/sources.json' with { type: 'json' }

/** English names every message; another language that lacks one does not compile. */
export const en = {
  ...administration,
  ...app,
  ...cli,
  ...countries,
  ...docket,
  ...identity,
  ...letters,
  ...node,
  ...people,
  ...problem,
  ...risk,
  ...sources,
}
export type MessageKey = keyof typeof en
export type Catalogue = Readonly<Record<MessageKey, string>>
