import type { Amendment } from '@tocsin/domain/clauses.ts'
import { newId } from '@tocsin/domain/id.ts'
import { urgencyOf } from '@tocsin/domain/network.ts'
import { describe, expect, test } from 'vitest'
import { decideByBallot, evidenceOf, silentRoom, votedRoom } from '../../test/made-decision.ts'
import {
  clause,
  home,
  hour,
  makeRoom,
  organisationOf,
  passkeyOf,
  proposal,
} from '../../test/made-room.ts'
import { openStixSchemas, withoutStixSchemas } from '../../test/stix-schemas.ts'
import { canonicalJson, type Json } from '../canonical.ts'
import { hashTexts } from '../proposal-text.ts'
import { RecordedObject, readKept } from '../record.ts'
import { amendmentObject, readAmendmentObject } from './amendment.ts'
import { ballotObject, officersObject, readBallotObject, readOfficersObject } from './ballot.ts'
import { decisionObject, readDecisionObject } from './decision.ts'
import { positionObject, readPositionObject } from './position.ts'
import {
  questionEndObject,
  questionObject,
  readQuestionEndObject,
  readQuestionObject,
} from './question.ts'
import {
  complaintObject,
  readComplaintObject,
  readRehomeObject,
  readSequenceObject,
  rehomeObject,
  sequenceObject,
} from './sequence.ts'
import { readTallyObject, tallyObject } from './tally.ts'

const hash = 'ab'.repeat(32) as never
const parts = {
  organisation: organisationOf('Ardenia'),
  organisationName: 'Ardenia',
  audience: newId() as never,
  marking: 'TLP:AMBER' as const,
  isExercise: true,
  consultation: proposal.consultation,
  saidAt: hour(1),
}
const texts = hashTexts(proposal)
const asHome = { ...parts, organisation: organisationOf(home) }

const question = { ...parts, proposal, texts, accepted: [hash] }
const end = { ...parts, proposal: proposal.id, reading: 2, reasons: 'Redrafted.' }
const amendment: Amendment = {
  id: newId(),
  proposal: proposal.id,
  reading: 1,
  organisation: parts.organisation,
  at: hour(1),
  change: {
    kind: 'insert',
    after: clause(1),
    clause: newId(),
    texts: { ar: 'لا قوائم.', zh: '不留名单。' },
  },
  reasons: null,
}
const officers = { ...parts, key: newId<string>(), officers: [passkeyOf('Ardenia').key] }
const position = {
  ...parts,
  key: newId<string>(),
  position: {
    proposal: proposal.id,
    reading: 2,
    texts,
    member: organisationOf('Belmara'),
    way: {
      kind: 'telephone' as const,
      witnesses: [{ person: newId() as never, name: 'M. Oren' }],
      heardAt: hour(1),
    },
    stance: { kind: 'ask-for-time' as const, until: hour(60), reasons: 'The cabinet_meets.' },
    at: hour(1),
  },
}
const sequence = {
  ...asHome,
  sequence: {
    consultation: parts.consultation,
    home: organisationOf(home),
    term: 0,
    place: 1,
    previous: null,
    entries: [hash],
  },
}
const complaint = {
  ...parts,
  complaint: {
    consultation: parts.consultation,
    home: organisationOf(home),
    term: 0,
    missing: hash,
  },
  proof: 'c2sp.org/tlog-proof@v1\n',
}
const rehome = {
  ...parts,
  rehome: {
    consultation: parts.consultation,
    term: 1,
    from: organisationOf(home),
    to: organisationOf('Dalesh'),
    after: { place: 1, digest: hash },
    grounds: [hash],
    reasons: 'Nothing since noon.',
  },
}

const objectsOf = (room: { readonly file: () => { readonly records: readonly never[] } }) =>
  room.file().records.map((record) => readKept(record).object)

