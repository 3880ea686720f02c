import app from '../messages/es/app.json' with { type: 'json' }
import bodies from '../messages/es/bodies.json' with { type: 'json' }
import countries from '../messages/es/countries.json' with { type: 'json' }
import identity from '../messages/es/identity.json' with { type: 'json' }
import people from '../messages/es/people.json' with { type: 'json' }
import problem from '../messages/es/problem.json' with { type: 'json' }
import publicTimes from '../messages/es/public-times.json' with { type: 'json' }
import risk from '../messages/es/risk.json' with { type: 'json' }
import sources from '../messages/es/sources.json' with { type: 'json' }
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
