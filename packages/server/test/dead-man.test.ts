import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as people from '@tocsin/api/people.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startWatch } from '../src/alarm/watch.ts'
import { examineDatabase } from '../src/doctor/database.ts'
import { startMailServer } from './mail-server.ts'
import { startNodeProcess } from './node-process.ts'
import { createDatabase } from './template-database.ts'
import { openMatter } from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'

/** The product waits two minutes; here as long as a round takes under load. */
const SILENCE_MS = 6_000
const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

/** Waits as long as the test may take: what never comes fails by the test's own limit. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await sleep(100)
}

type Mail = Awaited<ReturnType<typeof startMailServer>>

function watch(databaseUrl: string, { url }: Mail): void {
  const mail = { url, from: 'tocsin@node.example' }
  onTestFinished(startWatch({ databaseUrl, mail, silenceMs: SILENCE_MS }, quiet))
}

const subjectsIn = ({ received }: Mail): string[] =>
  received.map(({ raw, to }) => `${/^Subject: (.*)$/m.exec(raw)?.[1]?.trim()} > ${to.join()}`)

async function asOwner(databaseUrl: string): Promise<pg.Client> {
  const owner = new pg.Client(databaseUrl)
  owner.on('error', () => undefined)
  await owner.connect()
  onTestFinished(() => owner.end())
  return owner
}

const address = 'focal@river.example'

/** A node with a focal point who has an address, and two watches, as two processes have. */
async function startWatchedNode() {
  const node = await startTestNode()
  const mail = await startMailServer()
  const focal = await node.as('focal-point')
  await openMatter(focal)
  const { call } = await node.as('administrator')
  const params = { person: focal.person }
  const contacts = [{ channel: 'e-mail' as const, address }]
  await call(people.setContacts, { params, body: { contacts } })
  watch(node.databaseUrl, mail)
  watch(node.databaseUrl, mail)
  return { node, mail, owner: await asOwner(node.databaseUrl) }
}

const askHealth = async ({ url }: Pick<TestNode, 'url'>) => {
  const response = await fetch(`${url}/api/health`)
  return [response.status, await response.text()]
}

const beatenIn = async (owner: pg.Client) =>
  Number((await owner.query('select 1 from heartbeat')).rowCount) === 2

describe('when nobody looks after the clocks', () => {
  test('because a round never ends, the focal points are told once, and again when it is over', async () => {
    const { node, mail, owner } = await startWatchedNode()
    await until(() => beatenIn(owner))
    expect(await askHealth(node)).toEqual([200, '{"state":"ok"}'])
    await owner.query('begin')
    await owner.query('lock table clock_step in access exclusive mode')
    await until(() => mail.received.length > 0)
    // Both watches have looked more than once by now, and one of them told.
    await sleep(SILENCE_MS)
    expect(subjectsIn(mail)).toEqual([`The node has fallen silent > ${address}`])
    expect(mail.received[0]?.raw).not.toMatch(/Corve|marked/)
    await (await asOwner(node.databaseUrl)).query(
      `update heartbeat set seen_at = seen_at - interval '3 minutes' where id = 'clocks'`,
    )
    expect(await askHealth(node)).toEqual([503, '{"state":"late"}'])
    const place = { home: node.home, databaseUrl: node.databaseUrl }
    const says = async () => (await examineDatabase(place, systemClock)).map((one) => one.says)
    expect(await says()).toContain('doctor.beats-late')
    await owner.query('rollback')
    await until(() => mail.received.length > 1)
    expect(subjectsIn(mail)[1]).toBe(`The node works again > ${address}`)
    await until(async () => (await askHealth(node))[0] === 200)
    expect(await says()).toContain('doctor.beats')
    await sleep(SILENCE_MS)
    expect(mail.received).toHaveLength(2)
  })

  test('because every round fails, the focal points are told', async () => {
    const { mail, owner } = await startWatchedNode()
    await until(() => beatenIn(owner))
    await owner.query('alter table clock_step rename to gone')
    await until(() => mail.received.length > 0)
    expect(subjectsIn(mail)).toEqual([`The node has fallen silent > ${address}`])
    await owner.query('alter table gone rename to clock_step')
    await until(() => mail.received.length > 1)
  })

  test('because its process was killed, another process on the same database tells them', async () => {
    const database = await createDatabase()
    const home = await mkdtemp(join(tmpdir(), 'tocsin-dead-man-'))
    const node = await startNodeProcess(home, { environment: { DATABASE_URL: database.url } })
    onTestFinished(async () => {
      await database.drop()
      await rm(home, { recursive: true, force: true })
    })
    const owner = await asOwner(database.url)
    await addFocalPoint(owner)
    await until(() => beatenIn(owner))
    const mail = await startMailServer()
    watch(database.url, mail)
    await sleep(SILENCE_MS)
    expect(await askHealth(node)).toEqual([200, '{"state":"ok"}'])
    expect(mail.received).toEqual([])
    await node.kill()
    await until(() => mail.received.length > 0)
    const [clocks] = subjectsIn(mail)
    expect(clocks).toBe(`The node has fallen silent > ${address}`)
    await expect(askHealth(node)).rejects.toThrow()
  })
})

/** As the database holds one, for a node that nobody has set up. */
async function addFocalPoint(owner: pg.Client): Promise<void> {
  const [organisation, person] = [newId(), newId()]
  await owner.query(`select set_config('tocsin.kind', 'system', false)`)
  const make = (text: string, ...values: string[]) => owner.query(text, values)
  await make(
    `insert into organisation (id, name, kind, made_at) values ($1, 'Office', 'focal-point', now())`,
    organisation,
  )
  await make(
    `insert into person (id, organisation, name, locale, made_at) values ($1, $2, 'F', 'en', now())`,
    person,
    organisation,
  )
  await make(
    `insert into role_grant (id, person, organisation, role, granted_at)
      values ($1, $2, $3, 'focal-point', now())`,
    newId(),
    person,
    organisation,
  )
  await make(
    `insert into contact (id, person, organisation, channel, address, made_at)
      values ($1, $2, $3, 'e-mail', $4, now())`,
    newId(),
    person,
    organisation,
    address,
  )
}
