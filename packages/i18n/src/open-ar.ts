import app from '../messages/ar/app.json' with { type: 'json' }
import bodies from '../messages/ar/bodies.json' with { type: 'json' }
import countries from '../messages/ar/countries.json' with { type: 'json' }
import identity from '../messages/ar/identity.json' with { type: 'json' }
import people from '../messages/ar/people.json' with { type: 'json' }
import problem from '../messages/ar/problem.json' with { type: 'json' }
import publicTimes from '../messages/ar/public-times.json' with { type: 'json' }
import risk from '../messages/ar/risk.json' with { type: 'json' }
import sources from '../messages/ar/sources.json' with { type: 'json' }
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
