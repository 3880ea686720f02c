import { utf8ToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeLog, seedOf } from '../../test/made-log.ts'
import {
  cosign,
  cosignedAt,
  formatCheckpoint,
  openCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'
import { formatVerifierKey, readNote, readVerifierKey, verifierKeyOf } from './note.ts'

const origin = 'node.example/log/rivers'
const key = verifierKeyOf(origin, 'note', seedOf('log'))
const name = 'other.example/witness'
const witness = verifierKeyOf(name, 'cosignature', seedOf('witness'))
const checkpoint = { origin, size: 8, root: makeLog(8).rootAt(8) }
const signed = signCheckpoint(checkpoint, seedOf('log'))
const line = cosign(formatCheckpoint(checkpoint), { name, seed: seedOf('witness') }, 1_767_225_600)

describe('a checkpoint', () => {
  test('opens with the key of its log and says what was signed', () => {
    expect(openCheckpoint(signed, key)).toMatchObject(checkpoint)
    expect(openCheckpoint(signed + line, key)).toMatchObject(checkpoint)
  })

  test('opens with no other key, nor with that key under another name or for another use', () => {
    const others = [
      verifierKeyOf(origin, 'note', seedOf('other')),
      { ...key, name: 'node.example/log/hills' },
      { ...key, use: 'cosignature' as const },
    ]
    expect(others.map((other) => openCheckpoint(signed, other))).toEqual(
      others.map(() => undefined),
    )
  })

  test('opens no more when any byte of it is another', () => {
    const bytes = utf8ToBytes(signed)
    const text = new TextDecoder()
    for (const at of bytes.keys()) {
      for (const change of [1, 0x80]) {
        const changed = text.decode(bytes.with(at, (bytes[at] ?? 0) ^ change))
        expect(openCheckpoint(changed, key), `byte ${at} ^ ${change}`).toBeUndefined()
      }
    }
  })

  test('is cosigned by a witness at a time, and any byte of the line counts', () => {
    const note = readNote(signed + line)
    expect(note && cosignedAt(note, witness)).toBe(1_767_225_600)
    const bytes = utf8ToBytes(line)
    for (const at of bytes.keys()) {
      const changed = new TextDecoder().decode(bytes.with(at, (bytes[at] ?? 0) ^ 1))
      const other = readNote(signed + changed)
      expect(other && cosignedAt(other, witness), `byte ${at}`).toBeUndefined()
    }
  })

  test('is not read from anything else', () => {
    const rubbish = ['', '\n\n', `${origin}\n8\n`, signed.trimEnd(), signed.replace('—', '-')]
    for (const text of rubbish) expect(openCheckpoint(text, key)).toBeUndefined()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(openCheckpoint(text, key)).toBeUndefined()
        expect(openCheckpoint(`${text}\n\n${line}`, key)).toBeUndefined()
      }),
    )
  })
})

describe('a verifier key', () => {
  test('reads back; its example of C2SP is read', () => {
    for (const each of [key, witness]) {
      expect(readVerifierKey(formatVerifierKey(each))).toEqual(each)
    }
    const example = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'
    expect(readVerifierKey(example)?.name).toBe('example.com/foo')
    expect(readNote(note)?.signatures[0]?.id).toBe('530d903a')
  })

  test('with any sign changed is another, or none', () => {
    const text = formatVerifierKey(key)
    for (const at of Array.from(text).keys()) {
      const sign = text[at] === 'A' ? 'B' : 'A'
      expect(readVerifierKey(text.slice(0, at) + sign + text.slice(at + 1))).toBeUndefined()
    }
  })
})
