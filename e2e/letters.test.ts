import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Instant } from '@tocsin/domain/brand.ts'
import { expect, onTestFinished, test } from 'vitest'
import { openEMail } from '../packages/server/src/channels/e-mail.ts'
import { codeFor, readToken } from '../packages/server/src/warnings/links.ts'
import { startMailServer } from '../packages/server/test/mail-server.ts'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  openMatter,
  sign,
  until,
} from '../packages/server/test/test-docket.ts'
import { openCast } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))

/** What a mail says, as its reader sees it. */
const plain = (raw: string): string => raw.replace(/=\r\n/g, '').replaceAll('=3D', '=')

test('an authority acknowledges and answers from the link in a mail, on a telephone, without script', async () => {
  const mail = await startMailServer()
  const channel = openEMail({ url: mail.url, from: 'tocsin@node.example' })
  onTestFinished(() => channel.close())
  const node = await startClockedNode({ 'e-mail': channel })
  onTestFinished(node.stop)
  const cast = { as: openCast(node.url, node.setUpLink) }
  const focal = await cast.as('focal-point')
  const police = await addAuthority(cast, 'Police')
  const matter = await openMatter(focal)
  const expiresAt = Instant.parse(new Date(node.now() + 10 * 86_400_000).toISOString())
  await sign(focal, await draft(focal, matter, { ...draftFor([police]), expiresAt }))
  await until(() => mail.received.length === 1)
  const path = /\/a\/[0-9a-f]{64}/.exec(plain(mail.received[0]?.raw ?? ''))?.[0] ?? ''
  const token = path.slice(3)
  const notification = await readToken(node.app, token)
  const code = notification ? await codeFor(node.app, notification) : ''

  const size = { viewport: { width: 390, height: 844 } }
  const context = await openBrowser({ ...size, javaScriptEnabled: true })
  const page = await context.newPage()
  await mkdir(screenshots, { recursive: true })
  const letter = await visit(page, `${node.url}${path}`)
  expect(await page.locator('script').count()).toBe(0)
  expect(await page.content()).not.toContain('Corve')
  expect((await letter?.body())?.length).toBeLessThan(30_000)

  await page.getByLabel('Six digits').fill('000000' === code ? '000001' : '000000')
  await page.getByRole('button', { name: 'Read the letter' }).click()
  await page.getByText('That code is not right.').waitFor()
  await page.getByLabel('Six digits').fill(code)
  await page.getByRole('button', { name: 'Read the letter' }).click()
  await page.getByText('Houses marked in the Lower Corve valley').waitFor()
  await page.getByText('Police protection of places and persons').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}letter-en-390.png`, fullPage: true })

  await visit(page, `${node.url}${path}?lang=ar`)
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  expect(await violationsOf(page)).toEqual([])
  await expectNoSidewaysScroll(page, 390)
  await page.screenshot({ path: `${screenshots}letter-ar-390.png`, fullPage: true })
  // Opened three times by now, and nothing of it acknowledged anything.
  expect((await entriesOf(focal, matter)).at(-1)?.kind).toBe('notification.opened')

  // Faster than a person, however slow the machine is.
  node.hold()
  await visit(page, `${node.url}${path}?lang=en`)
  await page.getByLabel('will verify first').check()
  await page.getByLabel('Note (may be left empty)').fill('We answer by Tuesday.')
  await page.getByLabel('Your name').fill('A. Chief')
  await page.getByLabel('Your function').fill('Director')
  // Asked to press once more, with everything still there.
  const acknowledge = page.getByRole('button', { name: 'Acknowledge receipt' })
  await acknowledge.click()
  await page.getByText('Please check what stands below and press once more.').waitFor()
  node.letGo()
  expect(await page.getByLabel('will verify first').isChecked()).toBe(true)
  expect(await page.getByLabel('Note (may be left empty)').inputValue()).toBe(
    'We answer by Tuesday.',
  )
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}letter-once-more-en-390.png`, fullPage: true })
  node.advance(60_000)
  await acknowledge.click()
  await page.getByText('Receipt was acknowledged on').waitFor()
  node.advance(60_000)
  await page.getByLabel('A decision was taken').check()
  await page.getByLabel('The decision, or the reasons').fill('Police posts in both towns.')
  await page.getByLabel('Your name').fill('A. Chief')
  await page.getByLabel('Your function').fill('Director')
  await page.screenshot({ path: `${screenshots}letter-answer-en-390.png`, fullPage: true })
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await page.getByText('Your answer is on record since').waitFor()
  const kinds = (await entriesOf(focal, matter)).map(({ kind }) => kind)
  expect(kinds.slice(-2)).toEqual(['notification.acknowledged', 'notification.answered'])
  await page.goto(`${node.url}/a/${'0'.repeat(64)}`)
  await page.getByText('This link opens nothing.').waitFor()
})
