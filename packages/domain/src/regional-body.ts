import { z } from 'zod'
import { Day } from './brand.ts'
import { Locale } from './locale.ts'

/*
 * Regional bodies and who belonged to them when. Every fact here was compiled by people and carries
 * `verified`: false until somebody has read it in a document that the product holds.
 */

/** By language; an answer may hold only the language asked for. */
export const Names = z.partialRecord(Locale, z.string())
export type Names = Readonly<z.infer<typeof Names>>

export const BodyRegion = z.enum([
  'africa',
  'americas',
  'asia',
  'europe',
  'oceania',
  'across',
  'universal',
  'five-rivers',
])
export type BodyRegion = z.infer<typeof BodyRegion>

/** Where a fact stands: an instrument, its symbol if it has one, and the article if it is known. */
export const Citation = z.object({
  instrument: Names,
  symbol: z.string().nullable(),
  article: z.string().nullable(),
})
export type Citation = Readonly<z.infer<typeof Citation>>

/** How an organ comes to a decision. `own-judgement`: an office that one person holds. */
export const DecisionRule = z.enum([
  'consensus',
  'consensus-without-concerned',
  'consensus-or-two-thirds',
  'consensus-or-majority',
  'unanimity',
  'unanimity-without-concerned',
  'four-fifths-without-concerned',
  'two-thirds',
  'majority',
  'nine-of-fifteen-with-veto',
  'own-judgement',
  'not-held',
])
export type DecisionRule = z.infer<typeof DecisionRule>

/** The name of a way in. */
export const ProcedureKind = z.enum([
  'agenda',
  'alert',
  'consultation',
  'crisis-response',
  'early-warning',
  'emergency-meeting',
  'enforcement',
  'fact-finding',
  'good-offices',
  'intervention',
  'intervention-on-request',
  'massive-violations',
  'mediation',
  'moscow-mechanism',
  'peaceful-settlement',
  'precautionary-measures',
  'prevention',
  'regional-arrangements',
  'serious-breach',
  'special-session',
  'suspension',
  'uniting-for-peace',
  'vienna-mechanism',
])
export type ProcedureKind = z.infer<typeof ProcedureKind>

/** What an organ can do under a procedure. */
export const Ability = z.enum([
  'alert-superior',
  'ask-explanation',
  'authorise-force',
  'consult',
  'deploy-mission',
  'establish-facts',
  'good-offices',
  'inform-council',
  'inquiry',
  'intervene',
  'mediate',
  'protective-measures',
  'put-on-agenda',
  'recommend',
  'recommend-intervention',
  'sanctions',
  'statement',
  'suspend-rights',
])
export type Ability = z.infer<typeof Ability>

/** Who may set a procedure going. */
export const Caller = z.enum([
  'anybody',
  'body-secretariat',
  'chair',
  'concerned-state',
  'general-assembly',
  'member-state',
  'any-un-member',
  'african-union-or-un',
  'organ-itself',
  'parliament',
  'secretary-general',
  'security-council',
  'six-states',
  'ten-states',
  'third-of-members',
])
export type Caller = z.infer<typeof Caller>

/** What becomes of a State whose membership is suspended. */
export const SuspensionEffect = z.enum([
  'no-part-in-organs',
  'no-part-in-decisions',
  'no-representation',
  'as-decided',
  'not-foreseen',
])
export type SuspensionEffect = z.infer<typeof SuspensionEffect>

export const Organ = z.object({
  code: z.string(),
  names: Names,
  rule: DecisionRule,
  basis: Citation,
})
export type Organ = Readonly<z.infer<typeof Organ>>

export const Procedure = z.object({
  /** The code of the organ that it leads to. */
  organ: z.string(),
  kind: ProcedureKind,
  can: z.array(Ability),
  callers: z.array(Caller),
  rule: DecisionRule,
  basis: z.array(Citation).min(1),
  /** Whether it is about States that belong, or about others: the latter is no door for a member. */
  reach: z.enum(['members', 'others']),
  verified: z.boolean(),
})
export type Procedure = Readonly<z.infer<typeof Procedure>>

export const Body = z.object({
  /** Short, as the body is known by: `AU`. */
  code: z.string(),
  region: BodyRegion,
  names: Names,
  /** Invented for demonstrations: never listed among real ones. */
  isFictional: z.boolean(),
  founding: Citation,
  suspension: z.object({ effect: SuspensionEffect, basis: Citation.nullable() }),
  organs: z.array(Organ),
  procedures: z.array(Procedure),
  verified: z.boolean(),
})
export type Body = Readonly<z.infer<typeof Body>>

export const MembershipSource = z.enum(['compiled', 'memberships-2010', 'invented'])
export type MembershipSource = z.infer<typeof MembershipSource>

