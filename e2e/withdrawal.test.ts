import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { expect, onTestFinished, test } from 'vitest'
import {
  type MemberNode,
  makeAudience,
  note,
  publish,
} from '../packages/server/test/test-exchange.ts'
import { openCast } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))

test('an analyst takes back what was shared, and sees who has not answered', async () => {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  const as = openCast(node.url, node.setUpLink)
  const analyst = await as('analyst')
  const { organisation: reader } = await as('reader', 'elsewhere')
  const made_at = node.app.clock()
  const member = { organisation: reader, address: 'http://127.0.0.1:9', state: 'pinned' as const }
  await node.app.db.as(system, (tx) =>
    tx
      .insertInto('member')
      .values({ ...member, root: '0'.repeat(64) as Sha256, made_at })
      .execute(),
  )
  const own = { app: node.app, own: analyst.organisation } as MemberNode
  const audience = await makeAudience([own, { own: reader } as MemberNode])
  const told = note('Chalk marks on doors')
  await publish(own, audience.id, told)

  const context = await openBrowser({ viewport: { width: 1280, height: 900 } })
  const { url } = node
  await context.addCookies([...analyst.cookies].map(([name, value]) => ({ name, value, url })))
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await mkdir(screenshots, { recursive: true })
  const address = `${url}/network/withdrawals?object=${told.id}`
  await visit(page, address)
  await page.getByText(/Must erase it: .River Union/).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}withdraw.png`, fullPage: true })
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page, 390)
  await page.getByText('Somebody could be in danger').click()
  await page.getByLabel('Reason').fill('The street can be recognised.')
  await page.getByRole('button', { name: 'Take back now' }).click()
  await page.getByText('No answer yet').waitFor()
  await page.getByText('The street can be recognised.').waitFor()
  expect(await page.getByRole('button', { name: 'Take back now' }).count()).toBe(0)
  await expectNoSidewaysScroll(page, 390)
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}withdrawn-390.png`, fullPage: true })
  await visit(page, `${url}/network/withdrawals?lang=ar`)
  await page.screenshot({ path: `${screenshots}withdrawn-ar-390.png`, fullPage: true })
}, 120_000)
