import { z } from 'zod'
import { Instant, PersonId } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { type Level, WarningLevel } from './level.ts'
import { ClockKind } from './service-clock.ts'
import { Paragraphs } from './text.ts'

/*
 * When an organ must take a matter up: rules that each organ sets for itself. What they oblige to follows
 * from the facts of a matter alone, in whatever order these became known, so that a node that was away
 * for a week comes to the same agenda.
 */

/** An organ that keeps an agenda on this node. */
export const OrganId = z.uuidv7().brand<'OrganId'>()
export type OrganId = z.infer<typeof OrganId>

/** A rule through all of its versions. */
export const TriggerRuleId = z.uuidv7().brand<'TriggerRuleId'>()
export type TriggerRuleId = z.infer<typeof TriggerRuleId>

export const RuleVersionId = z.uuidv7().brand<'RuleVersionId'>()
export type RuleVersionId = z.infer<typeof RuleVersionId>

const Hours = z.int().min(0).max(8784)
/** The level of the matter, the warning or the consultation from which on the rule holds. */
const least = WarningLevel

/** How an authority's answer fails: no decision but reasons, or the warning never reached it. */
export const AnswerFailure = z.enum(['declined', 'undelivered'])
export type AnswerFailure = z.infer<typeof AnswerFailure>

/** What the organ's own agenda waits for is no clock that could put something on it. */
export const RuleClock = ClockKind.exclude(['agenda'])
export type RuleClock = z.infer<typeof RuleClock>

/** What puts a matter on the agenda. */
export const Condition = z.discriminatedUnion('kind', [
  /** It stands at the level, or above, for so long; `unlessDecided`: and nobody has decided since. */
  z.object({ kind: z.literal('level'), least, hours: Hours, unlessDecided: z.boolean() }),
  /** A clock ran out so long ago and still waits. */
  z.object({ kind: z.literal('clock'), least, clock: RuleClock, hours: Hours }),
  /** An authority answered with reasons in place of a decision, or was never reached. */
  z.object({ kind: z.literal('answer'), least, failures: z.array(AnswerFailure).min(1).max(2) }),
  /** A consultation has been open for so long, or was closed, without a decision. */
  z.object({ kind: z.literal('consultation'), least, hours: Hours.min(1) }),
])
export type Condition = Readonly<z.infer<typeof Condition>>

/** A rule as people set it. */
export const RuleText = z.object({
  condition: Condition,
  /** How long the organ has to answer, from when the matter is on its agenda. */
  answerHours: z.int().min(1).max(8784),
  /** A rule that is not in force puts nothing on the agenda. */
  isInForce: z.boolean(),
})
export type RuleText = Readonly<z.infer<typeof RuleText>>

export const RuleVersion = RuleText.extend({
  id: RuleVersionId,
  rule: TriggerRuleId,
  /** From 1. */
  version: z.int().positive(),
  setAt: Instant,
  /** None for what an organ begins with. */
  reasons: Paragraphs.nullable(),
  setBy: PersonId.nullable(),
})
export type RuleVersion = Readonly<z.infer<typeof RuleVersion>>

const DAY = 24

/** What an organ begins with: the times of the founding practice, and no consultation without an end. */
export const firstRules: readonly RuleText[] = [
  levelRule(3, 7 * DAY, true, 7 * DAY),
  levelRule(4, 2 * DAY, true, 2 * DAY),
  levelRule(5, DAY, false, DAY),
  {
    condition: { kind: 'clock', least: 3, clock: 'decide', hours: 0 },
    answerHours: 7 * DAY,
    isInForce: true,
  },
  {
    condition: { kind: 'answer', least: 3, failures: ['declined', 'undelivered'] },
    answerHours: 7 * DAY,
    isInForce: true,
  },
  {
    condition: { kind: 'consultation', least: 1, hours: 7 * DAY },
    answerHours: 3 * DAY,
    isInForce: true,
  },
]

function levelRule(
  at: WarningLevel,
  hours: number,
  unlessDecided: boolean,
  answerHours: number,
): RuleText {
  const condition = { kind: 'level', least: at, hours, unlessDecided } as const
  return { condition, answerHours, isInForce: true }
}

/** What the rules are asked of a matter, for one organ. No list has an order that counts. */
export type MatterFacts = {
  /** Each judgement of the level; `seq` says which came later where the instants are equal. */
  readonly levels: readonly { readonly seq: number; readonly at: Instant; readonly level: Level }[]
  /** When an authority decided on a warning, or a consultation came to a decision. */
  readonly decisions: readonly Instant[]
  /** When this organ itself decided on the matter, or declined with reasons. */
  readonly answers: readonly Instant[]
  readonly clocks: readonly {
    readonly id: string
    readonly kind: ClockKind
    readonly level: Level
    readonly dueAt: Instant
    readonly stoppedAt: Instant | null
    readonly about: string | null
  }[]
  readonly failures: readonly {
    /** The notification. */
    readonly id: string
    readonly failure: AnswerFailure
    readonly level: Level
    readonly at: Instant
    /** When it reached the authority after all. */
    readonly endedAt: Instant | null
    readonly about: string | null
  }[]
  readonly consultations: readonly {
    readonly id: string
    readonly level: Level
    readonly openedAt: Instant
    readonly closedAt: Instant | null
    readonly decidedAt: Instant | null
    readonly about: string | null
  }[]
}

