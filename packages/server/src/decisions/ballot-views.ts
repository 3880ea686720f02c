import type { BallotLine, BallotsView, HomeFinding, HomeView } from '@tocsin/api/ballots.ts'
import type { PersonActor } from '@tocsin/domain/actor.ts'
import type { CastBallot } from '@tocsin/domain/ballot.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Consultation } from '@tocsin/domain/consultation.ts'
import { mayAnswerProposal } from '@tocsin/domain/deciding.ts'
import { entitledTo, mayShowBallots, provableUntil } from '@tocsin/domain/proposal.ts'
import { twoThirdsOf } from '@tocsin/domain/rehoming.ts'
import type { Tally } from '@tocsin/domain/tally.ts'
import { findingsOf, type Home, isByBallots, tallyFindings, toldTally } from './home.ts'
import { toldOfficers } from './officers.ts'
import type { Said } from './said.ts'
import { isTaken, recordOf, type Standing } from './store.ts'

/* Votes and their home as everybody in the room sees them. */

export type NameOf = (organisation: OrganisationId) => string

/** What everything is shown by. */
export type Sight = {
  readonly room: Consultation
  readonly said: Said
  readonly home: Home | undefined
  readonly actor: PersonActor
  readonly at: Instant
  readonly nameOf: NameOf
}

const named = ({ nameOf }: Pick<Sight, 'nameOf'>, organisation: OrganisationId) => ({
  organisation,
  name: nameOf(organisation),
})

/** Null where it is not decided by ballots. */
export function ballotsView(standing: Standing, sight: Sight): BallotsView | null {
  if (!isByBallots(standing)) return null
  const { poll, by, evidence, outcome, question } = standing
  const { proposal } = poll
  const { tally } = by
  const isShown = mayShowBallots(proposal, sight.at)
  const isRecorded = recordOf(question, evidence)?.provenAt != null
  const voters = new Set(tally.counted.map(({ organisation }) => organisation))
  const weightOf = (weight: number) => (proposal.method.kind === 'weighted' ? weight : 1)
  const entitled = entitledTo(proposal).map(({ organisation, weight }) => ({
    ...named(sight, organisation),
    weight: weightOf(weight),
    hasVoted: voters.has(organisation),
  }))
  const { yes, no, abstain, entitled: all } = tally
  return {
    isShown,
    lines: evidence.ballots
      .map((cast) => lineOf(cast, tally, { ...sight, isShown, isRecorded }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    entitled,
    recused: proposal.recused.map(({ organisation, reason }) => ({
      ...named(sight, organisation),
      reason,
    })),
    waitsUntil: provableUntil(proposal),
    taking: voters.size,
    sums: isShown ? { yes, no, abstain, entitled: all } : null,
    told: toldOf(standing, sight),
    mayCast: outcome === 'running' && mayCast(standing, sight, voters),
  }
}

function mayCast(
  standing: Standing,
  { actor, room, at }: Sight,
  voters: ReadonlySet<OrganisationId>,
): boolean {
  if (!mayAnswerProposal(actor, room) || isTaken(standing)) return false
  const { proposal } = standing.poll
  const isOpen = at >= proposal.opensAt && (proposal.mayChange || !voters.has(actor.organisation))
  return isOpen && entitledTo(proposal).some((one) => one.organisation === actor.organisation)
}

function lineOf(
  { ballot, digest, signedBy, provenAt }: CastBallot,
  tally: Tally,
  sight: Sight & { readonly isShown: boolean; readonly isRecorded: boolean },
): BallotLine {
  const { organisation, officer, choice, explanation, at: castAt, reading } = ballot
  const { isShown, isRecorded, home, said } = sight
  const isIn = (list: readonly { readonly digest: string }[]) =>
    list.some((one) => one.digest === digest)
  const state = () => {
    if (isIn(tally.counted)) return 'counted'
    if (isIn(tally.replaced)) return 'replaced'
    // Nothing is waited for any more once the decision is on record.
    return isIn(tally.refused) || isRecorded ? 'refused' : 'waiting'
  }
  const late = isRecorded && isIn(tally.unproven) ? ('not-proven-in-time' as const) : null
  const known = toldOfficers(said, organisation).find((one) => one.officer === officer)
  const place = (home?.order.indexOf(digest) ?? -1) + 1
  return {
    ...named(sight, organisation),
    ...{ digest, castAt, provenAt, reading },
    choice: isShown ? choice : null,
    explanation: isShown ? explanation : null,
    officer: { person: officer, name: known?.name ?? null, office: known?.office ?? null },
    isSigned: signedBy.includes(officer),
    state: state(),
    reason: tally.refused.find((one) => one.digest === digest)?.reason ?? late,
    place: place === 0 ? null : place,
  }
}

function toldOf(standing: Standing, sight: Sight): BallotsView['told'] {
  const { home } = sight
  const told = home && toldTally(standing, home)
  if (!told) return null
  const { author, digest, said } = told
  const isOther = tallyFindings(standing, home).some(({ digests }) => digests[0] === digest)
  const { outcome } = said.tally
  return { home: named(sight, author), outcome, saidAt: said.saidAt, isOurs: !isOther }
}

/** Null where nothing was put to ballots. */
export function homeView(all: readonly Standing[], sight: Sight): HomeView | null {
  const { home, room, actor, at } = sight
  if (!home) return null
  const { now, steps, order, waiting, participants, evidence } = home
  const next = evidence.rehomes.filter(({ rehome }) => {
    return rehome.term === now.term + 1 && rehome.from === now.home
  })
  const { organisation } = actor
  const hasSigned = next.some(({ author }) => author === organisation)
  const candidates = mayAnswerProposal(actor, room) && !hasSigned ? participants : []
  const wanted = [...new Set(next.map(({ rehome }) => rehome.to))]
  return {
    ...named(sight, now.home),
    ...{ term: now.term, steps, ordered: order.length, waiting: waiting.length },
    findings: findingsOf(home, all, at)
      .filter(({ kind }) => kind !== 'entry-not-shown' || isFromTheStart(room, organisation))
      .map((one) => findingView(one, all, sight)),
    rehoming: wanted.map((to) => ({
      to: named(sight, to),
      signed: next
        .filter(({ rehome, author }) => rehome.to === to && participants.includes(author))
        .map(({ author, rehome: { reasons } }) => ({ ...named(sight, author), reasons })),
      needed: twoThirdsOf(new Set(participants).size),
    })),
    candidates: candidates.filter((one) => one !== now.home).map((one) => named(sight, one)),
  }
}

/** Whoever came later is not shown what was said before: that it is missing is no fault. */
const isFromTheStart = ({ seats, openedAt }: Consultation, organisation: OrganisationId): boolean =>
  !seats.some((seat) => seat.organisation === organisation && seat.since > openedAt)

function findingView(
  { kind, home, isProven, digests }: ReturnType<typeof findingsOf>[number],
  all: readonly Standing[],
  sight: Sight,
): HomeFinding {
  const told = all.find(({ evidence: { tallies }, question }) =>
    tallies.some(({ digest, said }) => {
      return digests.includes(digest) && said.question === question.digest
    }),
  )
  const records = all.at(-1)?.evidence.records ?? []
  const authors = digests.flatMap((digest) => {
    const author = records.find((one) => one.digest === digest)?.author
    return author && author !== home ? [author] : []
  })
  return {
    ...{ kind, isProven, digests: [...digests], home: named(sight, home) },
    about: [...new Set(authors)].map((one) => named(sight, one)),
    proposal: told ? { id: told.poll.proposal.id, number: told.poll.proposal.number } : null,
  }
}
