import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeFrames, encodeContent, encodeStatement, firstLine, openSealed } from './container.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

/** The bytes in pieces cut at these places. */
async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Buffer> {
  const sorted = [...places.map((place) => place % (bytes.length + 1)), 0, bytes.length]
  sorted.sort((a, b) => a - b)
  for (const [index, from] of sorted.entries())
    yield bytes.subarray(from, sorted[index + 1] ?? from)
}

describe('frames', () => {
  test('come back as they were written, however the stream is cut', async () => {
    const content = fc.uint8Array({ maxLength: 500 }).map(Buffer.from)
    await fc.assert(
      fc.asyncProperty(fc.array(content), fc.array(fc.nat()), async (parts, places) => {
        const bytes = Buffer.concat([
          encodeStatement('H', { some: 'header' }),
          ...parts.flatMap((part) => [...encodeContent(part)]),
        ])
        const frames = await collect(decodeFrames(cut(bytes, places)))
        expect(frames[0]?.payload.toString()).toBe('{"some":"header"}')
        expect(Buffer.concat(frames.slice(1).map(({ payload }) => payload))).toEqual(
          Buffer.concat(parts),
        )
      }),
    )
  })

  test('are refused when they claim more than a reader will hold', async () => {
    const claim = Buffer.from([0x44, 0xff, 0xff, 0xff, 0xff])
    await expect(collect(decodeFrames(cut(claim, [])))).rejects.toThrow(RangeError)
  })
})

describe('a sealed file', () => {
  let folder = ''
  let sealed = Buffer.alloc(0)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-sealed-'))
    const body = Buffer.concat([Buffer.from(firstLine), gzipSync(encodeStatement('H', {}))])
    sealed = Buffer.concat([body, createHash('sha256').update(body).digest()])
  })
  afterAll(() => rm(folder, { recursive: true }))

  const opened = async (bytes: Uint8Array) => {
    const file = join(folder, 'file')
    await writeFile(file, bytes)
    return openSealed(file)
  }

  test('opens as it was written', async () => {
    const { frames } = await opened(sealed)
    expect(await collect(frames())).toHaveLength(1)
  })

  test('is refused when it was cut anywhere', async () => {
    for (let length = 0; length < sealed.length; length++) {
      const code = length < firstLine.length ? 'backup.not-a-backup' : 'backup.damaged'
      await expect(opened(sealed.subarray(0, length))).rejects.toMatchObject({ code })
    }
  })

  test('is refused when any bit of it is another', async () => {
    const bit = fc.record({ at: fc.nat(sealed.length - 1), mask: fc.integer({ min: 1, max: 255 }) })
    await fc.assert(
      fc.asyncProperty(bit, async ({ at, mask }) => {
        const altered = Buffer.from(sealed)
        altered[at] = (altered[at] ?? 0) ^ mask
        await expect(opened(altered)).rejects.toMatchObject({
          code: expect.stringMatching(/^backup\./),
        })
      }),
      { numRuns: 300 },
    )
  })

  test('says that a version that comes later made it', async () => {
    const later = Buffer.from('tocsin-backup 2\nand so on')
    await expect(opened(later)).rejects.toMatchObject({ code: 'backup.newer' })
  })
})
