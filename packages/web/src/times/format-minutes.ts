import type { Translate } from '@tocsin/i18n/translate.ts'

const HOUR = 60
const DAY = 24 * HOUR
/** From here on minutes are not said, and days are. */
const LONG = 2 * DAY

/** Whole minutes in words: what was measured, not how long is left. */
export function formatMinutes(t: Translate, total: number): string {
  if (total < HOUR) return t('span.minutes', { minutes: total })
  const hours = Math.floor(total / HOUR)
  if (total < LONG) return t('span.hours', { hours, minutes: total % HOUR })
  return t('span.days', { days: Math.floor(total / DAY), hours: hours % 24 })
}
