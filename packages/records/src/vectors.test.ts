import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { keyOf } from '../test/made-network.ts'
import { recordVectors, type SealedVectors } from '../test/record-vectors.ts'
import { fromBase64 } from './base64.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf } from './jws.ts'
import { checkRecord } from './record.ts'
import { openKey, openSealed } from './seal.ts'
import { readStrictJson } from './strict-json.ts'

const folder = fileURLToPath(new URL('../../../docs/protocol/vectors/records/', import.meta.url))
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8')

describe('the published vectors of records', () => {
  test('are those that the script makes, and no others', () => {
    const made = recordVectors()
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(made), 'sealed.json'].sort())
    for (const [name, text] of Object.entries(made)) expect(read(name), name).toBe(text)
  })

  test('of canonical JSON and of the gate hold, read from the file alone', () => {
    for (const { json, canonical } of JSON.parse(read('canonical.json'))) {
      expect(canonicalJson(JSON.parse(json))).toBe(canonical)
    }
    for (const { bytes, fault, canonical } of JSON.parse(read('json.json'))) {
      const answer = readStrictJson(fromBase64(bytes) ?? new Uint8Array())
      const found = 'fault' in answer ? [answer.fault] : [null, canonicalJson(answer.value)]
      expect(found).toEqual(fault === null ? [null, canonical] : [fault])
    }
  })

  test('of records are taken or refused for the reason that stands there', () => {
    const { records } = JSON.parse(read('records.json'))
    for (const { about, record, digest, fault } of records) {
      const checked = checkRecord(record, keyOf)
      expect('fault' in checked ? checked.fault : null, about).toBe(fault)
      expect(digestOf(record)).toBe(digest)
    }
    expect(records).toHaveLength(16)
  })

  test('of what is sealed open with the keys beside them', async () => {
    const { key, records, carrier, members, sealedKey }: SealedVectors = JSON.parse(
      read('sealed.json'),
    )
    expect(await openSealed(carrier, [key])).toEqual({ records })
    for (const member of members) expect(await openKey(sealedKey, [member])).toEqual({ key })
    expect(records.every((record) => !('fault' in checkRecord(record, keyOf)))).toBe(true)
  })
})
