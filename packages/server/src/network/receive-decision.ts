import { Problem } from '@tocsin/domain/problem.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { amendmentObject, readAmendmentObject } from '@tocsin/records/stix/amendment.ts'
import {
  ballotObject,
  officersObject,
  readBallotObject,
  readOfficersObject,
} from '@tocsin/records/stix/ballot.ts'
import { decisionObject, readDecisionObject } from '@tocsin/records/stix/decision.ts'
import { positionObject, readPositionObject } from '@tocsin/records/stix/position.ts'
import { proofsObject, readProofsObject } from '@tocsin/records/stix/proofs.ts'
import {
  questionEndObject,
  questionObject,
  readQuestionEndObject,
  readQuestionObject,
} from '@tocsin/records/stix/question.ts'
import {
  complaintObject,
  readComplaintObject,
  readRehomeObject,
  readSequenceObject,
  rehomeObject,
  sequenceObject,
} from '@tocsin/records/stix/sequence.ts'
import { readTallyObject, tallyObject } from '@tocsin/records/stix/tally.ts'
import { requireOwnWord } from './receive-shared.ts'
import type { Check } from './receivers.ts'

/*
 * What is let in of a common decision. Whether it counts is not asked here: who counts reads all that
 * was said, and says why something has no effect.
 */

type Said = Parameters<typeof requireOwnWord>[2] & { readonly consultation: string }

/** Said in the room that it speaks of, under its own name: nothing takes the place of another record. */
const inRoom = <T extends Said>(
  read: (object: RecordedObject) => T,
  make: (said: T) => RecordedObject,
): Check => ({
  check: (header, object) => {
    const said = read(object)
    requireOwnWord(header, object, said)
    const isHere = said.consultation === header.aud
    if (!isHere || make(said).id !== object.id) throw new Problem('audience.not-the-author')
  },
})

export const receiveQuestion = inRoom(readQuestionObject, questionObject)
export const receiveQuestionEnd = inRoom(readQuestionEndObject, questionEndObject)
export const receiveAmendment = inRoom(readAmendmentObject, amendmentObject)
export const receivePosition = inRoom(readPositionObject, positionObject)
export const receiveDecision = inRoom(readDecisionObject, decisionObject)
export const receiveProofs = inRoom(readProofsObject, proofsObject)
export const receiveOfficers = inRoom(readOfficersObject, officersObject)
export const receiveBallot = inRoom(readBallotObject, ballotObject)
export const receiveSequence = inRoom(readSequenceObject, sequenceObject)
export const receiveComplaint = inRoom(readComplaintObject, complaintObject)
export const receiveRehome = inRoom(readRehomeObject, rehomeObject)
export const receiveTally = inRoom(readTallyObject, tallyObject)
