import type { Room } from '@tocsin/api/consultations.ts'
import type { AmendmentLine, listProposals, ProposalView } from '@tocsin/api/decisions.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { textOf } from '../identity/ActForm.tsx'
import { formatShortDay, timeOf } from '../matters/moment.ts'
import { useShell } from '../shell/context.ts'

/* What the parts of a proposal on screen have in common. */

export type Proposals = Output<typeof listProposals>

export type Shown = {
  readonly one: ProposalView
  readonly found: Room
  readonly decided: Proposals
}

/** A room with its seats as the rules ask for them. */
export const roomIn = ({ room, seats }: Room) => ({
  ...room,
  seats: seats.map((seat) => ({ ...seat, since: room.openedAt })),
})

/** A moment of the witnesses beside others of the same page. */
export const useMoment = (asOf: Instant) => {
  const { locale } = useShell()
  return (at: Instant) => `${formatShortDay(locale, at, asOf)} ${timeOf(at)}`
}

/** Whether something that is said can still change what comes of it. */
export const isOpen = ({ outcome, endedFor }: ProposalView): boolean =>
  endedFor === null && (outcome === 'running' || outcome === 'not-lapsed')

/** Whether something came of it, and not that it was taken back. */
export const isDecided = ({ outcome }: ProposalView): boolean =>
  ['adopted', 'broken', 'rejected', 'blocked', 'no-quorum'].includes(outcome)

/** Whether its record can be made: of a vote when the home comes to the same as this node. */
export const isRecordable = (one: ProposalView): boolean =>
  one.decision === null &&
  isDecided(one) &&
  (one.ballots === null || one.ballots.told?.isOurs === true)

/** Which clause an amendment is about, as people count them. */
export function useChangeWords() {
  const { t } = useShell()
  return ({ change }: Pick<AmendmentLine, 'change'>, clauses: ProposalView['text']['clauses']) => {
    const about = change.kind === 'insert' ? change.after : change.clause
    const n = clauses.findIndex(({ clause }) => clause === about) + 1
    return t(`proposal.says-${change.kind}`, { n })
  }
}

/** What is typed as a time of day is UTC, like all times of the record. */
export const instantIn = (fields: FormData, name: string): Instant =>
  `${textOf(fields, name)}:00.000Z` as Instant
