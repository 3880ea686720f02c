import { z } from 'zod'
import type { Instant } from './brand.ts'

/**
 * How current a member's directory is: in its life; over, but of a member that may be off line; or so
 * long over that nobody is given new keys on its word.
 */
export const Freshness = z.enum(['fresh', 'stale', 'too-old'])
export type Freshness = z.infer<typeof Freshness>

const STALE_MS = 30 * 86_400_000

export function freshnessOf(expiresAt: Instant, now: Instant): Freshness {
  const over = Date.parse(now) - Date.parse(expiresAt)
  if (over < 0) return 'fresh'
  return over <= STALE_MS ? 'stale' : 'too-old'
}
