import { z } from 'zod'
import type { Marking } from './audience.ts'
import { PersonId } from './brand.ts'

/** As long as somebody can stay signed in, in milliseconds. */
export const KEPT_MS = 12 * 3_600_000

/** What somebody read last, sealed on their device so that they can read it without a link. */
export const KeptCopy = z.object({
  person: PersonId,
  /** When it was kept, by the device's own clock, in milliseconds since 1970. */
  at: z.number(),
  /** The application that can read it. */
  build: z.string(),
  nonce: z.string(),
  sealed: z.string(),
})
export type KeptCopy = Readonly<z.infer<typeof KeptCopy>>

/** What is for those in one exchange alone is on no device that could be taken from them. */
export const mayBeKept = (marking: Marking): boolean => marking !== 'TLP:RED'

/**
 * Whether a copy may still be there. One that was kept later than now is no better than an old one: a clock that
 * was put back would keep it for ever.
 */
export const isStillKept = ({ at }: Pick<KeptCopy, 'at'>, now: number): boolean =>
  at <= now && now - at < KEPT_MS
