import administration from '../messages/es/administration.json' with { type: 'json' }
import app from '../messages/es/app.json' with { type: 'json' }
import cli from '../messages/es/cli.json' with { type: 'json' }
import countries from '../messages/es/countries.json' with { type: 'json' }
import docket from '../messages/es/docket.json' with { type: 'json' }
import identity from '../messages/es/identity.json' with { type: 'json' }
import letters from '../messages/es/letters.json' with { type: 'json' }
import node from '../messages/es/node.json' with { type: 'json' }
import people from '../messages/es/people.json' with { type: 'json' }
import problem from '../messages/es/problem.json' with { type: 'json' }
import risk from '../messages/es/risk.json' with { type: 'json' }
import sources from '../messages/es/sources.json' with { type: 'json' }
import type { Catalogue } from './catalogue-en.ts'

export const es: Catalogue = {
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
