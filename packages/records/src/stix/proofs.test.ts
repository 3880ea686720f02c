import { newId } from '@tocsin/domain/id.ts'
import { expect, test } from 'vitest'
import { hour, organisationOf, proposal } from '../../test/made-room.ts'
import { canonicalJson, type Json } from '../canonical.ts'
import { RecordedObject } from '../record.ts'
import { proofsObject, readProofsObject, type SharedProofs } from './proofs.ts'

const said: SharedProofs = {
  organisation: organisationOf('Ardenia'),
  organisationName: 'Ardenia',
  audience: newId() as never,
  marking: 'TLP:AMBER',
  isExercise: false,
  consultation: proposal.consultation,
  saidAt: hour(1),
  digests: ['ab'.repeat(32) as never],
  proofs: ['c2sp.org/tlog-proof@v1\nindex 0\n\n'],
}

test('proofs are told as they were made, each with the record that it is of', () => {
  const object = proofsObject(said)
  expect(readProofsObject(RecordedObject.parse(JSON.parse(canonicalJson(object as Json))))).toEqual(
    said,
  )
  expect(() => proofsObject({ ...said, proofs: [...said.proofs, 'more'] })).toThrow()
  expect(() => proofsObject({ ...said, digests: [], proofs: [] })).toThrow()
})
