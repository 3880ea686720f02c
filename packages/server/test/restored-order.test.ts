import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { getNetwork } from '@tocsin/api/network.ts'
import * as api from '@tocsin/api/restored.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { expect, test } from 'vitest'
import { makeBackup } from '../src/backup/make.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { beginLogAnew } from '../src/network/log-anew.ts'
import { ask, createEmptyDatabase, makeFolder } from './backup-places.ts'
import { contentsAt, eventually, makeAudience, moveNode, note, publish } from './test-exchange.ts'
import { giveRoot, NOWHERE } from './test-network.ts'
import { startRestored } from './test-restored.ts'
import { type LoggedNode, startPeers, takeBack } from './test-withdrawal.ts'

type Three = readonly [LoggedNode, LoggedNode, LoggedNode]

const headsOf = (node: LoggedNode, author: LoggedNode) =>
  node.app.db.as(system, (tx) =>
    tx
      .selectFrom('record_head')
      .select(['audience_id', 'seq', 'digest', 'frozen_at'])
      .where('organisation', '=', author.own)
      .orderBy('audience_id')
      .execute(),
  )

/** Without what takes something back, which has no text. */
const notesAt = async (node: LoggedNode, audience: AudienceId) =>
  (await contentsAt(node, audience)).filter((text) => text !== 'undefined')

/** What of its records is not in line for its log, how much is that is no record, and how many logs ended. */
const inRows = async ({ databaseUrl, own }: LoggedNode) => {
  // In one statement, for the node's own rounds go on telling.
  const [row] = await ask(
    databaseUrl,
    `select array(select digest from network_record where organisation = '${own}'
        and digest not in (select digest from log_entry)),
      (select count(*)::int from log_entry where digest not in
        (select digest from network_record where organisation = '${own}')),
      (select count(*)::int from ended_log)`,
  )
  const [unlogged, more, ended] = row ?? []
  return { unlogged, more, ended }
}

/** The logs of another that a node has followed, the present one last; it looks at their directory now. */
async function followed(node: LoggedNode, of: LoggedNode) {
  await ask(
    node.databaseUrl,
    `update member_directory set next_at = '2026-01-01' where organisation = '${of.own}'`,
  )
  const rows = await ask(
    node.databaseUrl,
    'select origin, frozen_at is not null from known_log where size > 0 or frozen_at is not null order by ended_at nulls last',
  )
  return rows.map(([origin, frozen]) => ({ origin: String(origin), frozen }))
}

const findings = (node: LoggedNode) =>
  ask(node.databaseUrl, 'select kind, origin from log_finding order by found_at')

