import type { Instant } from '@tocsin/domain/brand.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'

const MINUTE_MS = 60_000
/** From here on hours are not said any more. */
const LONG_DAYS = 4

/** A span of time in words, as exactly as matters: minutes, hours and minutes, days and hours, days. */
export function formatSpan(t: Translate, milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / MINUTE_MS))
  const [minutes, hours, days] = [total % 60, Math.floor(total / 60), Math.floor(total / 1440)]
  if (total < 60) return t('span.minutes', { minutes })
  if (total < 2 * 1440) return t('span.hours', { hours, minutes })
  if (days < LONG_DAYS) return t('span.days', { days, hours: hours % 24 })
  return t('span.long', { days })
}

/** What is left until an instant, or by how much it is over time. */
export function formatLeft(t: Translate, now: Instant, dueAt: Instant): string {
  const left = Date.parse(dueAt) - Date.parse(now)
  const span = formatSpan(t, Math.abs(left))
  return t(left >= 0 ? 'span.left' : 'span.over', { span })
}
