import { z } from 'zod'
import type { Actor } from './actor.ts'
import { type Audience, isInAudience } from './audience.ts'
import { Instant, OrganisationId } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { mayPublish } from './network-access.ts'
import { Paragraphs } from './text.ts'

/** Names a STIX object in all of its versions: its type and a UUID. */
export const ObjectId = z
  .string()
  .max(300)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .brand<'ObjectId'>()
export type ObjectId = z.infer<typeof ObjectId>

const standing = ['audience--', 'liaison-receipt--', 'receipt--', 'withdrawal--']
/** With any of these taken back a decision would come out otherwise, or could not be counted again. */
const counted = [
  'ballot--',
  'complaint--',
  'decision--',
  'officers--',
  'position--',
  'proof--',
  'question--',
  'question-end--',
  'rehome--',
  'sequence--',
  'tally--',
]

/**
 * Who reads, what was answered and what was taken back are not content, and stand; so does what a
 * common decision rests on. A proposal is ended by its own record, which leaves it to be read.
 */
export const isWithdrawable = (object: ObjectId): boolean =>
  ![...standing, ...counted].some((beginning) => object.startsWith(beginning))

export const WithdrawalId = z.uuidv7().brand<'WithdrawalId'>()
export type WithdrawalId = z.infer<typeof WithdrawalId>

/** Somebody may be in danger; it was wrong; it may not be held. */
export const WithdrawalClass = z.enum(['source-risk', 'error', 'legal'])
export type WithdrawalClass = z.infer<typeof WithdrawalClass>

/** What a person says who takes something back; the reason stays with the own organisation. */
export const WithdrawalForm = z.object({
  object: ObjectId,
  class: WithdrawalClass,
  reason: Paragraphs,
})
export type WithdrawalForm = Readonly<z.infer<typeof WithdrawalForm>>

/** What is left of an object that its creator took back: enough to know it again. */
export const Tombstone = z.strictObject({
  /** The creator: nobody else's word makes a tombstone over an object. */
  organisation: OrganisationId,
  object: ObjectId,
  class: WithdrawalClass,
  withdrawnAt: Instant,
})
export type Tombstone = Readonly<z.infer<typeof Tombstone>>

/** Taking back protects: one person who works for the creator may, and without a second. */
export const mayWithdraw = (
  actor: Actor,
  own: { readonly organisation: OrganisationId },
): boolean => actor.kind === 'person' && mayPublish(actor, own)

/**
 * The one tombstone of two for the same object: the earlier, whatever the order in which they came,
 * so that all nodes end with the same.
 */
export function settle(one: Tombstone, other: Tombstone): Tombstone {
  const [first, second] = [one, other].map(
    ({ withdrawnAt, class: of }) => `${withdrawnAt}${WithdrawalClass.options.indexOf(of)}`,
  ) as [string, string]
  return first <= second ? one : other
}

/** Everybody who could read one of the versions, also those who have left since; sorted. */
export function readersEver(versions: readonly Audience[]): readonly OrganisationId[] {
  const readers = versions.flatMap((version) =>
    version.audience.filter((member) => isInAudience(version, member)),
  )
  return [...new Set(readers)].sort()
}

const MINUTE_MS = 60_000
const LONGEST_MS = 6 * 60 * MINUTE_MS

/** When a member that has not said that it erased is asked again: later each time, for ever. */
export function nextAsk(at: Instant, asked: number): Instant {
  return addMilliseconds(at, Math.min(MINUTE_MS * 2 ** Math.min(asked, 20), LONGEST_MS))
}