test('a node restored from an older backup takes its own word back before it says more', async () => {
  const [author, near, far] = (await startPeers(3)) as unknown as Three
  const all = [author, near, far]
  await giveRoot(author, author.own)
  const { id } = await makeAudience(all)
  const say = (node: LoggedNode, audience: typeof id, ...contents: readonly string[]) =>
    Promise.all(contents.map((one) => publish(node, audience, note(one, { marking: 'TLP:AMBER' }))))
  await say(author, id, 'before')
  const reads = async (node: LoggedNode, audience: typeof id, ...contents: readonly string[]) =>
    JSON.stringify(await notesAt(node, audience)) === JSON.stringify(contents.toSorted())
  await eventually(all, async () => (await reads(near, id, 'before')) && reads(far, id, 'before'))
  await eventually(all, async () => (await followed(near, author)).length > 0)
  const file = join(await makeFolder(), 'node.backup')
  const { databaseUrl: lived, home: house } = author
  await makeBackup({ databaseUrl: lived, home: house, product: '0' }, file)
  const madeAt = author.app.clock()

  // After the backup: to both, to a new audience, something that is taken back, and to one reader alone.
  await say(author, id, 'after')
  const gone = note('gone')
  await publish(author, id, gone)
  const { id: later } = await makeAudience([author, near])
  await say(author, later, 'new')
  await say(near, id, 'answer')
  await eventually(
    all,
    async () =>
      (await reads(far, id, 'before', 'after', 'gone', 'answer')) &&
      (await reads(near, later, 'new')) &&
      reads(author, id, 'before', 'after', 'gone', 'answer'),
  )
  await takeBack(author, gone)
  await eventually(all, () => reads(far, id, 'before', 'after', 'answer'))
  await moveNode(author, far, NOWHERE)
  await moveNode(far, author, NOWHERE)
  await say(author, id, 'to one')
  await eventually(all, () => reads(near, id, 'before', 'after', 'answer', 'to one'))
  const before = await headsOf(author, author)
  await author.stop()

  const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
  await restoreBackup({ databaseUrl, home, replace: false }, file)
  // Backups are dated by the machine's clock, and these nodes live in another time.
  await writeFile(join(home, 'restored.json'), JSON.stringify({ madeAt }))
  await ask(databaseUrl, `update member set address = '${NOWHERE}'`)
  const again = await startRestored(author, databaseUrl, home)
  const now = [again, near, far]
  await expect(say(again, id, 'too soon')).rejects.toMatchObject({ code: 'network.catching-up' })
  expect(await again.operator(api.getRestored, {})).toMatchObject({
    isWaiting: true,
    unanswered: [{ organisation: near.own }, { organisation: far.own }],
  })
  expect((await again.operator(getNetwork, {})).held).toMatchObject([
    { kind: 'unanswered' },
    { kind: 'unanswered' },
  ])
  expect((await fetch(`${again.url}/log/${again.own}/checkpoint`)).status).toBe(503)

  await moveNode(again, near, near.url)
  await eventually(
    now,
    async () => (await again.operator(api.getRestored, {})).unanswered.length === 1,
  )
  expect(await headsOf(again, again)).toEqual(before)
  expect(await notesAt(again, id)).toEqual(['after', 'answer', 'before', 'to one'])
  expect(await notesAt(again, later)).toEqual(['new'])
  await expect(say(again, id, 'too soon')).rejects.toMatchObject({ code: 'network.catching-up' })

  await moveNode(again, far, far.url)
  await moveNode(near, again, again.url)
  await moveNode(far, again, again.url)
  await eventually(now, async () => !(await again.operator(api.getRestored, {})).isWaiting)
  await say(again, id, 'next')
  const whole = ['before', 'after', 'answer', 'to one', 'next']
  await eventually(now, async () => (await reads(near, id, ...whole)) && reads(far, id, ...whole))
  // The round that makes keys goes on telling; what counts is that all come to agree.
  await eventually(now, async () => {
    const read = await Promise.all([near, far].map((node) => headsOf(node, again)))
    const heads = await headsOf(again, again)
    const isHead = (one: unknown) => heads.some((head) => isDeepStrictEqual(head, one))
    return read.flat().every(isHead)
  })
  for (const node of [near, far]) {
    for (const { frozen_at: frozenAt } of await headsOf(node, again)) expect(frozenAt).toBeNull()
    expect(await ask(node.databaseUrl, 'select reason from quarantined_record')).toEqual([])
  }
  // One log ended, and all that was in it and all that was taken back is to stand in the next.
  expect(await inRows(again)).toMatchObject({ unlogged: [], more: 1, ended: 1 })

  // Whoever followed the log that ended is told so, and follows the next.
  await eventually(now, async () => (await followed(near, author)).length > 1)
  const [, second] = await followed(near, author)
  expect(second).toMatchObject({
    origin: expect.stringMatching(/\/log\/[0-9a-f-]{36}\/\d+$/),
    frozen: false,
  })
  expect(await findings(near)).toEqual([['restored', second?.origin]])
  const { held } = await (await near.as('focal-point')).call(getNetwork, {})
  expect(held).toContainEqual(
    expect.objectContaining({ kind: 'log-restored', organisation: again.own }),
  )
  // One that begins anew and does not say how the one before it ended is a rollback.
  again.advance(60_000)
  await ask(databaseUrl, 'create rule unsaid as on insert to ended_log do instead nothing')
  await again.app.db.as(system, (tx) => beginLogAnew(again.app, tx, again.own, undefined))
  await eventually(now, async () => (await followed(near, author)).length > 2)
  const [, , third] = await followed(near, author)
  expect(third).toMatchObject({ frozen: true })
  expect(await findings(near)).toContainEqual(['rollback', third?.origin])
})
