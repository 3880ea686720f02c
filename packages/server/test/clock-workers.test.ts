import * as docket from '@tocsin/api/docket.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { ClockKind, defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { stopClocks } from '../src/docket/clocks.ts'
import { runDueSteps } from '../src/warnings/escalation.ts'
import {
  type Authority,
  addAuthority,
  comeBack,
  draft,
  draftFor,
  entriesOf,
  HOUR,
  hold,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const MATTERS = 60
const WAKES = 14

/** The same every time; any seed must do. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

async function warn(focal: TestPerson, police: Authority): Promise<MatterId> {
  const matter = await openMatter(focal)
  const expiresAt = '2027-01-01T00:00:00.000Z' as Instant
  await sign(focal, await draft(focal, matter, { ...draftFor([police]), expiresAt }))
  return matter
}

/** A focal point, an authority with a deputy, and somebody on every rung but the last. */
async function startWarnedNode() {
  const node = await startTestNode()
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  await hold(node, police, 'Police deputy', 'alternate')
  const offices = {
    ...defaultClockSettings.offices,
    'minister-office': (await addAuthority(node, 'Cabinet')).post,
    'regional-desk': (await addAuthority(node, 'Desk')).post,
  }
  await stepUp(focal)
  const body = { ...structuredClone(defaultClockSettings), offices } as never
  await focal.call(docket.setClockSettings, { body })
  return { node, focal, police }
}

/** As closing, cancelling or answering does, while rungs are being told. */
const stop = ({ app }: TestNode, matter: MatterId) =>
  app.db.as(system, (tx) => stopClocks(tx, app.clock(), { matter, kinds: ClockKind.options }))

type Step = {
  readonly clock: string
  readonly due: Date
  readonly done: Date | null
  readonly outcome: string | null
  readonly stopped: Date | null
  readonly entries: number
}

const steps = `select clock_step.clock, clock_step.due_at as due, clock_step.done_at as done,
  outcome, stopped_at as stopped, (select count(*)::int from entry
    where entry.facts ->> 'rung' = clock_step.id::text) as entries
  from clock_step join clock on clock.id = clock_step.clock order by clock, percent`

/** What must hold of every rung, whoever looked when; answers whether it was told or passed over. */
function holdToRule(step: Step, below: Step | undefined, now: number): boolean {
  const [due, stopped] = [Date.parse(`${step.due}`), step.stopped && Date.parse(`${step.stopped}`)]
  if (step.done === null) {
    expect(stopped).toBeNull()
    expect(due).toBeGreaterThan(now)
    return false
  }
  const isDone = step.outcome !== 'not-needed'
  expect(step.entries).toBe(isDone ? 1 : 0)
  if (!isDone) return false
  const done = Date.parse(`${step.done}`)
  expect(done).toBeGreaterThanOrEqual(due)
  expect(done).toBeLessThanOrEqual(stopped ?? now)
  if (below) expect(Date.parse(`${below.done}`)).toBeLessThanOrEqual(done)
  return true
}

describe('clocks that several workers look after at once', () => {
  test('tell no rung twice, none early, none after the clock stopped, miss none, and keep the order', async () => {
    const { node, focal, police } = await startWarnedNode()
    const matters: MatterId[] = []
    for (let made = 0; made < MATTERS; made += 1) matters.push(await warn(focal, police))
    const random = randomFrom(20_260_101)
    for (let wake = 0; wake < WAKES; wake += 1) {
      node.advance(Math.floor(random() * 20 * HOUR))
      const stopped = matters.filter(() => random() < 0.05).map((matter) => stop(node, matter))
      const workers = [1, 2, 3, 4].map(() => runDueSteps(node.app))
      await Promise.all([...stopped, ...workers])
      // One more: the others may have passed by what somebody held.
      await runDueSteps(node.app)
    }
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    const now = Date.parse(node.app.clock())
    const read = async () => (await owner.query<Step>(steps)).rows
    const isOwed = ({ done, due }: Step) => done === null && Date.parse(`${due}`) <= now
    // The node's own round may still hold what all others passed by.
    await until(async () => !(await read()).some(isOwed))
    const rows = await read()
    await owner.end()
    const told = rows.filter((step, index) => {
      const below = rows[index - 1]
      return holdToRule(step, below?.clock === step.clock ? below : undefined, now)
    })
    const clocks = new Set(rows.map(({ clock }) => clock)).size
    process.stdout.write(`${clocks} clocks, 4 workers, ${WAKES} wakes: ${told.length} rungs\n`)
    // Acknowledgement, decision and review of each.
    expect(clocks).toBe(3 * MATTERS)
    expect(told.length).toBeGreaterThan(3 * MATTERS)
  }, 240_000)

  test('go on where one of them cannot be told, and the round says that it failed', async () => {
    const { node, focal, police } = await startWarnedNode()
    const [broken, other] = [await warn(focal, police), await warn(focal, police)]
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    await owner.query(
      `create function break_one() returns trigger language plpgsql as $$
        begin raise exception 'broken'; end $$`,
    )
    await owner.query(
      `create trigger break_one before insert on entry for each row
        when (new.matter = '${broken}') execute function break_one()`,
    )
    node.advance(60 * HOUR)
    // The node's own round may hold the matter just then: whoever has it fails.
    await until(() =>
      runDueSteps(node.app).then(
        () => false,
        (error) => String(error).includes('broken'),
      ),
    )
    await comeBack(focal)
    const told = async (matter: MatterId) =>
      (await entriesOf(focal, matter)).filter(({ kind }) => kind.startsWith('clock.')).length
    await until(async () => (await told(other)) === 4)
    expect(await told(broken)).toBe(0)
    await owner.query('drop trigger break_one on entry')
    await owner.end()
    await until(async () => (await told(broken)) === 4)
  })
})