describe('what is said in a consultation', () => {
  test('says after its journey exactly what was said before it', async () => {
    const carried = (object: RecordedObject) =>
      RecordedObject.parse(JSON.parse(canonicalJson(object as Json)))
    const holds = <T>(
      said: T,
      make: (one: T) => RecordedObject,
      read: (one: RecordedObject) => T,
    ) => {
      expect(read(carried(make(said)))).toEqual(said)
      expect(make(said)).toEqual(make(structuredClone(said)))
    }
    holds(question, questionObject, readQuestionObject)
    holds(end, questionEndObject, readQuestionEndObject)
    holds({ ...parts, amendment }, amendmentObject, readAmendmentObject)
    holds(officers, officersObject, readOfficersObject)
    holds(position, positionObject, readPositionObject)
    holds(sequence, sequenceObject, readSequenceObject)
    holds(complaint, complaintObject, readComplaintObject)
    holds(rehome, rehomeObject, readRehomeObject)
    const room = await votedRoom()
    await decideByBallot(room)
    const found = objectsOf(room as never)
    const each = <T>(
      type: string,
      read: (one: RecordedObject) => T,
      make: (one: T) => RecordedObject,
    ) => {
      const objects = found.filter((object) => object.type === type)
      expect(objects.length, type).toBeGreaterThan(0)
      for (const object of objects) expect(make(read(object))).toEqual(object)
    }
    each('ballot', readBallotObject, ballotObject)
    each('tally', readTallyObject, tallyObject)
    each('decision', readDecisionObject, decisionObject)
    expect(urgencyOf('ballot')).toBe('vote')
  })

  test('is not made of what contradicts itself, or speaks in another’s name', () => {
    const other = newId() as never
    expect(() => questionObject({ ...question, texts: { ...texts, en: hash } })).toThrow()
    expect(() => questionObject({ ...question, consultation: other })).toThrow()
    expect(() => questionObject({ ...question, proposal: { ...proposal, quorum: 99 } })).toThrow()
    const first = { ...proposal, reading: 1 }
    expect(() =>
      questionObject({ ...question, proposal: first, texts: hashTexts(first) }),
    ).toThrow()
    expect(() => amendmentObject({ ...asHome, amendment })).toThrow()
    expect(() => sequenceObject({ ...sequence, ...parts })).toThrow()
    expect(() => sequenceObject({ ...sequence, consultation: other })).toThrow()
    expect(() => complaintObject({ ...complaint, consultation: other })).toThrow()
    expect(() => rehomeObject({ ...rehome, consultation: other })).toThrow()
  })

  test('has hashes that another text, reading or proposal does not have', () => {
    const [clauseOne] = proposal.text.clauses
    if (!clauseOne) throw new Error('a clause')
    const changed = (texts: object) => ({
      ...proposal,
      text: {
        ...proposal.text,
        clauses: [{ ...clauseOne, texts: { ...clauseOne.texts, ...texts } }],
      },
    })
    expect(Object.keys(texts)).toEqual(['en', 'fr'])
    for (const other of [
      changed({}),
      changed({ en: 'x' }),
      { ...proposal, reading: 3 },
      { ...proposal, id: newId() as never },
    ]) {
      expect(hashTexts(other).en).not.toBe(texts.en)
    }
    expect(hashTexts(structuredClone(proposal))).toEqual(texts)
  })

  test('is read by a node as the rules ask for it; what is no such thing is named', async () => {
    const room = silentRoom()
    const bad = room.say('Ardenia', 5, (said) => ({
      ...questionEndObject({ ...end, ...said }),
      type: 'ballot',
    }))
    const foreign = room.say('Ardenia', 6, (said) =>
      questionEndObject({ ...end, ...said, organisation: organisationOf('Dalesh') }),
    )
    room.say(home, 7, () => sequenceObject({ ...sequence }))
    room.say('Belmara', 7, (said) => complaintObject({ ...complaint, ...said }))
    room.say('Belmara', 8, (said) => rehomeObject({ ...rehome, ...said }))
    const evidence = await evidenceOf(room)
    expect([...evidence.unreadable].sort()).toEqual([bad, foreign].sort())
    expect(evidence.positions).toHaveLength(5)
    expect(evidence.sequences).toMatchObject([{ author: organisationOf(home), provenAt: hour(7) }])
    expect(evidence.complaints).toMatchObject([{ complaint: { missing: hash }, place: 4 }])
    expect(evidence.rehomes).toMatchObject([
      { rehome: { term: 1 }, author: organisationOf('Belmara') },
    ])
    expect(evidence.records).toHaveLength(room.file().records.length)
  })

  test.skipIf(withoutStixSchemas)('is valid by the schemas of OASIS', async () => {
    const faultsOf = openStixSchemas()
    const room = await votedRoom()
    await decideByBallot(room)
    const objects = [
      ...objectsOf(room as never),
      ...objectsOf(silentRoom() as never),
      questionEndObject(end),
      amendmentObject({ ...parts, amendment }),
      sequenceObject(sequence),
      complaintObject(complaint),
      rehomeObject(rehome),
    ]
    for (const object of objects) expect(faultsOf(object as never), object.type).toEqual([])
    expect(new Set(objectsOf(makeRoom() as never).map(({ id }) => id)).size).toBe(6)
  })
})
