import type * as api from '@tocsin/api/ballots.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { Ballot, type BallotRefusal, type CastBallot } from '@tocsin/domain/ballot.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Consultation } from '@tocsin/domain/consultation.ts'
import { mayAnswerProposal, type Voting } from '@tocsin/domain/deciding.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { countBallots } from '@tocsin/domain/tally.ts'
import { Assertion } from '@tocsin/records/passkey/assertion.ts'
import { ballotChallenge, signersOf } from '@tocsin/records/passkey/ballot-challenge.ts'
import { ballotObject, readBallotObject } from '@tocsin/records/stix/ballot.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { takeCeremonyIn } from '../identity/ceremonies.ts'
import { askToSign, type RelyingParty } from '../identity/passkeys.ts'
import { requirePerson } from '../identity/step-up.ts'
import { tellOfficers, toldOfficers } from './officers.ts'
import type { Said } from './said.ts'
import { holdRoom, readingsOf, requireStanding, type Standing } from './store.ts'
import { tellRoom } from './tell.ts'

/*
 * How an organisation votes: the ballot is made first, then signed by its officer's passkey as it stands,
 * then told. Whatever is wrong with it, it is told all the same, and everybody in the room reads why it
 * does not count.
 */

type Started = Input<typeof api.startBallot>

/** What was asked to be signed. */
const Made = z.object({ ballot: Ballot })

export async function startBallot(
  app: App,
  actor: Actor,
  one: Started['params'],
  voting: Voting,
  rp: RelyingParty,
): Promise<Output<typeof api.startBallot>> {
  const officer = requirePerson(actor)
  const { person, organisation } = officer
  const ballot = await app.db.asOne(async (as) => {
    const { room, said, all } = await holdRoom(app, as, actor, one.consultation)
    if (!mayAnswerProposal(actor, room)) throw new Problem('proposal.no-say')
    const standing = requireBallots(all, one.proposal)
    const texts = textsOf(room, standing, voting.reading)
    await as(system, (tx) => tellOfficers(app, tx, { room, said, actor: officer, rp }))
    return { ...voting, texts, proposal: one.proposal, organisation, officer: person }
  })
  const made = Ballot.parse({ ...ballot, at: app.clock() })
  return askToSign(app, rp, person, { challenge: ballotChallenge(made), made: { ballot: made } })
}

function requireBallots(all: readonly Standing[], id: ProposalId): Standing {
  const standing = requireStanding(all, id)
  if (standing.by.kind !== 'ballots') throw new Problem('proposal.not-found')
  return standing
}

/** The hashes of a reading that was put, also of one that is no longer the last. */
function textsOf(room: Consultation, { evidence, poll }: Standing, reading: number) {
  const found = readingsOf(evidence.questions, room).find(({ said: { proposal } }) => {
    return proposal.id === poll.proposal.id && proposal.reading === reading
  })
  if (!found) throw new Problem('proposal.other-reading')
  return found.said.texts
}

type Cast = Input<typeof api.castBallot>

/** Tells the room what was signed; the same id again casts nothing more. */
export async function castBallot(
  app: App,
  actor: Actor,
  { ballot: key, ...one }: Cast['params'],
  { ceremony: id, passkey }: Cast['body'],
): Promise<Output<typeof api.castBallot>> {
  const { person, organisation } = requirePerson(actor)
  return app.db.asOne(async (as) => {
    const { room, said, all } = await holdRoom(app, as, actor, one.consultation)
    if (!mayAnswerProposal(actor, room)) throw new Problem('proposal.no-say')
    const standing = requireBallots(all, one.proposal)
    const known = castUnder(said, organisation, key)
    if (known) return { reason: reasonIn(standing, known) }
    const asked = { id, purpose: 'ballot', person } as const
    const { ballot } = await as(system, (tx) => takeCeremonyIn(app, tx, asked, Made))
    if (ballot.proposal !== one.proposal) throw new Problem('identity.ceremony-over')
    const { authenticatorData: authenticator, clientDataJSON: client, signature } = passkey.response
    const shown = Assertion.safeParse({
      ...{ officer: person, credential: passkey.id, authenticator, client, signature },
    })
    if (!shown.success) throw new Problem('session.wrong-credentials')
    const assertions = [shown.data]
    const digest = await as(actor, (tx) =>
      tellRoom(app, tx, { room, organisation }, (parts) =>
        ballotObject({ ...parts, key, ballot, assertions }),
      ),
    )
    const signedBy = await signersOf(ballot, assertions, toldOfficers(said, organisation))
    const place = Number.MAX_SAFE_INTEGER
    const cast = { ballot, digest, place, author: organisation, signedBy, provenAt: null }
    const reason = reasonNow(app, standing, cast)
    const deed = { at: app.clock(), actor, organisation, subject: one.proposal }
    const details = { ballot: key, reading: ballot.reading, digest, reason }
    await as(actor, (tx) => recordAudit(tx, { ...deed, act: 'ballot.cast', details }))
    return { reason }
  })
}

/** The record of a ballot that was cast already, under the id that the client made for it. */
const castUnder = (
  { records }: Said,
  organisation: OrganisationId,
  key: string,
): Sha256 | undefined =>
  records.find(
    ({ object, header }) =>
      object.type === 'ballot' &&
      header.org === organisation &&
      readBallotObject(object).key === key,
  )?.digest

const reasonIn = ({ by }: Standing, digest: Sha256): BallotRefusal | null =>
  by.kind === 'ballots'
    ? (by.tally.refused.find((one) => one.digest === digest)?.reason ?? null)
    : null

/** Why it would not count if witnesses saw it now, after all that is here; the rule that counts it later decides. */
function reasonNow(app: App, { poll, evidence }: Standing, cast: CastBallot): BallotRefusal | null {
  const at = app.clock()
  const known = [...evidence.ballots, cast].map((one) => ({ ...one, provenAt: one.provenAt ?? at }))
  const { refused } = countBallots(poll, known, at)
  return refused.find(({ digest }) => digest === cast.digest)?.reason ?? null
}
