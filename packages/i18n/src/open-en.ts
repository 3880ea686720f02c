import app from '../messages/en/app.json' with { type: 'json' }
import bodies from '../messages/en/bodies.json' with { type: 'json' }
import countries from '../messages/en/countries.json' with { type: 'json' }
import identity from '../messages/en/identity.json' with { type: 'json' }
import people from '../messages/en/people.json' with { type: 'json' }
import problem from '../messages/en/problem.json' with { type: 'json' }
import publicTimes from '../messages/en/public-times.json' with { type: 'json' }
import risk from '../messages/en/risk.json' with { type: 'json' }
import sources from '../messages/en/sources.json' with { type: 'json' }

/** What every reader needs: the pages that need no account. */
export const open = {
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
