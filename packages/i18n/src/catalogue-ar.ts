import administration from '../messages/ar/administration.json' with { type: 'json' }
import app from '../messages/ar/app.json' with { type: 'json' }
import cli from '../messages/ar/cli.json' with { type: 'json' }
import countries from '../messages/ar/countries.json' with { type: 'json' }
import docket from '../messages/ar/docket.json' with { type: 'json' }
import identity from '../messages/ar/identity.json' with { type: 'json' }
import letters from '../messages/ar/letters.json' with { type: 'json' }
import node from '../messages/ar/node.json' with { type: 'json' }
import people from '../messages/ar/people.json' with { type: 'json' }
import problem from '../messages/ar/problem.json' with { type: 'json' }
import risk from '../messages/ar/risk.json' with { type: 'json' }
import sources from '../messages/ar/sources.json' with { type: 'json' }
import type { Catalogue } from './catalogue-en.ts'

export const ar: Catalogue = {
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
