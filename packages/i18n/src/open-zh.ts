import app from '../messages/zh/app.json' with { type: 'json' }
import bodies from '../messages/zh/bodies.json' with { type: 'json' }
import countries from '../messages/zh/countries.json' with { type: 'json' }
import identity from '../messages/zh/identity.json' with { type: 'json' }
import people from '../messages/zh/people.json' with { type: 'json' }
import problem from '../messages/zh/problem.json' with { type: 'json' }
import publicTimes from '../messages/zh/public-times.json' with { type: 'json' }
import risk from '../messages/zh/risk.json' with { type: 'json' }
import sources from '../messages/zh/sources.json' with { type: 'json' }
import type { OpenMessages } from './catalogue.ts'

export const open: OpenMessages = {
  ...app,
  ...bodies,
  ...countries,
  ...identity,
  ...people,
  ...problem,
  ...publicTimes,
  ...risk,
  ...sources,
}
