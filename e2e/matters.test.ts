import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as docket from '@tocsin/api/docket.ts'
import * as reports from '@tocsin/api/reports.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  entriesOf,
  keeping,
  sign,
  tokenIn,
  until,
} from '../packages/server/test/test-docket.ts'
import { opening } from '../packages/server/test/test-matters.ts'
import { openCast, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { type ClockedNode, startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'
import { button } from './people-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const telephone = { width: 390, height: 844 }
const HOUR = 3_600_000

const cookiesOf = ({ cookies }: TestPerson, { url }: ClockedNode) =>
  [...cookies].map(([name, value]) => ({ name, value, url }))

/** A browser in which the person is signed in already. */
async function openAs(person: TestPerson, node: ClockedNode, viewport = desktop) {
  const context = await openBrowser({ viewport, locale: 'en-GB' })
  await context.addCookies(cookiesOf(person, node))
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  return { page, faults }
}

async function look(page: Page, name: string, width: number) {
  expect(await violationsOf(page)).toEqual([])
  await expectNoSidewaysScroll(page, width)
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
}

async function writeReport(page: Page) {
  await page.getByLabel('In plain words').fill('Chalk marks on doors in two streets.')
  await page.getByLabel('Place', { exact: true }).fill('Lower Corve')
  await page.getByLabel('How exactly the place is held').selectOption('half-degree')
  await page.getByLabel('Groups').fill('Sarrin households')
  await page.getByText('B · usually reliable').click()
  await page.getByText('2 · probably true').click()
  await page.getByText('Not sure').click()
}

test('a report becomes a matter, is assessed, warned of and reviewed, and reads as a document', async () => {
  const { messages, channel } = keeping()
  const node = await startClockedNode({ 'e-mail': channel })
  onTestFinished(node.stop)
  await mkdir(screenshots, { recursive: true })
  const cast = { as: openCast(node.url, node.setUpLink) }
  const focal = await cast.as('focal-point')
  const police = await addAuthority(cast, 'Police')
  const interior = await addAuthority(cast, 'Interior')
  const { page, faults } = await openAs(focal, node)

  // What cannot be is said at its field, a link that breaks loses nothing, and it is filed once.
  await visit(page, `${node.url}/reports/new`)
  await writeReport(page)
  const killed = page.getByRole('group', { name: 'Killed' })
  await killed.getByLabel('Lowest').fill('9')
  await killed.getByLabel('Highest').fill('3')
  await button(page, 'File the report').click()
  await killed.getByText('whole, and in order').waitFor()
  await killed.getByLabel('Lowest').fill('0')
  await page.getByLabel('Last day').fill('2099-01-01')
  await button(page, 'File the report').click()
  await page.getByText('Please correct this. The first day or later').waitFor()
  await page.getByLabel('Last day').fill(await page.getByLabel('First day').inputValue())
  await page.context().setOffline(true)
  await button(page, 'File the report').click()
  await page.getByRole('alert').waitFor()
  await page.context().setOffline(false)
  expect(await page.getByLabel('In plain words').inputValue()).toContain('Chalk marks')
  await look(page, 'report-new-en-1440', 1440)
  await button(page, 'File the report').click()
  await page.getByText('Filed as').waitFor()
  const query = { loose: false, exercise: false, limit: 50, offset: 0 }
  const { total } = await focal.call(reports.listReports, { query })
  expect(total).toBe(1)

  // Triage: a matter is opened from it, and nobody else reads it unless that is said.
  await visit(page, `${node.url}/reports`)
  await look(page, 'reports-en-1440', 1440)
  await page.getByRole('link', { name: 'Open a matter from it' }).first().click()
  await page.getByLabel('Title').fill('Houses marked, Lower Corve valley')
  await page.getByText(/^Choose among/).click()
  await page.getByLabel('Police').selectOption('excluded')
  await page.getByRole('definition').filter({ hasText: 'Police' }).waitFor()
  await page.getByLabel('Police').selectOption('')
  await look(page, 'matter-new-en-1440', 1440)
  await button(page, 'Open a matter').click()
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}$/)
  const matter = page.url().split('/').at(-1) as MatterId
  await page
    .getByText('R-2026/1')
    .or(page.getByText(/R-\d{4}\/1/))
    .first()
    .waitFor()

  // Assessed on the page; the warning is written elsewhere.
  await page.getByRole('link', { name: 'Assess', exact: true }).click()
  await page.getByRole('combobox', { name: 'Level' }).selectOption('3')
  await page.getByLabel('Reasons').fill('Two towns, one pattern, an election in nine days.')
  await button(page, 'Assess').click()
  await page.getByText('Two towns, one pattern', { exact: false }).last().waitFor()
  await page.locator('.rail .done').nth(1).waitFor()
  const expiresAt = Instant.parse(new Date(node.now() + 240 * HOUR).toISOString())
  await sign(focal, await draft(focal, matter, { ...draftFor([interior, police]), expiresAt }))
  await until(() => messages.length === 2)
  await visit(page)
  await page.getByRole('row', { name: /Police/ }).waitFor()

  // Closing says who still owes an answer before it is signed; a review keeps the matter.
  await page.getByRole('link', { name: 'Review', exact: true }).click()
  await page.getByText('Close the matter', { exact: true }).click()
  await page.getByText('2 authorities still owe an answer: Interior, Police').waitFor()
  await look(page, 'matter-review-en-1440', 1440)
  await page.getByText('Keep the level', { exact: true }).click()
  await page.getByLabel('Reasons').fill('Nothing has changed yet.')
  await stepUp(focal)
  await button(page, 'Sign: keep the level').click()
  await page.getByText('Nothing has changed yet.').last().waitFor()

  // One authority acknowledges, the other says nothing: a day later its silence is drawn.
  const token = tokenIn(messages.find(({ to }) => to.startsWith('interior')))
  const acknowledgement = {
    reaction: 'verify',
    note: 'We verify.',
    name: 'A.',
    office: 'M.',
  } as const
  await focal.call(warnings.openLetter, { params: { token } })
  await focal.call(warnings.acknowledgeLetter, { params: { token }, body: acknowledgement })
  node.advance(25 * HOUR)
  await comeBack(focal)
  const kinds = async () => (await entriesOf(focal, matter)).map(({ kind }) => kind)
  await until(async () => (await kinds()).includes('clock.skipped'))
  await page.context().addCookies(cookiesOf(focal, node))
  await visit(page, `${node.url}/matters/${matter}`)
  await page
    .getByRole('row', { name: /Police/ })
    .getByText(/over$/)
    .waitFor()
  await page.getByText('passed over: the office has no deputy').waitFor()
  await page.locator('.rail .overdue').getByText('overdue').waitFor()
  await look(page, 'matter-en-1440', 1440)

  await visit(page, `${node.url}/matters/${matter}?theme=dark`)
  await look(page, 'matter-dark-1440', 1440)
  await visit(page, `${node.url}/matters/${matter}?theme=light`)
  await visit(page, `${node.url}/matters/${matter}?lang=ar`)
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await look(page, 'matter-ar-1440', 1440)
  await visit(page, `${node.url}/matters?lang=en`)
  await look(page, 'matters-en-1440', 1440)

  // As a document on paper.
  await visit(page, `${node.url}/matters/${matter}`)
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  await writeFile(`${screenshots}matter.pdf`, pdf)
  expect(faults).toEqual([])
})

