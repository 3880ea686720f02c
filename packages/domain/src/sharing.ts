import { z } from 'zod'
import { isInAudience, isMoreClosed, Marking } from './audience.ts'
import { type CountryCode, Instant, OrganisationId } from './brand.ts'
import { AudienceId, AudienceVersion, type MemberState, ReshareRule } from './network.ts'
import { Line } from './people.ts'

/*
 * Who gets what leaves. One function, `whyNotSent`, is asked by publishing, by the audience sentence
 * and by whoever wants to know why something was not sent; nothing else decides.
 */

/** What of ours can be shared by itself. */
export const SharedKind = z.enum(['matter', 'report', 'edition'])
export type SharedKind = z.infer<typeof SharedKind>

/** What an owner says about an audience; who reads in the end follows from it. */
export const SharingTerms = z.object({
  name: Line,
  members: z.array(OrganisationId).max(200),
  /** Audiences whose members are members of this one. */
  groups: z.array(AudienceId).max(20),
  /** Kept out whatever else is said. */
  excluded: z.array(OrganisationId).max(200),
  ceiling: Marking,
  reshare: ReshareRule,
  /** Members that may pass on in the owner's name without asking again. */
  delegates: z.array(OrganisationId).max(20),
  expiresAt: Instant.nullable(),
  /** Readers are not told who else reads. */
  isRosterClosed: z.boolean(),
  /** Whoever passes it on says that it came from a member of the network, not from which. */
  isAuthorWithheld: z.boolean(),
  /** The author says that organisations of the State concerned may read. */
  includesStateConcerned: z.boolean(),
})
export type SharingTerms = Readonly<z.infer<typeof SharingTerms>>

/** A version of an audience with what its owner said. */
export const SharingVersion = AudienceVersion.extend(SharingTerms.shape)
export type SharingVersion = Readonly<z.infer<typeof SharingVersion>>

/** The terms of an audience that nobody has said more about: for its members' own eyes. */
export const plainTerms = {
  groups: [],
  excluded: [],
  ceiling: 'TLP:RED',
  reshare: 'with-release',
  delegates: [],
  expiresAt: null,
  isRosterClosed: false,
  isAuthorWithheld: false,
  includesStateConcerned: false,
} as const satisfies Omit<SharingTerms, 'name' | 'members'>

/** A marking that is not known is read as the most closed one. */
export const markingFrom = (said: unknown): Marking =>
  Marking.safeParse(said).data ?? ('TLP:RED' satisfies Marking)

/** So long a widened audience waits, so that its members see who comes before they come. */
export const WIDENING_DELAY_MS = 3_600_000

/** An organisation as sharing sees it: on this node, or trusted elsewhere, or neither. */
export type Party = {
  readonly id: OrganisationId
  readonly country: CountryCode | null
  readonly standing: 'here' | MemberState | 'unknown'
}

/** Why an organisation does not get something. */
export const NotSent = z.enum([
  'state-concerned',
  'excluded',
  'waiting',
  'not-in-audience',
  'expired',
  'over-ceiling',
  'stopped',
  'not-pinned',
])
export type NotSent = z.infer<typeof NotSent>

/** Looks up another audience as it stands; undefined where there is none that one may name. */
export type FindAudience = (id: AudienceId) => SharingVersion | undefined

export const isOver = ({ expiresAt }: Pick<SharingTerms, 'expiresAt'>, at: Instant): boolean =>
  expiresAt !== null && expiresAt <= at

/** What is to be shared: how it is marked, and the State that it is about. */
export type SharedThing = { readonly marking: Marking; readonly country: CountryCode | null }

/** Whether the organisation belongs to the State that a matter of another State is about. */
const isOfStateConcerned = (
  { country }: Pick<SharedThing, 'country'>,
  owner: Pick<Party, 'id' | 'country'>,
  party: Pick<Party, 'id' | 'country'>,
): boolean =>
  country !== null &&
  party.country === country &&
  owner.country !== country &&
  party.id !== owner.id

/** Why an audience cannot be made as somebody said it. */
export type AudienceFault =
  | 'unknown-organisation'
  | 'unknown-group'
  | 'group-cycle'
  | 'empty'
  | 'expired'

type Bounds = Pick<SharingTerms, 'members' | 'groups' | 'excluded' | 'ceiling'>
type Found = { readonly bounds: readonly Bounds[]; readonly fault: AudienceFault | undefined }

/** An audience and all that are inside it; one whose time is over has nobody in it. */
function unfold(
  bounds: Bounds,
  way: readonly AudienceId[],
  known: { readonly at: Instant; readonly find: FindAudience },
  // Each once, however often it is named: else few audiences could keep a node busy for ever.
  seen: Set<AudienceId> = new Set(),
): Found {
  const inner = bounds.groups.map((id): Found => {
    const group = known.find(id)
    if (way.includes(id)) return { bounds: [], fault: 'group-cycle' }
    if (seen.has(id)) return { bounds: [], fault: undefined }
    seen.add(id)
    if (!group) return { bounds: [], fault: 'unknown-group' }
    return isOver(group, known.at)
      ? { bounds: [], fault: undefined }
      : unfold(group, [...way, id], known, seen)
  })
  return {
    bounds: [bounds, ...inner.flatMap((one) => one.bounds)],
    fault: inner.find(({ fault }) => fault !== undefined)?.fault,
  }
}

type Composed =
  | {
      readonly audience: OrganisationId[]
      readonly excluded: OrganisationId[]
      readonly ceiling: Marking
    }
  | { readonly fault: AudienceFault }

