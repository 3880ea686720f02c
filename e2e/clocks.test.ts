import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tocsin/api/client.ts'
import * as clocks from '@tocsin/api/clocks.ts'
import * as exercises from '@tocsin/api/exercises.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  HOUR,
  keeping,
  until,
} from '../packages/server/test/test-docket.ts'
import { closedMatter, reach } from '../packages/server/test/test-exercises.ts'
import { openCast, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const calendar = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Five Rivers//EN', 'BEGIN:VEVENT', 'UID:1'],
  ...['DTSTART;VALUE=DATE:20250714', 'RRULE:FREQ=YEARLY', 'END:VEVENT', 'END:VCALENDAR'],
].join('\r\n')

/** A browser in which this person has signed in. */
async function openAs(url: string, { cookies }: TestPerson): Promise<Page> {
  const context = await openBrowser({ viewport: { width: 1440, height: 900 } })
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
  return context.newPage()
}

/** The page in English, on a telephone, in Arabic and in the dark: axe finds nothing, nothing runs over. */
async function look(page: Page, url: string, path: string, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true })
  const shoot = async (as: string, width: number) => {
    await page.setViewportSize({ width, height: 900 })
    expect(await violationsOf(page), `${path} ${as}`).toEqual([])
    await expectNoSidewaysScroll(page, width)
    await page.screenshot({ path: `${screenshots}${name}-${as}.png`, fullPage: true })
  }
  const open = (query: string) => visit(page, `${url}${path}${query}`)
  await open('')
  await shoot('en', 1440)
  await shoot('en-390', 390)
  await open('?lang=ar')
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await shoot('ar-390', 390)
  await open('?lang=en&theme=dark')
  await shoot('dark', 1440)
  await open('?lang=en&theme=light')
}

async function startNode() {
  const { messages, channel } = keeping()
  const node = await startClockedNode({ 'e-mail': channel })
  onTestFinished(node.stop)
  const as = openCast(node.url, node.setUpLink)
  const visitor = createClient((path, init) => fetch(node.url + path, init))
  return { node: { ...node, as, visitor }, messages }
}

test('a focal point sets the clocks, sees what a warning would start, and takes it back', async () => {
  const { node } = await startNode()
  const focal = await node.as('focal-point')
  await addAuthority(node, 'Rights')
  const page = await openAs(node.url, focal)
  await look(page, node.url, '/docket/clocks', 'clocks')
  const hours = page.locator('.clock-level[open]').getByLabel('Acknowledgement, hours')
  expect(await hours.inputValue()).toBe('24')
  await hours.fill('12')
  await page.getByLabel('Told instead of an office of the accused').selectOption({ index: 1 })
  const file = { name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(calendar) }
  await page.getByLabel('Take holidays from a calendar file (.ics)').setInputFiles(file)
  await page.getByText('days were taken over').waitFor()
  const bad = { ...file, buffer: Buffer.from('no calendar') }
  await page.getByLabel('Take holidays from a calendar file (.ics)').setInputFiles(bad)
  await page.getByText('This is not a calendar file').waitFor()
  await stepUp(focal)
  await page.getByRole('button', { name: 'Save the clocks' }).click()
  await page.getByText('Saved. Clocks that run keep their time.').waitFor()
  const read = async () => (await focal.call(clocks.getClockOverview, {})).settings
  const saved = await read()
  expect(saved.levels[3].hours.acknowledge).toBe(12)
  expect(saved.offices.bypass).not.toBeNull()
  expect(saved.calendar.holidays.filter((day) => day.endsWith('-07-14')).length).toBeGreaterThan(2)
  await page.getByRole('button', { name: 'Put back what held before' }).click()
  await until(async () => (await read()).levels[3].hours.acknowledge === 24)

  const reader = await openAs(node.url, await node.as('reader'))
  await visit(reader, `${node.url}/docket/clocks`)
  await reader.getByText('Only focal points change the clocks.').waitFor()
  expect(await reader.getByRole('button', { name: 'Save the clocks' }).count()).toBe(0)
  expect(await reader.getByLabel('Time zone').isDisabled()).toBe(true)
})

test('a closed matter is replayed, paused and ended, with then beside now', async () => {
  const { node, messages } = await startNode()
  const { focal, source } = await closedMatter(node, messages)
  await reach(node, focal)
  await comeBack(focal)
  const page = await openAs(node.url, focal)
  await look(page, node.url, '/exercises', 'exercises')
  await page.getByLabel('Speed').fill('50')
  await page.getByLabel('focal-point here').check()
  await page.getByRole('button', { name: 'Start the replay' }).click()
  await page.getByRole('link', { name: 'Past houses' }).click()
  await page.getByText('EXERCISE', { exact: true }).waitFor()
  const list = await focal.call(exercises.listExercises, {})
  const started = list.exercises[0]?.replay
  expect(started).toMatchObject({ source, speed: 50, participants: [focal.person] })
  node.advance(HOUR / 4)
  await page.getByText('Past marks on doors.').waitFor()
  await look(page, node.url, `/exercises/${started?.id}`, 'replay')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('paused', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('running', { exact: true }).waitFor()
  await page.getByText('End the exercise').first().click()
  await page.getByRole('button', { name: 'End the exercise' }).click()
  await page.getByText('over', { exact: true }).waitFor()
  expect(await page.getByText('not reached').count()).toBeGreaterThan(0)
})
