import type { NetworkNode } from '@tocsin/api/network.ts'
import type { Instant } from '@tocsin/domain/brand.ts'

const HOUR_MS = 3_600_000

/** In step: heard within the hour, and nothing that waits for it is older than that. */
export function isInStep({ lastExchangeAt, waitingSince }: NetworkNode, asOf: Instant): boolean {
  const age = (at: Instant) => Date.parse(asOf) - Date.parse(at)
  if (!lastExchangeAt || age(lastExchangeAt) > HOUR_MS) return false
  return !waitingSince || age(waitingSince) <= HOUR_MS
}

/** Silent so long that somebody should ask: a day. */
export const isSilent = ({ lastExchangeAt }: NetworkNode, asOf: Instant): boolean =>
  !lastExchangeAt || Date.parse(asOf) - Date.parse(lastExchangeAt) > 24 * HOUR_MS
