import administration from '../messages/zh/administration.json' with { type: 'json' }
import app from '../messages/zh/app.json' with { type: 'json' }
import cli from '../messages/zh/cli.json' with { type: 'json' }
import countries from '../messages/zh/countries.json' with { type: 'json' }
import docket from '../messages/zh/docket.json' with { type: 'json' }
import identity from '../messages/zh/identity.json' with { type: 'json' }
import letters from '../messages/zh/letters.json' with { type: 'json' }
import node from '../messages/zh/node.json' with { type: 'json' }
import people from '../messages/zh/people.json' with { type: 'json' }
import problem from '../messages/zh/problem.json' with { type: 'json' }
import risk from '../messages/zh/risk.json' with { type: 'json' }
import sources from '../messages/zh/sources.json' with { type: 'json' }
import type { Catalogue } from './catalogue-en.ts'

export const zh: Catalogue = {
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
