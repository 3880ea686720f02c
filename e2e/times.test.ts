import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as approvals from '@tocsin/api/approvals.ts'
import * as people from '@tocsin/api/people.ts'
import * as settings from '@tocsin/api/settings.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { system } from '@tocsin/domain/actor.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ClockId } from '@tocsin/domain/service-clock.ts'
import Papa from 'papaparse'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  HOUR,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from '../packages/server/test/test-docket.ts'
import { invite, openCast, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { type ClockedNode, startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
beforeAll(() => mkdir(screenshots, { recursive: true }))

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

async function signIn(context: BrowserContext, url: string, { cookies }: TestPerson) {
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
}

/** The page as it is on a desk and on a telephone: nothing wrong in it, and a picture of each. */
async function look(page: Page, address: string, name: string): Promise<void> {
  for (const [viewport, suffix] of [
    [wide, ''],
    [narrow, '-390'],
  ] as const) {
    await page.setViewportSize(viewport)
    const answer = await visit(page, address)
    expect(answer?.status()).toBe(200)
    expect(await violationsOf(page), `${name}${suffix}`).toEqual([])
    await expectNoSidewaysScroll(page, viewport.width)
    await page.screenshot({ path: `${screenshots}${name}${suffix}.png`, fullPage: true })
  }
}

async function start() {
  const { messages, channel } = keeping()
  const node = await startClockedNode({ 'e-mail': channel })
  onTestFinished(node.stop)
  return { node, messages, cast: { as: openCast(node.url, node.setUpLink) } }
}

const soon = (node: ClockedNode) =>
  Instant.parse(new Date(node.now() + 10 * 24 * HOUR).toISOString())

/** Two authorities warned: one acknowledges after two hours, the other says nothing for thirty. */
async function liveThroughWarnings({ node, messages, cast }: Awaited<ReturnType<typeof start>>) {
  const focal = await cast.as('focal-point')
  const police = await addAuthority(cast, 'Police of the Lower Valley')
  const ministry = await addAuthority(cast, 'Ministry of the Interior')
  const expiresAt = soon(node)
  const matter = await openMatter(focal)
  await sign(focal, await draft(focal, matter, { ...draftFor([police, ministry]), expiresAt }))
  await until(() => messages.length === 2)
  node.advance(2 * HOUR)
  const token = tokenIn(messages.find(({ to }) => to.startsWith('police')))
  const answer = await fetch(`${node.url}/api/letters/${token}/acknowledgement`, {
    method: warnings.acknowledgeLetter.method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reaction: 'act', note: null, name: 'A. Chief', office: 'Police' }),
  })
  expect(answer.status).toBe(200)
  node.advance(28 * HOUR)
  return comeBack(focal)
}

test('the desk reads how long answers take, in a table, drawn, and saved as it is shown', async () => {
  const world = await start()
  const { node } = world
  const before = await world.cast.as('focal-point')
  const context = await openBrowser({ viewport: wide })
  await signIn(context, node.url, before)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const address = `${node.url}/docket/times`
  await look(page, address, 'docket-times-empty-en')
  await page.getByText('No clock was started in this period.').waitFor()

  const focal = await liveThroughWarnings(world)
  await signIn(context, node.url, focal)
  await look(page, address, 'docket-times-en')
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save these figures as CSV' }).click()
  const csv = await readFile(await (await saving).path(), 'utf8')
  const { data } = Papa.parse<Record<string, string>>(csv.trim(), { header: true })
  const saved = data.filter(({ what }) => what === 'acknowledge')
  // Two hours by the clock that was put forward, and what the test itself took.
  const took = saved[2]?.['median_minutes'] ?? ''
  expect(
    saved.map((row) => [row['authority'], row['median_minutes'], row['in_time_percent']]),
  ).toEqual([
    ['', took, '50'],
    ['Ministry of the Interior', 'not reached', '0'],
    ['Police of the Lower Valley', took, '100'],
  ])
  const time = `${Math.floor(Number(took) / 60)} h ${Number(took) % 60} min`
  const table = page.getByRole('region', { name: 'Acknowledgement' }).getByRole('table')
  const rows = await table.locator('tbody tr').allInnerTexts()
  const cells = rows.map((row) => row.split('\t').map((cell) => cell.trim()))
  expect(cells.map((row) => row.slice(-8))).toEqual([
    ['All', time, 'not reached', '50%', '2', '1', '1', '0'],
    ['Ministry of the Interior', 'not reached', 'not reached', '0%', '1', '0', '1', '0'],
    ['Police of the Lower Valley', time, time, '100%', '1', '1', '0', '0'],
  ])
  await page.getByLabel('View', { exact: true }).selectOption('true')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('No clock was started in an exercise in this period.').waitFor()
  await page.getByText('EXERCISE', { exact: true }).waitFor()
  await look(page, `${address}?lang=ar`, 'docket-times-ar')
  expect(await page.getAttribute('html', 'dir')).toBe('rtl')
  expect(faults).toEqual([])

  const dark = await openBrowser({ viewport: wide, colorScheme: 'dark' })
  await signIn(dark, node.url, focal)
  await look(await dark.newPage(), `${address}?lang=en`, 'docket-times-en-dark')

  // Nothing of it needs script to be read.
  const plain = await openBrowser({ viewport: narrow, javaScriptEnabled: false })
  await signIn(plain, node.url, focal)
  const still = await plain.newPage()
  await still.goto(`${address}?lang=en`)
  await still.getByRole('cell', { name: time }).first().waitFor()
})

