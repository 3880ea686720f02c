import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as docket from '@tocsin/api/docket.ts'
import { CountryCode } from '@tocsin/domain/brand.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { opening } from '../packages/server/test/test-matters.ts'
import { openCast } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const telephone = { width: 390, height: 844 }

async function look(page: Page, name: string) {
  expect(await violationsOf(page), name).toEqual([])
  await page.screenshot({ path: `${screenshots}${name}-1440.png`, fullPage: true })
  await page.setViewportSize(telephone)
  await expectNoSidewaysScroll(page, telephone.width)
  await page.screenshot({ path: `${screenshots}${name}-390.png`, fullPage: true })
  await page.setViewportSize(desktop)
}

test('a matter shows its doors on the day asked for, and each leads to its body', async () => {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  await mkdir(screenshots, { recursive: true })
  const focal = await openCast(node.url, node.setUpLink)('focal-point')
  const { id } = await focal.call(docket.openMatter, {
    body: opening({ country: CountryCode.parse('NER'), title: 'Markets closed to one community' }),
  })
  const context = await openBrowser({ viewport: desktop, locale: 'en-GB' })
  await context.addCookies(
    [...focal.cookies].map(([name, value]) => ({ name, value, url: node.url })),
  )
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))

  // Today the State no longer belongs to what it left; on the day before it did.
  await visit(page, `${node.url}/matters/${id}`)
  const doors = page.getByRole('region', { name: 'Which doors are open' })
  const door = (name: string) => doors.getByRole('link', { name, exact: true })
  await door('African Union').waitFor()
  await doors.getByText('suspended:').first().waitFor()
  expect(await door('Economic Community of West African States').count()).toBe(0)
  await look(page, 'matter-doors-en')
  await page.getByLabel('On the day').fill('2025-01-28')
  await page.getByLabel('On the day').press('Enter')
  await page.waitForURL(/day=2025-01-28/)
  await door('Economic Community of West African States').waitFor()

  // By keyboard into the table and to the body of its first row.
  await page.locator('body').press('t')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/bodies\/ECOWAS/)
  await page.getByRole('row', { name: /Mali/ }).getByText('no longer a member').waitFor()
  await look(page, 'body-en')

  await visit(page, `${node.url}/bodies?text=union`)
  await page.getByRole('link', { name: 'African Union' }).waitFor()
  expect(await page.getByText('Confederation of the Five Rivers').count()).toBe(0)
  await page.getByLabel('Region', { exact: true }).selectOption('five-rivers')
  await page.getByLabel('Search names').fill('')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('link', { name: 'Confederation of the Five Rivers' }).waitFor()
  await visit(page, `${node.url}/country/NER/doors?day=2025-01-28&lang=ar`)
  await look(page, 'doors-ar')
  expect(faults).toEqual([])
}, 60_000)
