import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as docket from '@tocsin/api/docket.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { file, opening, plan, reportForm } from '../packages/server/test/test-matters.ts'
import { openCast, stepUp } from '../packages/server/test/test-people.ts'
import { approveAll } from '../packages/server/test/test-sharing.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, expectNoViolations, violationsOf } from './page-checks.ts'
import { button } from './people-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name })
const fill = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).fill(text)

/** A matter with two reports and an action, and an analyst and a focal point who work on it. */
async function prepare() {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  const as = openCast(node.url, node.setUpLink)
  const focal = await as('focal-point')
  const { id: matter } = await focal.call(docket.openMatter, {
    body: opening({ title: 'Houses marked, Lower Corve valley', place: 'Lower Corve' }),
  })
  const day = new Date(node.now()).toISOString().slice(0, 10) as never
  const said = { matter, marking: 'TLP:AMBER', fromDay: day, untilDay: day } as const
  const country = 'SSD' as CountryCode
  await file(focal, reportForm({ ...said, country, precision: '1-km' }))
  await file(focal, reportForm({ ...said, place: 'North', precision: 'adm-1' }))
  await plan(focal, matter, { title: 'Posts in both towns', riskFactors: [7] })
  const analyst = await as('analyst')
  await stepUp(analyst)
  return { node, focal, analyst, matter, day }
}

test('a note is made without its sources, released by two and handed over; requests and capacity are kept', async () => {
  await mkdir(screenshots, { recursive: true })
  const { node, focal, analyst, matter, day } = await prepare()
  const context = await openBrowser({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
  })
  const cookies = [...analyst.cookies]
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: node.url })))
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  const shoot = async (name: string) => {
    await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
  }

  await visit(page, `${node.url}/matters/${matter}`)
  await link(page, 'Note to the UN Office').click()
  await page.getByText('No note has been made yet.').waitFor()
  for (const name of [/^R-\d+\/1/, /^Posts/]) await page.getByRole('checkbox', { name }).check()
  await button(page, 'Make the note').click()
  await page.locator('[role=alert]').first().waitFor()
  const factors = page.locator('summary', { hasText: 'Risk factors' }).first()
  await factors.click()
  await page.getByRole('checkbox', { name: /^9\b/ }).first().check()
  await page.getByText('Judge the factors in your own words').click()
  await page.getByLabel('Judgement').nth(8).selectOption('partial')
  await page
    .getByLabel('Words for the note')
    .nth(8)
    .fill('Doors were marked in Lower Corve, writes ada@corve.example.')
  expect(await violationsOf(page)).toEqual([])
  await shoot('liaison-make-en')
  await button(page, 'Make the note').click()
  const note = page.locator('#note')
  await note.getByText('Doors were marked in […], writes […]').waitFor()
  await note.getByText('exact places in the words').waitFor()
  await button(page, 'Release for handing over').click()
  await page
    .getByText('Waits for a second person')
    .or(page.locator('#note .note'))
    .first()
    .waitFor()
  await expectNoViolations(page, 'note', (scheme) => shoot(`liaison-note-en-${scheme}`))
  await approveAll(focal)
  await page.reload()
  await fill(page, 'Day of the hand-over', day)
  await fill(page, 'How it was handed over', 'Through the Permanent Mission')
  await fill(page, 'To whom: name or function', 'Head of section')
  await button(page, 'Record the hand-over').click()
  await page.locator('.chip.ok', { hasText: 'Handed over' }).first().waitFor()

  await visit(page, `${node.url}/liaison`)
  await page.getByText('No requests yet.').waitFor()
  await link(page, 'Answer the questions').click()
  const staff = page.getByRole('group', { name: /standing staff/ })
  await staff.getByText('Partly', { exact: true }).click()
  await staff.getByLabel('Note').fill('One person, no deputy.')
  expect(await violationsOf(page)).toEqual([])
  await shoot('liaison-capacity-en')
  await button(page, 'Keep the answers').click()
  await page.getByText('Done.').first().waitFor()
  await link(page, 'Cancel').click()
  await link(page, /^Ask for support/).click()
  expect(await page.getByLabel('Subject').inputValue()).toContain('standing staff')
  await fill(page, 'What is asked, and why', 'Two days on the risk factors, for nine officers.')
  await button(page, 'Save the request').click()
  await link(page, /^Record what followed/).click()
  await fill(page, 'On which day', day)
  await button(page, 'Record what followed').click()
  await page.locator('[role=alert]').first().waitFor()
  await fill(page, 'By which way', 'Through the Permanent Mission')
  await button(page, 'Record what followed').click()
  await page.locator('#requests .chip', { hasText: 'Sent' }).waitFor()
  await link(page, 'Cancel').click()
  await expectNoViolations(page, 'liaison', (scheme) => shoot(`liaison-en-${scheme}`))

  await page.setViewportSize({ width: 390, height: 844 })
  for (const [name, path] of [
    ['liaison-en-390', '/liaison'],
    ['liaison-note-en-390', `/matters/${matter}/liaison`],
    ['liaison-ar-390', '/liaison?lang=ar'],
    ['liaison-note-ar-390', `/matters/${matter}/liaison`],
  ] as const) {
    await visit(page, `${node.url}${path}`)
    expect(await violationsOf(page)).toEqual([])
    await expectNoSidewaysScroll(page, 390)
    await shoot(name)
  }
  expect(faults).toEqual([])
}, 120_000)
