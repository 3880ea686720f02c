import administration from '../messages/fr/administration.json' with { type: 'json' }
import app from '../messages/fr/app.json' with { type: 'json' }
import cli from '../messages/fr/cli.json' with { type: 'json' }
import countries from '../messages/fr/countries.json' with { type: 'json' }
import docket from '../messages/fr/docket.json' with { type: 'json' }
import identity from '../messages/fr/identity.json' with { type: 'json' }
import letters from '../messages/fr/letters.json' with { type: 'json' }
import node from '../messages/fr/node.json' with { type: 'json' }
import people from '../messages/fr/people.json' with { type: 'json' }
import problem from '../messages/fr/problem.json' with { type: 'json' }
import risk from '../messages/fr/risk.json' with { type: 'json' }
import sources from '../messages/fr/sources.json' with { type: 'json' }
import type { Catalogue } from './catalogue-en.ts'

export const fr: Catalogue = {
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