/** Two administrators agree, the one proposing and the other approving. */
async function openToVisitors(url: string, administrator: TestPerson): Promise<void> {
  const { organisation } = administrator
  const second = await invite(url, administrator, { name: 'Second', organisation, roles: [] })
  const role = 'administrator' as const
  await administrator.call(people.grantRole, { params: { person: second.person, role } })
  await stepUp(administrator)
  const input = { params: { area: 'times' as const }, body: { open: true } }
  await administrator.call(settings.setPublicView, input)
  await stepUp(second)
  const [waiting] = await second.call(approvals.listApprovals, {})
  if (!waiting) throw new Error('nothing waits')
  const { id: approval, sha256 } = waiting
  await second.call(approvals.approve, { params: { approval }, body: { sha256 } })
}

/** Matters of a year gone by, each with one clock: so many cannot be lived through. */
async function plant(node: ClockedNode, { organisation }: TestPerson, year: number) {
  const counts = { 1: 40, 2: 3, 3: 12, 4: 60 } as const
  const at = (hours: number) =>
    Instant.parse(new Date(Date.UTC(year, 2, 1) + hours * HOUR).toISOString())
  const made = Object.entries(counts).flatMap(([level, count]) =>
    Array.from({ length: count }, (_, index) => ({ level: Number(level) as 1, index })),
  )
  const rows = made.map((one, number) => ({ ...one, number, id: newId<MatterId>() }))
  await node.app.db.as(system, async (tx) => {
    const common = {
      organisation,
      audience: [],
      excluded: [],
      title: 'Planted',
      summary: 'Planted',
    }
    await tx
      .insertInto('matter')
      .values(
        rows.map(({ id, level, number }) => ({
          ...common,
          id,
          level,
          year,
          number: number + 1,
          marking: 'TLP:RED' as const,
          is_exercise: false,
          opened_at: at(0),
          review_by: at(24),
        })),
      )
      .execute()
    await tx
      .insertInto('clock')
      .values(
        rows.map(({ id: matter, level, index }) => ({
          id: newId<ClockId>(),
          matter,
          kind: 'agenda' as const,
          level,
          started_at: at(0),
          due_at: at(24),
          stopped_at: index % 4 === 3 ? null : at(index + 1),
        })),
      )
      .execute()
  })
}

test('anybody reads the aggregate once two administrators have opened it', async () => {
  const { node, cast } = await start()
  const administrator = await cast.as('administrator')
  const context = await openBrowser({ viewport: wide })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  expect((await page.goto(`${node.url}/times`))?.status()).toBe(401)
  await openToVisitors(node.url, administrator)
  const year = new Date(node.now()).getUTCFullYear() - 2
  await plant(node, administrator, year)
  await look(page, `${node.url}/times?year=${year}`, 'times-en')
  const rows = await page.getByRole('table').locator('tbody tr').allInnerTexts()
  const text = rows.map((row) => row.replaceAll('\t', ' ').trim())
  expect(text.find((row) => row.startsWith('Agenda of the organ'))).toContain('All levels 115')
  expect(text.filter((row) => row.startsWith('1 Notice'))).toHaveLength(1)
  expect(text.find((row) => row.startsWith('3 Warning'))).toContain('Not shown')
  expect(await page.content()).not.toContain('Planted')
  await look(page, `${node.url}/times?year=${year}&lang=ar`, 'times-ar')
  await page.goto(`${node.url}/times?lang=en`)
  await page.getByRole('link', { name: 'Earlier year' }).click()
  await page.waitForURL(/year=\d{4}/)
  expect(faults).toEqual([])
  const dark = await openBrowser({ viewport: wide, colorScheme: 'dark' })
  await look(await dark.newPage(), `${node.url}/times?year=${year}&lang=en`, 'times-en-dark')
})
