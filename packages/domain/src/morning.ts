import { z } from 'zod'
import { Instant } from './brand.ts'
import { Level } from './level.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { WarningId } from './warning.ts'

/**
 * What somebody may be needed for, in the order in which it is put before them: a draft to sign or
 * return, a draft that came back, a review over time, an answer to chase, an act that waits for a
 * second person, reports that stand on no matter.
 */
export const MorningKind = z.enum(['sign', 'amend', 'review', 'chase', 'approve', 'triage'])
export type MorningKind = z.infer<typeof MorningKind>

export const MorningItem = z.object({
  kind: MorningKind,
  /** The matter it is about; none for approvals and loose reports. */
  matter: MatterId.nullable(),
  title: Line.nullable(),
  warning: WarningId.nullable(),
  level: Level.nullable(),
  /** When it runs out, or ran out; none where nothing runs. */
  dueAt: Instant.nullable(),
  /** How many it stands for: loose reports and approvals are one item together. */
  count: z.int().positive(),
  /** Reading time. */
  minutes: z.int().positive(),
})
export type MorningItem = Readonly<z.infer<typeof MorningItem>>

export const Morning = z.object({
  now: z.array(MorningItem),
  /** What does not fit into the morning: shown after it, never left out. */
  later: z.array(MorningItem),
})
export type Morning = Readonly<z.infer<typeof Morning>>

export const MORNING_MINUTES = 15

/** About 200 words, in any script. */
const CHARACTERS_A_MINUTE = 1200
const MOST_MINUTES = 15

/** Minutes to read a draft and think about it: one to open it, the rest for its text. */
export const minutesToRead = (characters: number): number =>
  Math.min(MOST_MINUTES, 1 + Math.max(1, Math.ceil(characters / CHARACTERS_A_MINUTE)))

/** Minutes that each of the others takes; each loose report takes one. */
export const MINUTES = { amend: 4, review: 3, chase: 2, approve: 2, triage: 1 } as const

const rank = (kind: MorningKind): number => MorningKind.options.indexOf(kind)

/** By what it is, then the gravest, then what runs out first. */
function byUrgency(a: MorningItem, b: MorningItem): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    (b.level ?? 0) - (a.level ?? 0) ||
    (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')
  )
}

/**
 * Lays what needs somebody into a morning of 15 minutes, by urgency. What does not fit is for later
 * today; something shorter after it may still fit. The most urgent always stands in the morning,
 * however long it takes.
 */
export function planMorning(items: readonly MorningItem[]): Morning {
  const now: MorningItem[] = []
  const later: MorningItem[] = []
  let spent = 0
  for (const item of [...items].sort(byUrgency)) {
    const fits = now.length === 0 || spent + item.minutes <= MORNING_MINUTES
    if (fits) spent += item.minutes
    ;(fits ? now : later).push(item)
  }
  return { now, later }
}

/** Minutes that the items take together. */
export const minutesOf = (items: readonly MorningItem[]): number =>
  items.reduce((sum, { minutes }) => sum + minutes, 0)
