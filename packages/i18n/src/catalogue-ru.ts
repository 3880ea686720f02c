import administration from '../messages/ru/administration.json' with { type: 'json' }
import app from '../messages/ru/app.json' with { type: 'json' }
import cli from '../messages/ru/cli.json' with { type: 'json' }
import countries from '../messages/ru/countries.json' with { type: 'json' }
import docket from '../messages/ru/docket.json' with { type: 'json' }
import identity from '../messages/ru/identity.json' with { type: 'json' }
import letters from '../messages/ru/letters.json' with { type: 'json' }
import node from '../messages/ru/node.json' with { type: 'json' }
import people from '../messages/ru/people.json' with { type: 'json' }
import problem from '../messages/ru/problem.json' with { type: 'json' }
import risk from '../messages/ru/risk.json' with { type: 'json' }
import sources from '../messages/ru/sources.json' with { type: 'json' }
import type { Catalogue } from './catalogue-en.ts'

export const ru: Catalogue = {
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