/** What is known when an audience is made. */
export type Known = {
  readonly at: Instant
  readonly id: AudienceId
  readonly owner: Pick<Party, 'id' | 'country'>
  readonly find: FindAudience
  readonly parties: readonly Party[]
  /** The State that a matter's own audience is about. */
  readonly country: CountryCode | null
  /** Organisations that the owner sends nothing for now. */
  readonly stopped: readonly OrganisationId[]
}

/**
 * Who reads by these terms, as the audiences inside stand at that instant. Whoever any of them
 * excludes is out of all; the ceiling is the lowest of any; organisations of the State concerned are
 * out unless the author says otherwise.
 */
export function composeAudience(terms: SharingTerms, known: Known): Composed {
  const { at, id, owner, parties, country, stopped } = known
  const ids = new Set(parties.map((party) => party.id))
  const named = [...terms.members, ...terms.excluded, ...terms.delegates]
  if (named.some((one) => !ids.has(one))) return { fault: 'unknown-organisation' }
  if (isOver(terms, at)) return { fault: 'expired' }
  const { bounds, fault } = unfold(terms, [id], known)
  if (fault) return { fault }
  const concerned = parties.filter((party) => isOfStateConcerned({ country }, owner, party))
  const excluded = new Set([
    ...bounds.flatMap((one) => one.excluded),
    ...(terms.includesStateConcerned ? [] : concerned.map((party) => party.id)),
    ...stopped,
  ])
  // An owner is in by being the owner; nothing takes that away.
  excluded.delete(owner.id)
  const members = new Set(bounds.flatMap((one) => one.members))
  const audience = [...members].filter((one) => one !== owner.id && !excluded.has(one))
  if (audience.length === 0) return { fault: 'empty' }
  const ceiling = bounds
    .map((one) => one.ceiling)
    .reduce((one, other) => (isMoreClosed(one, other) ? other : one))
  return { audience, excluded: [...excluded], ceiling }
}

/** Everything that decides who gets a thing by one audience at one instant. */
export type Sharing = {
  readonly version: SharingVersion
  /** A later version that has not taken effect yet. */
  readonly pending: SharingVersion | undefined
  readonly owner: Pick<Party, 'id' | 'country'>
  readonly thing: SharedThing
  readonly at: Instant
  readonly stopped: readonly OrganisationId[]
}

/** Why a party does not get the thing; undefined for whoever does. The first reason that holds. */
export function whyNotSent(sharing: Sharing, party: Party): NotSent | undefined {
  const { version, thing, at } = sharing
  if (party.id === version.organisation) return undefined
  if (!isInAudience(version, party.id)) return whyNotIn(sharing, party)
  if (isOver(version, at)) return 'expired'
  if (isMoreClosed(thing.marking, version.ceiling)) return 'over-ceiling'
  return party.standing === 'here' || party.standing === 'pinned' ? undefined : 'not-pinned'
}

function whyNotIn({ version, pending, thing, owner, stopped }: Sharing, party: Party): NotSent {
  if (stopped.includes(party.id)) return 'stopped'
  if (version.excluded.includes(party.id)) {
    return isOfStateConcerned(thing, owner, party) ? 'state-concerned' : 'excluded'
  }
  return pending && isInAudience(pending, party.id) ? 'waiting' : 'not-in-audience'
}

/** Whether somebody may read by the second who could not by the first: such a change waits. */
export function isWidening(
  before: Pick<SharingVersion, 'organisation' | 'audience' | 'excluded'> & WideningTerms,
  after: Pick<SharingVersion, 'organisation' | 'audience' | 'excluded'> & WideningTerms,
): boolean {
  const comes = after.audience.some((one) => isInAudience(after, one) && !isInAudience(before, one))
  return (
    comes ||
    isMoreClosed(after.ceiling, before.ceiling) ||
    lastsLonger(after.expiresAt, before.expiresAt) ||
    ReshareRule.options.indexOf(after.reshare) > ReshareRule.options.indexOf(before.reshare) ||
    after.delegates.some((one) => !before.delegates.includes(one)) ||
    (before.isRosterClosed && !after.isRosterClosed) ||
    (before.isAuthorWithheld && !after.isAuthorWithheld) ||
    (!before.includesStateConcerned && after.includesStateConcerned)
  )
}

type WideningTerms = Pick<
  SharingTerms,
  | 'ceiling'
  | 'expiresAt'
  | 'reshare'
  | 'delegates'
  | 'isRosterClosed'
  | 'isAuthorWithheld'
  | 'includesStateConcerned'
>

const lastsLonger = (after: Instant | null, before: Instant | null): boolean =>
  before !== null && (after === null || after > before)

/** A release by the author: these organisations may be given what was for its audience alone. */
export type Release = { readonly by: OrganisationId; readonly to: readonly OrganisationId[] }

type Original = Pick<SharingTerms, 'reshare'> & {
  readonly author: OrganisationId
  readonly delegates: readonly OrganisationId[]
  readonly marking: Marking
  readonly releases: readonly Release[]
}

/**
 * Whether somebody may pass on to another what an author shared. The author decides: by a release,
 * by naming a delegate, or by the marking itself where that is open.
 */
export function mayPassOn(
  { author, marking, reshare, delegates, releases }: Original,
  { by, to }: { readonly by: OrganisationId; readonly to: OrganisationId },
): boolean {
  if (by === author || to === author) return true
  if (reshare === 'never') return false
  if (delegates.includes(by)) return true
  if (releases.some((release) => release.by === author && release.to.includes(to))) return true
  return reshare === 'free' && (marking === 'TLP:CLEAR' || marking === 'TLP:GREEN')
}
