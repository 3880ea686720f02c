import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The real data that lies beside a checkout of the project, never in it. */
export const sharedData = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

const present = existsSync(sharedData)

/**
 * Whether tests on real data must be left out. Only a stranger's clone may leave them out, and says
 * so; in CI the data is always there, so its absence lets the tests run and fail.
 */
export const withoutSharedData = !present && process.env['CI'] !== 'true'
if (withoutSharedData) {
  process.stdout.write('Left out: tests on real data, because ../shared/data is not here.\n')
}
