import type { PersonId } from '@tocsin/domain/brand.ts'
import { type ContributionId, Waiting } from '@tocsin/domain/contribution.ts'

/*
 * What a person said while the node could not be reached: kept on the device until the node has it, in the order in
 * which it was said, for each person apart, and erased when they sign out.
 */

const BEGINNING = 'tocsin-outbox-'

const keyOf = (person: PersonId) => `${BEGINNING}${person}`

/** What waits, the first said first; nothing where the device keeps nothing or something else. */
export function readOutbox(person: PersonId): readonly Waiting[] {
  const kept = localStorage.getItem(keyOf(person))
  if (kept === null) return []
  try {
    return Waiting.array().parse(JSON.parse(kept))
  } catch {
    return []
  }
}

function write(person: PersonId, all: readonly Waiting[]): void {
  if (all.length === 0) localStorage.removeItem(keyOf(person))
  else localStorage.setItem(keyOf(person), JSON.stringify(all))
}

export const putInOutbox = (person: PersonId, one: Waiting): void =>
  write(person, [...readOutbox(person), one])

export const dropFromOutbox = (person: PersonId, contribution: ContributionId): void =>
  write(
    person,
    readOutbox(person).filter((one) => one.contribution !== contribution),
  )

export const refuseInOutbox = (
  person: PersonId,
  contribution: ContributionId,
  refusal: string | null,
): void =>
  write(
    person,
    readOutbox(person).map((one) =>
      one.contribution === contribution ? { ...one, refusal } : one,
    ),
  )

/** Of everybody who used this device: after signing out nothing of what was written stays on it. */
export function clearOutboxes(): void {
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index))
  for (const key of keys) if (key?.startsWith(BEGINNING)) localStorage.removeItem(key)
}
