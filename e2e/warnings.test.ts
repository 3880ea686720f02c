import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as warnings from '@tocsin/api/warnings.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAuthority, comeBack, entriesOf, keeping } from '../packages/server/test/test-docket.ts'
import { type As, openCast, stepUp } from '../packages/server/test/test-people.ts'
import { type ClockedNode, startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'
import {
  addRegionalDesk,
  cookiesOf,
  openAs,
  openReportedMatter,
  saved,
  signAndSend,
  startDraft,
  writeWarning,
} from './warning-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const telephone = { width: 390, height: 844 }
const MINUTE_MS = 60_000

const { messages, channel } = keeping()
let node: ClockedNode
let cast: { readonly as: As }
beforeAll(async () => {
  node = await startClockedNode({ 'e-mail': channel })
  cast = { as: openCast(node.url, node.setUpLink) }
  await addAuthority(cast, 'Police')
  await addRegionalDesk(cast)
  await mkdir(screenshots, { recursive: true })
}, 120_000)
afterAll(() => node.stop())

/** The page at both sizes, in a screenshot each, with nothing that axe finds wrong. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of [desktop, telephone]) {
    await page.setViewportSize(size)
    expect(await violationsOf(page), `${name} at ${size.width}`).toEqual([])
    await expectNoSidewaysScroll(page, size.width)
    await page.screenshot({ path: `${screenshots}${name}-${size.width}.png`, fullPage: true })
  }
  await page.setViewportSize(desktop)
}

test('a warning of level 3 is composed, saved as it grows, sent, updated and cancelled', async () => {
  const focal = await cast.as('focal-point')
  const matter = await openReportedMatter(focal)
  const page = await openAs(focal, node.url, { viewport: desktop })
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await startDraft(page, node.url, matter, 3)
  const address = page.url()
  await page.getByText('Nobody is addressed.').waitFor()
  await writeWarning(page, ['Head of Police, Police', 'Regional desk, Five Rivers Confederation'])
  await page.getByText('Nothing keeps it from being signed.').waitFor()
  await look(page, 'warning-draft-en')

  // Everything is where it was after the page is left and opened again.
  await page.goto(`${node.url}/warnings`)
  await look(page, 'warnings-en')
  await page.getByRole('link', { name: 'Removals from Port Sell' }).first().click()
  expect(page.url()).toBe(address)
  expect(await page.getByLabel('Expected effect').inputValue()).toBe('No household is forced out')

  // What coerces is only found by looking for it, and names what it needs.
  expect(await page.getByText('Arms embargo').count()).toBe(0)
  await page.getByLabel('Search all 90 cards').fill('enforcement')
  await page.getByRole('checkbox', { name: 'Enforcement by a regional body' }).check()
  await page.getByText('Enforcement by a regional body needs Security Council').first().waitFor()
  await page.getByText('an information note is owed to the Security Council').waitFor()
  await page.getByRole('button', { name: 'Remove Enforcement by a regional body' }).click()
  await page.getByLabel('Search all 90 cards').fill('')
  await page.getByText('Nothing keeps it from being signed.').waitFor()
  await saved(page)

  // A proof of identity that has grown old is asked for again, and nothing leaves without it.
  node.advance(10 * MINUTE_MS)
  await signAndSend(page, 2)
  await page.getByRole('dialog').getByText('Show your passkey').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(messages).toHaveLength(0)
  await stepUp(focal)
  await page.context().addCookies(cookiesOf(focal, node.url))
  await signAndSend(page, 2)
  await page.getByText(/^Signed .* Sent to 2\. Clocks running: [1-9]/).waitFor()
  await page.getByText('Handed over', { exact: true }).first().waitFor()
  await look(page, 'warning-sent-en')
  // Whoever only reads sees the letter and the offices, and nobody's name.
  const reader = await openAs(await cast.as('reader'), node.url, { viewport: desktop })
  await reader.goto(address)
  await reader.getByText('Sent, stands').waitFor()
  expect(await reader.getByText('Head of Police').count()).toBeGreaterThan(0)
  expect(await reader.content()).not.toContain('Ida Brook')
  expect(await reader.getByRole('link', { name: 'Write an update' }).count()).toBe(0)

  await page.getByRole('link', { name: 'Write an update' }).click()
  await page.getByRole('button', { name: 'Start the draft' }).click()
  await page.getByRole('heading', { name: 'Addressees and reply' }).waitFor()
  await page.getByLabel('Paragraph 1', { exact: true }).fill('Now some 300 households.')
  await saved(page)
  await signAndSend(page, 2)
  await page.getByText(/^Signed .* Sent to 2\./).waitFor()
  await page.goto(address)
  await page.getByText('Replaced', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'The warning that took its place' }).click()
  await page.getByText('Cancel this warning').first().click()
  await page.getByLabel('Reasons').fill('The notices were withdrawn by court order.')
  const label = page.getByText(/^Type the last part of W-/)
  const ending = /: (.+)$/.exec((await label.textContent()) ?? '')?.[1] ?? ''
  await page.getByLabel(/^Type the last part of W-/).fill(ending)
  await page.getByRole('button', { name: 'Cancel this warning' }).click()
  await page.getByText('Cancelled', { exact: true }).waitFor()
  expect((await entriesOf(focal, matter)).map(({ kind }) => kind)).toEqual([
    'matter.opened',
    'report.attached',
    'warning.sent',
    'warning.updated',
    'warning.cancelled',
  ])
  expect(faults).toEqual([])
})

test('a warning of level 4 takes two persons, is returned with reasons, and a change unsigns it', async () => {
  const [focal, analyst] = [await comeBack(await cast.as('focal-point')), await cast.as('analyst')]
  const accused = await addAuthority(cast, 'Interior')
  const matter = await openReportedMatter(focal, { excluded: [accused.organisation] })
  const ana = await openAs(await comeBack(analyst), node.url, { viewport: desktop })
  await startDraft(ana, node.url, matter, 4)
  await ana.getByText('An authority that ought to act is left out').waitFor()
  const office = ana.getByRole('option', { name: /^Head of Interior, Interior/ })
  expect(await office.isDisabled()).toBe(true)
  expect(await office.textContent()).toContain('kept from its organisation')
  await writeWarning(ana, ['Head of Police, Police'])
  await ana.getByText('From level 4 on, one addressee stands outside').waitFor()
  await ana.getByLabel('Add an office').selectOption({
    label: 'Regional desk, Five Rivers Confederation',
  })
  await ana.getByLabel('Competent by (law or decree)').nth(1).fill('Treaty of the Rivers, art. 12')
  await ana.getByText('Nothing keeps it from being signed.').waitFor()
  await saved(ana)
  await stepUp(analyst)
  await ana.context().addCookies(cookiesOf(analyst, node.url))
  await ana.getByRole('button', { name: 'Sign', exact: true }).click()
  await ana.getByText('You have signed.').waitFor()
  await look(ana, 'warning-four-eyes-en')

  const mo = await openAs(focal, node.url, { viewport: desktop })
  await mo.goto(ana.url())
  await mo.getByText('Return with reasons').first().click()
  await mo.getByLabel('Reasons').fill('Paragraph 2 needs its source.')
  await mo.getByRole('button', { name: 'Return with reasons' }).click()
  await mo.getByText('Paragraph 2 needs its source.').waitFor()
  await ana.reload()
  await ana.getByText('Paragraph 2 needs its source.').waitFor()

  // Both write at once: one changes the subject, both the same paragraph.
  await mo.getByLabel('Subject').fill('Removals from Port Sell, second notice')
  await mo.getByLabel('Paragraph 2', { exact: true }).fill('Likely (55 to 80 %), says R-1.')
  await saved(mo)
  await ana.getByLabel('Paragraph 2', { exact: true }).fill('Likely, as report 1 says.')
  await ana.getByText('Two persons have written at the same time').waitFor()
  await ana.getByText('it stands in the draft now: subject').waitFor()
  await look(ana, 'warning-dispute-en')
  await ana.getByRole('button', { name: 'Keep mine' }).click()
  await saved(ana)
  expect(await ana.getByLabel('Subject').inputValue()).toContain('second notice')

  await stepUp(analyst)
  await ana.getByRole('button', { name: 'Sign', exact: true }).click()
  await ana.getByText('You have signed.').waitFor()
  await mo.reload()
  expect(await mo.getByLabel('Paragraph 2', { exact: true }).inputValue()).toBe(
    'Likely, as report 1 says.',
  )
  await stepUp(focal)
  await mo.context().addCookies(cookiesOf(focal, node.url))
  await signAndSend(mo, 2)
  await mo.getByText(/^Signed .* Sent to 2\./).waitFor()
  expect(await mo.locator('.sig .by').count()).toBe(2)
})

test('what is written is kept on the page while the node cannot be reached, and saved after', async () => {
  const focal = await comeBack(await cast.as('focal-point'))
  const matter = await openReportedMatter(focal)
  const page = await openAs(focal, node.url, { viewport: desktop })
  await page.goto(`${node.url}/matters/${matter}/warnings/new`)
  await look(page, 'warning-new-en')
  await page.setViewportSize(telephone)
  await startDraft(page, node.url, matter, 1)
  await saved(page)
  await page.context().setOffline(true)
  await page.getByLabel('Paragraph 1', { exact: true }).fill('Written without a network.')
  await page.getByText('Everything is kept on this page').waitFor()
  await page.screenshot({ path: `${screenshots}warning-offline-en-390.png`, fullPage: true })
  await page.context().setOffline(false)
  await saved(page)
  // Signs that turn words around are not taken, are said, and can be taken out.
  await page.getByLabel('Subject').fill('Removals \u202Efrom Port Sell')
  await page.getByText('There are invisible signs that could turn words around').waitFor()
  await page.getByRole('button', { name: 'Take out the invisible signs' }).click()
  await saved(page)
  const warning = page.url().split('/').at(-1) as WarningId
  const { warning: kept } = await focal.call(warnings.getWarning, { params: { warning } })
  expect(kept.draft).toMatchObject({
    subject: 'Removals from Port Sell',
    paragraphs: ['Written without a network.'],
  })
  await page.getByText('Discard this draft').first().click()
  await page.getByRole('button', { name: 'Discard this draft' }).click()
  await page.waitForURL('**/warnings/new')
  await expect(focal.call(warnings.getWarning, { params: { warning } })).rejects.toMatchObject({
    code: 'warning.not-found',
  })
})

test('an exercise says so on every page, and the composer reads in Arabic and in the dark', async () => {
  const focal = await cast.as('focal-point', 'elsewhere')
  const matter = await openReportedMatter(focal, { isExercise: true })
  const page = await openAs(focal, node.url, { viewport: desktop })
  await startDraft(page, node.url, matter, 3)
  await writeWarning(page, ['Head of Police, Police'])
  expect(await page.getByText('This is an exercise. Nothing here is real.').count()).toBe(2)
  await page.context().addCookies([{ name: 'theme', value: 'dark', url: node.url }])
  await page.reload()
  await look(page, 'warning-draft-dark-en')
  await page.context().addCookies([
    { name: 'lang', value: 'ar', url: node.url },
    { name: 'theme', value: 'light', url: node.url },
  ])
  await page.reload()
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await page.getByText('حماية الشرطة للأماكن والأشخاص').first().waitFor()
  await look(page, 'warning-draft-ar')
})
