import { z } from 'zod'
import { Instant } from './brand.ts'
import { type Entry, EntryKind } from './matter.ts'

/**
 * The steps from warning to decision: first report, graded, assessed, notified, acknowledged, decided
 * or declined with reasons, acted, effect seen.
 */
export const Stamp = z.enum(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'])
export type Stamp = z.infer<typeof Stamp>

/** When each step was first taken; those that were not taken are not named. */
export type Stamps = Readonly<Partial<Record<Stamp, Instant>>>

/** The step that an entry of this kind takes at the moment at which it was written. */
const stampOfKind: Readonly<Partial<Record<EntryKind, Stamp>>> = {
  'matter.assessed': 'T2',
  'warning.sent': 'T3',
  'notification.acknowledged': 'T4',
  'notification.answered': 'T5',
  // Of an organ and of a room: both are put on record only where it decided, or declined with reasons.
  'agenda.answered': 'T5',
  'matter.decided': 'T5',
  'matter.acted': 'T6',
  'matter.effect-seen': 'T7',
}

/** The kinds of entries that can take a step. */
export const stampedKinds: readonly EntryKind[] = [
  'report.attached',
  ...EntryKind.options.filter((kind) => stampOfKind[kind] !== undefined),
]

/** Reads the steps off a record, in whatever order its entries come: the first of each kind counts. */
export function stampsOf(entries: readonly Pick<Entry, 'kind' | 'at' | 'facts'>[]): Stamps {
  const stamps: Partial<Record<Stamp, Instant>> = {}
  const note = (stamp: Stamp | undefined, at: Instant) => {
    if (stamp && !(at >= (stamps[stamp] ?? '~'))) stamps[stamp] = at
  }
  for (const { kind, at, facts } of entries) {
    note(stampOfKind[kind], at)
    if (kind !== 'report.attached') continue
    // A report is older than its place on the matter, and is graded by whoever files it.
    const reportedAt = Instant.safeParse(facts['reportedAt']).data ?? at
    note('T0', reportedAt)
    if (typeof facts['grade'] === 'string') note('T1', reportedAt)
  }
  return stamps
}
