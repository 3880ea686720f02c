import type { CastBallot, Poll } from '@tocsin/domain/ballot.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { GivenPosition } from '@tocsin/domain/position.ts'
import type { SignedRehome } from '@tocsin/domain/rehoming.ts'
import type { Complaint, HeldSequence, RoomRecord } from '@tocsin/domain/sequence.ts'
import { signersOf } from './passkey/ballot-challenge.ts'
import type { OfficerKey } from './passkey/officer-key.ts'
import { hashTexts } from './proposal-text.ts'
import type { RecordedObject, RecordHeader } from './record.ts'
import { readBallotObject, readOfficersObject } from './stix/ballot.ts'
import { type Decision, readDecisionObject } from './stix/decision.ts'
import { readPositionObject } from './stix/position.ts'
import { type Question, readQuestionEndObject, readQuestionObject } from './stix/question.ts'
import { readComplaintObject, readRehomeObject, readSequenceObject } from './stix/sequence.ts'
import { readTallyObject, type SharedTally } from './stix/tally.ts'

/*
 * The records of a consultation, as the rules of `@tocsin/domain` ask for them. The node and whoever
 * checks a decision from a file read them here, so that both count the same.
 */

/** A record whose signature was checked. */
export type CheckedRecord = {
  readonly digest: Sha256
  readonly header: RecordHeader
  readonly object: RecordedObject
}

type Said<T> = RoomRecord & { readonly said: T }

export type RoomEvidence = {
  /** Every record that was read. */
  readonly records: readonly RoomRecord[]
  readonly questions: readonly Said<Question>[]
  readonly ends: readonly Said<ReturnType<typeof readQuestionEndObject>>[]
  readonly ballots: readonly CastBallot[]
  readonly positions: readonly GivenPosition[]
  readonly sequences: readonly HeldSequence[]
  readonly complaints: readonly (RoomRecord & { readonly complaint: Complaint })[]
  readonly rehomes: readonly SignedRehome[]
  readonly tallies: readonly Said<SharedTally>[]
  readonly decisions: readonly Said<Decision>[]
  /** Records that are not what their type says, or speak in another's name. */
  readonly unreadable: readonly Sha256[]
}

/** Reads records of one audience, with the times at which they are proven to have been in a log. */
export async function readRoom(
  checked: readonly CheckedRecord[],
  times: ReadonlyMap<Sha256, Instant>,
): Promise<RoomEvidence> {
  const unreadable: Sha256[] = []
  const placeOf = ({ digest, header }: CheckedRecord): RoomRecord => ({
    digest,
    author: header.org,
    place: header.aseq,
    provenAt: times.get(digest) ?? null,
  })
  const read = <T extends { readonly organisation: OrganisationId }>(
    type: string,
    readObject: (object: RecordedObject) => T,
  ): readonly Said<T>[] =>
    checked
      .filter(({ object }) => object.type === type)
      .flatMap((one) => {
        const said = readOwn(one, readObject)
        if (!said) unreadable.push(one.digest)
        return said ? [{ ...placeOf(one), said }] : []
      })
  const officers = read('officers', readOfficersObject)
  const keysFor = ({ author, place }: RoomRecord): readonly OfficerKey[] => {
    const told = officers.filter((one) => one.author === author && one.place < place)
    return told.toSorted((one, other) => other.place - one.place)[0]?.said.officers ?? []
  }
  const ballots = read('ballot', readBallotObject).map(async ({ said, ...record }) => ({
    ...record,
    ballot: said.ballot,
    signedBy: await signersOf(said.ballot, said.assertions, keysFor(record)),
  }))
  return {
    records: checked.map(placeOf),
    questions: read('question', readQuestionObject),
    ends: read('question-end', readQuestionEndObject),
    ballots: await Promise.all(ballots),
    positions: read('position', readPositionObject).map(({ said, ...record }) => ({
      ...record,
      position: said.position,
    })),
    sequences: read('sequence', readSequenceObject).map(({ said, ...record }) => ({
      ...record,
      sequence: said.sequence,
    })),
    complaints: read('complaint', readComplaintObject).map(({ said, ...record }) => ({
      ...record,
      complaint: said.complaint,
    })),
    rehomes: read('rehome', readRehomeObject).map(({ said, ...record }) => ({
      ...record,
      rehome: said.rehome,
    })),
    tallies: read('tally', readTallyObject),
    decisions: read('decision', readDecisionObject),
    unreadable,
  }
}

/** What a record says in the name of whoever signed it; undefined where it is something else. */
function readOwn<T extends { readonly organisation: OrganisationId }>(
  { header, object }: CheckedRecord,
  read: (object: RecordedObject) => T,
): T | undefined {
  try {
    const said = read(object)
    return said.organisation === header.org ? said : undefined
  } catch {
    return undefined
  }
}

/** Everything that decides about the ballots and positions on a question. */
export function pollOf(
  { ends }: Pick<RoomEvidence, 'ends'>,
  question: Said<Question>,
  expelled: Poll['room']['expelled'],
): Poll {
  const { proposal } = question.said
  const taken = ends
    .filter(({ author, said }) => {
      const isOf = said.proposal === proposal.id && said.reading === proposal.reading
      return isOf && author === question.author
    })
    .flatMap(({ provenAt }) => provenAt ?? [])
    .sort()
  return {
    proposal,
    texts: hashTexts(proposal),
    room: { withdrawnAt: taken[0] ?? null, expelled },
  }
}
