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

/** Somebody whom we have not heard from for a day, and whether others have. */
export type Silence = {
  readonly name: string
  readonly to: 'all' | 'us' | 'unknown'
  /** How many others heard from it within a day. */
  readonly heardBy: number
}

/** Who is silent to us: to all who told us, to us alone, or nobody has told us. */
export function silencesIn(nodes: readonly NetworkNode[], asOf: Instant): readonly Silence[] {
  const age = (at: Instant) => Date.parse(asOf) - Date.parse(at)
  const others = nodes.filter(({ state }) => state === 'pinned')
  return others
    .filter((node) => isSilent(node, asOf))
    .map(({ name, organisation }) => {
      // What was told long ago says nothing of today.
      const told = others
        .filter(({ toldAt }) => toldAt !== null && age(toldAt) <= 24 * HOUR_MS)
        .flatMap(({ heard }) => heard.filter((one) => one.organisation === organisation))
      const heardBy = told.filter(({ at }) => age(at) <= 24 * HOUR_MS).length
      if (told.length === 0) return { name, to: 'unknown', heardBy }
      return { name, to: heardBy > 0 ? 'us' : 'all', heardBy }
    })
}
