import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeLog } from '../../test/made-log.ts'
import {
  bundleOf,
  bytesOf,
  digestsIn,
  hashesIn,
  hashInTile,
  readTilePath,
  type Tile,
  tileOf,
  tilePath,
  widthIn,
} from './tiles.ts'
import { type Subtree, subtreesOf } from './tree.ts'

const tile: fc.Arbitrary<Tile> = fc.record({
  level: fc.oneof(fc.constant('entries' as const), fc.nat(63)),
  n: fc.nat({ max: 10 ** 9 }),
  width: fc.integer({ min: 1, max: 256 }),
})

describe('the path of a tile', () => {
  test('is the one of C2SP, and reads back', () => {
    expect(tilePath({ level: 0, n: 1234067, width: 256 })).toBe('0/x001/x234/067')
    expect(tilePath({ level: 'entries', n: 273, width: 112 })).toBe('entries/273.p/112')
    fc.assert(
      fc.property(tile, (one) => {
        expect(readTilePath(tilePath(one))).toEqual(one)
      }),
    )
  })

  test.each([
    '00/000',
    '64/000',
    '0/0',
    '0/x000/001',
    '0/x001',
    '0/001.p/0',
    '0/001.p/256',
    '0/001.p/01',
    '0/001/',
    '../0/001',
    'entries',
    '',
  ])('written as %j is none', (path) => expect(readTilePath(path)).toBeUndefined())
})

describe('tiles', () => {
  test('are as wide as C2SP says for a tree of 70,000', () => {
    expect(widthIn(70_000, { level: 0, n: 272 })).toBe(256)
    expect(widthIn(70_000, { level: 0, n: 273 })).toBe(112)
    expect(widthIn(70_000, { level: 0, n: 274 })).toBe(0)
    expect(widthIn(70_000, { level: 1, n: 1 })).toBe(17)
    expect(widthIn(70_000, { level: 2, n: 0 })).toBe(1)
    expect(widthIn(256, { level: 'entries', n: 0 })).toBe(256)
  })

  test('hold the hash of every complete part of any tree', () => {
    const log = makeLog(1100)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1100 }), (size) => {
        for (const part of subtreesOf({ from: 0, to: size })) {
          expect(hashInTile(tileFor(part, size), part)).toEqual(log.hashOf(part))
        }
      }),
    )
    function tileFor(part: Subtree, size: number): Uint8Array {
      const { level, n } = tileOf(part)
      const width = widthIn(size, { level, n })
      return Uint8Array.from(
        Array.from({ length: width }, (_, at) =>
          Array.from(log.hashOf({ level: level * 8, index: n * 256 + at })),
        ).flat(),
      )
    }
  })

  test('of entries read back, and nothing else is read', () => {
    const { digests } = makeLog(9)
    const bundle = bundleOf(digests)
    expect(bundle.length).toBe(bytesOf({ level: 'entries', width: 9 }))
    expect(digestsIn(bundle)).toEqual(digests)
    expect(digestsIn(bundle.subarray(0, -1))).toBeUndefined()
    expect(digestsIn(bundle.with(35, 31))).toBeUndefined()
    expect(hashesIn(new Uint8Array(65))).toHaveLength(2)
  })
})
