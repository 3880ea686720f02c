import app from '../messages/fr/app.json' with { type: 'json' }
import bodies from '../messages/fr/bodies.json' with { type: 'json' }
import countries from '../messages/fr/countries.json' with { type: 'json' }
import identity from '../messages/fr/identity.json' with { type: 'json' }
import people from '../messages/fr/people.json' with { type: 'json' }
import problem from '../messages/fr/problem.json' with { type: 'json' }
import publicTimes from '../messages/fr/public-times.json' with { type: 'json' }
import risk from '../messages/fr/risk.json' with { type: 'json' }
import sources from '../messages/fr/sources.json' with { type: 'json' }
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
