import { isDeepStrictEqual } from 'node:util'
import * as docket from '@tocsin/api/docket.ts'
import {
  getNetwork,
  getOwnPolicy,
  getOwnProof,
  tellAccount,
  verifyLog,
} from '@tocsin/api/network.ts'
import { system } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { type Policy, readPolicy } from '@tocsin/records/log/policy.ts'
import { checkProof, type LogProof, readProof } from '@tocsin/records/log/proof-file.ts'
import { expect, test } from 'vitest'
import { watchLog } from '../src/network/log.ts'
import { originOfLog, publicLogKeys } from '../src/network/log-keys.ts'
import { callMember } from '../src/network/members.ts'
import { until } from './test-docket.ts'
import { moveNode } from './test-exchange.ts'
import { opening } from './test-matters.ts'
import { NOWHERE } from './test-network.ts'
import { listedBy, type Sharer, startSharers } from './test-sharing.ts'

test('the network is read as it stands: what arrived, what waits, and who countersigned', async () => {
  const [ardenia, belmara, corvane] = (await startSharers(3)) as [Sharer, Sharer, Sharer]
  const isOff = ({ organisation }: { organisation: string }) => organisation === corvane.own
  const read = () => ardenia.focal.call(getNetwork, {})
  expect(await read()).toMatchObject({ sent: 0, received: 0, waiting: 0, held: [] })
  await moveNode(ardenia, corvane, NOWHERE)
  await ardenia.focal.call(docket.openMatter, {
    body: opening({ audience: [belmara.own, corvane.own] }),
  })
  await until(async () => (await listedBy(belmara.focal)).total === 1)
  await until(async () => (await read()).nodes.some(({ failures }) => failures > 0))
  // The round that makes keys goes on telling: what is looked at is one view, not two.
  let view = await read()
  await until(async () => {
    view = await read()
    const off = view.nodes.find(isOff)
    return (
      view.nodes.every((node) => node.waiting === 0 || node === off) &&
      off !== undefined &&
      off.waiting === view.waiting
    )
  })
  // What the one has does not wait any more; what the other has not, does.
  const waiting = view.nodes.map((node) => [node.organisation, node.waiting])
  expect(waiting).toEqual([
    [ardenia.own, 0],
    [belmara.own, 0],
    [corvane.own, view.waiting],
  ])
  expect(view.waiting).toBeGreaterThan(0)
  expect(view.held).toMatchObject([{ kind: 'waiting', organisation: corvane.own, n: view.waiting }])
  expect(view.sent).toBeGreaterThan(0)
  const [, other] = view.nodes
  expect(other?.exchanges).toHaveLength(1)
  expect(other?.lastExchangeAt).toBe(view.asOf)

  // What a member told of itself: whom it heard from, of those whom both know.
  for (const node of [ardenia, belmara]) node.advance(600_000)
  const told = async () =>
    (await read()).nodes.find(({ organisation }) => organisation === belmara.own)
  await until(async () =>
    Boolean((await told())?.heard.some(({ organisation }) => organisation === ardenia.own)),
  )
  expect(await told()).toMatchObject({ software: view.nodes[0]?.software })
  const account = async (members: string[]) => {
    const call = { from: ardenia.own, to: belmara.own, ...tellAccount }
    const body = Buffer.from(JSON.stringify({ members }))
    const { status, body: text } = await callMember(ardenia.app, { ...call, body })
    return { status, heard: JSON.parse(text.toString()).heard }
  }
  expect(await account([newId()])).toEqual({ status: 200, heard: [] })

  // The proof holds by the policy that is saved beside it, once a witness has signed.
  await until(async () => (await read()).log.size > 0)
  await meet(belmara, ardenia)
  await meet(ardenia, belmara)
  const check = async () =>
    checkProof(
      readProof(await ardenia.focal.call(getOwnProof, {})) as LogProof,
      readPolicy(await ardenia.focal.call(getOwnPolicy, {})) as Policy,
    ).fault
  expect(['too-few-witnesses', undefined]).toContain(await check())
  await until(async () => (await check()) === undefined)

  // Each witness by the largest log that it signed.
  await ardenia.focal.call(verifyLog, {})
  const sizes = await ardenia.app.db.as(system, async (tx) => {
    const rows = await tx.selectFrom('log_checkpoint').selectAll().orderBy('size').execute()
    const [first] = rows
    const signed = [
      ...rows.map(({ organisation, size }) => ({ organisation, size, witness: 'one', line: '' })),
      ...(first
        ? [{ organisation: first.organisation, size: first.size, witness: 'two', line: '' }]
        : []),
    ]
    await tx.insertInto('log_cosignature').values(signed).execute()
    return rows.map(({ size }) => size)
  })
  const { log, asOf } = await read()
  expect(log).toMatchObject({ checkedAt: asOf, fault: null })
  expect(log.witnesses.filter(({ name }) => ['one', 'two'].includes(name))).toMatchObject([
    { name: 'one', size: sizes.at(-1) },
    { name: 'two', size: sizes[0] },
  ])
  // Whoever runs the node sees the same, without a docket.
  const administrator = await ardenia.as('administrator')
  await until(async () => isDeepStrictEqual(await administrator.call(getNetwork, {}), await read()))
})

/** Lets one node watch the log of another and have its own cosigned there. */
async function meet({ app }: Sharer, { app: there, own, url }: Sharer): Promise<void> {
  const keys = await publicLogKeys(there, originOfLog(there, own))
  const places = { address: `${url}/log/${own}`, witnessAddress: `${url}/witness` }
  await app.db.as(system, (tx) => watchLog(tx, { organisation: own, ...keys, ...places }))
}