test('everything fits a telephone, in both directions of script, and a drill says so', async () => {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  await mkdir(screenshots, { recursive: true })
  const cast = { as: openCast(node.url, node.setUpLink) }
  const focal = await cast.as('focal-point')
  const police = await addAuthority(cast, 'Police')
  const neighbour = await cast.as('focal-point', 'elsewhere')
  const body = opening({
    title: 'Houses marked, Lower Corve valley',
    isExercise: true,
    audience: [neighbour.organisation],
  })
  const { id: matter } = await focal.call(docket.openMatter, { body })
  const expiresAt = Instant.parse(new Date(node.now() + 240 * HOUR).toISOString())
  await sign(focal, await draft(focal, matter, { ...draftFor([police]), expiresAt }))
  const { page, faults } = await openAs(focal, node, telephone)
  const paths = {
    matter: `/matters/${matter}`,
    'matter-act': `/matters/${matter}?act=after-action`,
    matters: '/matters?exercise=true',
    'matter-new': '/matters/new',
    'report-new': `/reports/new?matter=${matter}`,
    reports: '/reports',
  }
  for (const lang of ['ar', 'en']) {
    await page.goto(`${node.url}/reports?lang=${lang}`)
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, `${node.url}${path}`)
      await look(page, `${name}-${lang}-390`, 390)
    }
  }
  await visit(page, `${node.url}${paths['report-new']}`)
  await page.getByText('EXERCISE', { exact: true }).waitFor()
  await writeReport(page)
  await button(page, 'File the report').click()
  await page.getByRole('link', { name: 'EX-R-' }).waitFor()
  await visit(page, `${node.url}${paths.matter}`)
  await page.getByText('EXERCISE', { exact: true }).waitFor()
  await page.getByText('Chalk marks on doors in two streets.').waitFor()
  expect(faults).toEqual([])

  // Whom it is shared with reads it and does nothing on it; reports stay with their organisation.
  const other = await openAs(neighbour, node, telephone)
  await visit(other.page, `${node.url}${paths.matter}`)
  await other.page.getByText('Chalk marks on doors in two streets.').waitFor()
  expect(await other.page.getByRole('link', { name: 'Assess', exact: true }).count()).toBe(0)
  expect(await other.page.getByRole('link', { name: /R-\d/ }).count()).toBe(0)
  await look(other.page, 'matter-shared-en-390', 390)
})
