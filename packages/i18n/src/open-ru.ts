import app from '../messages/ru/app.json' with { type: 'json' }
import bodies from '../messages/ru/bodies.json' with { type: 'json' }
import countries from '../messages/ru/countries.json' with { type: 'json' }
import identity from '../messages/ru/identity.json' with { type: 'json' }
import people from '../messages/ru/people.json' with { type: 'json' }
import problem from '../messages/ru/problem.json' with { type: 'json' }
import publicTimes from '../messages/ru/public-times.json' with { type: 'json' }
import risk from '../messages/ru/risk.json' with { type: 'json' }
import sources from '../messages/ru/sources.json' with { type: 'json' }
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