/** One unbroken membership of a State in a body. Both days are included. */
export const Membership = z.object({
  body: z.string(),
  state: z.string(),
  /** Null where the first day is not held here, which is not to say that there was none. */
  fromDay: Day.nullable(),
  /** A day on which it is held to have belonged; the first day itself, where that is known. */
  byDay: Day,
  untilDay: Day.nullable(),
  source: MembershipSource,
  verified: z.boolean(),
})
export type Membership = Readonly<z.infer<typeof Membership>>

/** A time in which a member had no full part. Both days are included; no end: it went on. */
export const Suspension = z.object({
  body: z.string(),
  state: z.string(),
  fromDay: Day,
  untilDay: Day.nullable(),
  /** Who decided it, and the symbol of the decision where it is known. */
  decidedBy: z.string(),
  symbol: z.string().nullable(),
  verified: z.boolean(),
})
export type Suspension = Readonly<z.infer<typeof Suspension>>

/** How a State stands to a body on a day. `never`: it had not belonged by then. */
export const Standing = z.enum(['member', 'suspended', 'withdrawn', 'never', 'unknown'])
export type Standing = z.infer<typeof Standing>

/** All that is held on who belonged to what. */
export const MembershipTable = z.object({
  memberships: z.array(Membership).readonly(),
  suspensions: z.array(Suspension).readonly(),
})
export type MembershipTable = Readonly<z.infer<typeof MembershipTable>>

type Spell = { readonly fromDay: Day; readonly untilDay: Day | null }

const covers = ({ fromDay, untilDay }: Spell, day: Day): boolean =>
  fromDay <= day && (untilDay === null || day <= untilDay)

const holdsOn = ({ byDay, fromDay, untilDay }: Membership, day: Day): boolean =>
  covers({ fromDay: fromDay ?? byDay, untilDay }, day)

const startsUnknown = ({ fromDay, byDay }: Membership, day: Day): boolean =>
  fromDay === null && day < byDay

/** How a State stood to one body on a day, of all that is held on the two. */
export function standingOn({ memberships, suspensions }: MembershipTable, day: Day): Standing {
  if (memberships.some((one) => holdsOn(one, day))) {
    return suspensions.some((one) => covers(one, day)) ? 'suspended' : 'member'
  }
  if (memberships.some((one) => startsUnknown(one, day))) return 'unknown'
  const isOver = ({ untilDay }: Membership) => untilDay !== null && untilDay < day
  return memberships.some(isOver) ? 'withdrawn' : 'never'
}

export type StandingIn = { readonly body: string; readonly standing: Standing }

/** How a State stood on a day to each body that it ever belonged to, by the body's code. */
export function membershipsOn(
  { memberships, suspensions }: MembershipTable,
  state: string,
  day: Day,
): readonly StandingIn[] {
  const ofState = memberships.filter((one) => one.state === state)
  return [...new Set(ofState.map(({ body }) => body))].map((body) => {
    const isOfBoth = (one: { readonly body: string; readonly state: string }) =>
      one.body === body && one.state === state
    const held = {
      memberships: ofState.filter(isOfBoth),
      suspensions: suspensions.filter(isOfBoth),
    }
    return { body, standing: standingOn(held, day) }
  })
}

export const belongs = ({ standing }: Pick<StandingIn, 'standing'>): boolean =>
  standing === 'member' || standing === 'suspended'

/** A body whose door is open for a matter in a State, with the procedures that are about members. */
export type Door = {
  readonly body: Body
  readonly isSuspended: boolean
  readonly procedures: readonly Procedure[]
}

export type Doors = {
  /** Exactly the bodies that the State belonged to on the day, as far as they have a procedure. */
  readonly regional: readonly Door[]
  /** Bodies it belonged to that have no procedure for such a matter. */
  readonly withoutProcedure: readonly Body[]
  /** Bodies of which it is not held here whether it belonged to them on that day. */
  readonly unknown: readonly Body[]
  /** Open whatever the State belongs to. */
  readonly universal: readonly Door[]
}

/** Which doors are open on a day for a matter in a State. */
export function doorsFor(
  { bodies, ...table }: MembershipTable & { readonly bodies: readonly Body[] },
  state: string,
  day: Day,
): Doors {
  const standings = new Map(
    membershipsOn(table, state, day).map(({ body, standing }) => [body, standing]),
  )
  const standingIn = ({ code }: Body) => standings.get(code) ?? 'never'
  const doorOf = (body: Body): Door => ({
    body,
    isSuspended: standingIn(body) === 'suspended',
    procedures: body.procedures.filter(({ reach }) => reach === 'members'),
  })
  const joined = bodies.filter((body) => belongs({ standing: standingIn(body) })).map(doorOf)
  return {
    regional: joined.filter(({ procedures }) => procedures.length > 0),
    withoutProcedure: joined
      .filter(({ procedures }) => procedures.length === 0)
      .map(({ body }) => body),
    unknown: bodies.filter((body) => standingIn(body) === 'unknown'),
    universal: bodies.filter(({ region }) => region === 'universal').map(doorOf),
  }
}
