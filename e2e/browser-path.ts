import { existsSync } from 'node:fs'

/** Debian's browser; another one by CHROMIUM. */
export const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Whether there is a browser for the journeys; in CI its absence must fail, not pass by. */
export const hasBrowser = existsSync(executablePath) || process.env['CI'] === 'true'
if (!hasBrowser) {
  process.stdout.write(`Left out: the browser journeys, because ${executablePath} is not here.\n`)
}
