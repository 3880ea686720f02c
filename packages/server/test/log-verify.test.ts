import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { hashesIn } from '@tocsin/records/log/tiles.ts'
import { hashLeaf, rootOf } from '@tocsin/records/log/tree.ts'
import { describe, expect, test } from 'vitest'
import type { App } from '../src/app.ts'
import { checkLogs, listOwnEntries } from '../src/network/log-verify.ts'
import { digestOf, findingsOf, type LogNode, startLogNode } from './test-logs.ts'

const RECORDS = 600
const FIVE_MINUTES = 5 * 60_000

/** A log over three tiles, checked once and found whole; every error that the node logs is kept. */
async function wholeLog() {
  const errors: object[] = []
  const log: App['log'] = {
    error: (details) => errors.push(details),
    warn: () => undefined,
    info: () => undefined,
  }
  const node = await startLogNode({ log })
  const names = Array.from({ length: RECORDS }, (_, at) => `record ${at}`)
  await node.write(...names.slice(0, 300))
  await node.write(...names.slice(300))
  // Of later and later, while no time passes for the node: its own round would let the log grow.
  let later = 0
  const check = async () => {
    later += FIVE_MINUTES
    const clock = () => addMilliseconds(node.app.clock(), later)
    await checkLogs({ ...node.app, clock }, listOwnEntries)
  }
  await check()
  expect(await standing(node)).toMatchObject([{ holds: true }])
  expect(await findingsOf(node)).toEqual([])
  return { node, errors, check }
}

const standing = async (node: LogNode) =>
  (await node.asOwner('select holds from transparency_log')).rows

const indexOf = async (node: LogNode, at: number): Promise<number> =>
  (
    await node.asOwner('select index::int from log_entry where digest = $1', [
      digestOf(`record ${at}`),
    ])
  ).rows[0].index

/** Writes other bytes at a place of a tile. */
const overwrite = (node: LogNode, level: number, n: number, at: number, bytes: Buffer) =>
  node.asOwner(
    `update log_tile set bytes = overlay(bytes placing $4 from $3) where level = $1 and n = $2`,
    [level, n, at + 1, bytes],
  )

/** Writes another record at the place of one, and all that hangs on it. */
async function alterEverywhere(node: LogNode, at: number) {
  const index = await indexOf(node, at)
  const forged = digestOf('forged')
  const bytes = Buffer.from(forged, 'hex')
  const n = Math.floor(index / 256)
  await node.asOwner('update log_entry set digest = $1 where index = $2', [forged, index])
  await overwrite(node, -1, n, (index - n * 256) * 34 + 2, bytes)
  await overwrite(node, 0, n, (index - n * 256) * 32, Buffer.from(hashLeaf(bytes)))
  const tile = await node.asOwner('select bytes from log_tile where level = 0 and n = $1', [n])
  await overwrite(node, 1, 0, n * 32, Buffer.from(rootOf(hashesIn(tile.rows[0].bytes))))
}

describe('a log altered behind its back by the superuser of the database', () => {
  test('by another digest for a record is found out, the entry named, and the operator told', async () => {
    const { node, errors, check } = await wholeLog()
    const index = await indexOf(node, 277)
    await node.asOwner('update log_entry set digest = $1 where index = $2', [
      digestOf('forged'),
      index,
    ])
    await check()
    expect(await standing(node)).toMatchObject([{ holds: false }])
    expect(await findingsOf(node)).toMatchObject([{ origin: node.origin, kind: 'altered', index }])
    expect(errors).toContainEqual({ origin: node.origin, kind: 'altered', index })
  })

  test('by a record that is gone is found out', async () => {
    const { node, check } = await wholeLog()
    const index = await indexOf(node, 431)
    await node.asOwner('delete from log_entry where index = $1', [index])
    await check()
    expect(await findingsOf(node)).toMatchObject([{ kind: 'deleted', index }])
  })

  test('by a record put in where the log was filled up, or behind its end, is found out', async () => {
    const { node, check } = await wholeLog()
    const { rows } = await node.asOwner(
      `select free::int from generate_series(0, 607) free
        where not exists (select from log_entry where index = free) limit 1`,
    )
    const { free } = rows[0]
    const put = `insert into log_entry (organisation, digest, is_urgent, index) values ($1, $2, false, $3)`
    await node.asOwner(put, [node.organisation, digestOf('put in'), free])
    await node.asOwner(put, [node.organisation, digestOf('behind'), 5000])
    await check()
    expect(await findingsOf(node)).toMatchObject([
      { kind: 'inserted', index: free },
      { kind: 'inserted', index: 5000 },
    ])
  })

  test.each([
    ['an entry that is served', -1, 1, 34 * 20 + 2, 276],
    ['the hash of a leaf', 0, 1, 32 * 20, 276],
    ['a hash of the level above', 1, 0, 32, 256],
  ])('by %s is found out', async (_, level, n, at, index) => {
    const { node, check } = await wholeLog()
    await overwrite(node, level, n, at, Buffer.alloc(32, 7))
    await check()
    expect(await findingsOf(node)).toMatchObject([{ kind: 'altered', index }])
  })

  test('by tiles that are gone, or all checkpoints, is found out', async () => {
    const { node, check } = await wholeLog()
    await node.asOwner('delete from log_tile where level = 0 and n = 1')
    await check()
    expect((await findingsOf(node))[0]).toMatchObject({ kind: 'altered', index: 256 })
    await node.asOwner('delete from log_checkpoint')
    await check()
    expect((await findingsOf(node)).map(({ kind }) => kind)).toContain('deleted')
  })

  test('in every copy alike does not have the root that was signed, and is narrowed down', async () => {
    const { node, check } = await wholeLog()
    await alterEverywhere(node, 450)
    await check()
    expect(await findingsOf(node)).toMatchObject([
      { kind: 'altered', index: 304, evidence: { from: 304, to: 608 } },
    ])
  })

  test('in every copy alike is not signed over when the log is to grow, and what waits goes on waiting', async () => {
    const { node, check } = await wholeLog()
    await alterEverywhere(node, 450)
    node.advance(FIVE_MINUTES)
    await node.write('later')
    expect((await node.asOwner('select max(size)::int from log_checkpoint')).rows).toEqual([
      { max: 608 },
    ])
    await check()
    expect(await findingsOf(node)).toMatchObject([
      { kind: 'altered', index: 304, evidence: { from: 304, to: 608 } },
    ])
    const waits = await node.asOwner('select index from log_entry where digest = $1', [
      digestOf('later'),
    ])
    expect(waits.rows).toEqual([{ index: null }])
  })

  test('is not said of a log that grows while it is checked', async () => {
    const { node, errors, check } = await wholeLog()
    for (let turn = 0; turn < 5; turn += 1) {
      node.advance(FIVE_MINUTES)
      const names = Array.from({ length: 30 }, (_, at) => `turn ${turn} record ${at}`)
      await Promise.all([node.write(...names), check()])
    }
    expect(await findingsOf(node)).toEqual([])
    expect(errors).toEqual([])
  })
})