/** A time in which a matter meets a condition: from when to when, and when it obliges within it. */
type Spell = {
  /** Names it among all that the matter ever gave rise to. */
  readonly episode: string
  readonly since: Instant
  readonly ripeAt: Instant
  /** When the condition ceased to be met; null while it is. */
  readonly endedAt: Instant | null
  /** When the next spell of the kind could begin: a level that was decided on is not a new one. */
  readonly until: Instant | null
  readonly about: string | null
}

const HOUR_MS = 3_600_000
const after = (at: Instant, hours: number) => addMilliseconds(at, hours * HOUR_MS)

const earliest = (...instants: readonly (Instant | null | undefined)[]): Instant | null =>
  instants.flatMap((at) => at ?? []).sort()[0] ?? null

const firstSince = (instants: readonly Instant[], since: Instant): Instant | null =>
  earliest(...instants.filter((at) => at >= since))

type LevelCondition = Extract<Condition, { kind: 'level' }>

/** Each unbroken stay at the level or above. */
function levelSpells(
  { least: from, hours, unlessDecided }: LevelCondition,
  { levels, decisions, answers }: MatterFacts,
): readonly Spell[] {
  const inOrder = [...levels].sort((a, b) => a.seq - b.seq)
  return inOrder.flatMap(({ at: since, level }, index): Spell[] => {
    const before = inOrder[index - 1]?.level ?? 0
    if (level < from || before >= from) return []
    const until = inOrder.slice(index + 1).find((one) => one.level < from)?.at ?? null
    const decided = unlessDecided ? firstSince(decisions, since) : null
    return [
      {
        episode: `level ${since}`,
        since,
        ripeAt: after(since, hours),
        endedAt: earliest(until, decided, firstSince(answers, since)),
        until,
        about: null,
      },
    ]
  })
}

function spellsOf(condition: Condition, facts: MatterFacts): readonly Spell[] {
  const isGrave = ({ level }: { readonly level: Level }) => level >= condition.least
  const single = (
    { id, about }: { readonly id: string; readonly about: string | null },
    since: Instant,
    { ripeAt, endedAt }: Pick<Spell, 'ripeAt' | 'endedAt'>,
  ): Spell => ({ episode: `${condition.kind} ${id}`, since, ripeAt, endedAt, until: null, about })
  switch (condition.kind) {
    case 'level':
      return levelSpells(condition, facts)
    case 'clock':
      return facts.clocks
        .filter((one) => one.kind === condition.clock && isGrave(one))
        .map((one) =>
          single(one, one.dueAt, {
            ripeAt: after(one.dueAt, condition.hours),
            endedAt: one.stoppedAt,
          }),
        )
    case 'answer':
      return facts.failures
        .filter((one) => condition.failures.includes(one.failure) && isGrave(one))
        .map((one) => {
          const endedAt = earliest(one.endedAt, firstSince(facts.decisions, one.at))
          const spell = single(one, one.at, { ripeAt: one.at, endedAt })
          return { ...spell, episode: `${one.failure} ${one.id}` }
        })
    case 'consultation':
      return facts.consultations.filter(isGrave).map((one) => {
        const end = after(one.openedAt, condition.hours)
        const ripeAt = earliest(end, one.closedAt) ?? end
        return single(one, one.openedAt, { ripeAt, endedAt: one.decidedAt })
      })
  }
}

/** What a rule has already put on the agenda. */
export type Tabled = {
  readonly rule: TriggerRuleId
  readonly episode: string
  readonly arisesAt: Instant
}

/** That a matter must be on the organ's agenda: by which version of which rule, since when, and why. */
export type Obligation = Tabled & {
  readonly version: RuleVersionId
  readonly about: string | null
}

/** A rule that was changed does not see an old stay at a level as a new one. */
const isTabledIn = (spell: Spell, { episode, arisesAt }: Tabled): boolean =>
  episode === spell.episode ||
  (episode.startsWith('level ') &&
    spell.episode.startsWith('level ') &&
    arisesAt >= spell.since &&
    (spell.until === null || arisesAt < spell.until))

/**
 * What the rules of an organ oblige to at that moment and what is not on the agenda yet, the longest
 * owed first. A version counts from when it was set until the next one was: nothing is owed by a
 * rule before it existed, and what was owed under the rule of its day stays owed.
 */
export function obligationsOf(
  versions: readonly RuleVersion[],
  facts: MatterFacts,
  { tabled, now }: { readonly tabled: readonly Tabled[]; readonly now: Instant },
): readonly Obligation[] {
  const inOrder = [...versions].sort((a, b) => a.version - b.version)
  const owed: Obligation[] = []
  for (const { id, rule, version, setAt, condition, isInForce } of inOrder) {
    if (!isInForce) continue
    const next = inOrder.find((one) => one.rule === rule && one.version > version)?.setAt
    for (const spell of spellsOf(condition, facts)) {
      const [, arisesAt] = [spell.ripeAt, setAt].sort() as [Instant, Instant]
      const isKnown = [...tabled, ...owed].some(
        (one) => one.rule === rule && isTabledIn(spell, one),
      )
      const hasEnded = spell.endedAt !== null && arisesAt >= spell.endedAt
      const isReplaced = next !== undefined && arisesAt >= next
      if (isKnown || hasEnded || isReplaced || arisesAt > now) continue
      owed.push({ rule, version: id, episode: spell.episode, arisesAt, about: spell.about })
    }
  }
  return owed.sort((a, b) => Date.parse(a.arisesAt) - Date.parse(b.arisesAt))
}
