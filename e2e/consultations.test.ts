import { mkdir } from 'node:fs/promises'
import * as api from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import { withdrawRecord } from '@tocsin/api/withdrawal.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { contributionRef } from '@tocsin/records/stix/contribution.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { real, say, saying, wordsOf } from '../packages/server/test/test-consultations.ts'
import { until } from '../packages/server/test/test-docket.ts'
import { assessment, opening } from '../packages/server/test/test-matters.ts'
import {
  approveAll,
  type Sharer,
  secondOf,
  startSharers,
} from '../packages/server/test/test-sharing.ts'
import { putBeside } from './beside.ts'
import { type Opened, openAs, screenshots } from './network-steps.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

/** Opened from the matter: what is asked and of whom, exactly who would see it, then the act of two. */
async function openByHand(ardenia: Sharer, { page, go }: Opened, matter: string) {
  const second = await secondOf(ardenia)
  await go(`/matters/${matter}`)
  await page.getByRole('link', { name: 'Open a consultation' }).click()
  await page.getByLabel('Title').fill('Joint presence at the Marrow border posts')
  await page.getByLabel('What is asked').fill('After 1,900 people crossed in four days.')
  await page.getByLabel(/Ministry of River 2/).selectOption('participant')
  // An organisation of the State concerned cannot be invited, only heard.
  const corvane = page.getByLabel(/Ministry of River 3/)
  expect(await corvane.locator('option').allTextContents()).toHaveLength(3)
  await corvane.selectOption('heard')
  await page.getByLabel('Why those concerned').fill('Article 9.')
  await page.getByLabel('Agenda').fill('Facts agreed\nJoint presence')
  await page.getByRole('button', { name: 'Show who would be in the room' }).click()
  await page.getByText(/Ministry of River 3.* \(organisation of the State concerned\)/).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}consultation-new.png`, fullPage: true })
  await page.getByRole('button', { name: 'Ask a second person' }).click()
  await page.getByText('The consultation opens when they agree.').waitFor()
  expect(await approveAll(second)).toBe(1)
  await go(`/matters/${matter}`)
  await page.getByRole('link', { name: 'Joint presence at the Marrow border posts' }).click()
  await page.getByText('Nothing has been said yet.').waitFor()
  return ConsultationId.parse((await idIn(ardenia)).id)
}

async function idIn({ focal }: Sharer) {
  const [room] = (await focal.call(api.listConsultations, { query: real })).rooms
  if (!room) throw new Error('no room is open')
  return room
}

/** What its author takes back is gone from the page of whoever is reading, and leaves its place. */
async function takeBack({ page }: Opened, belmara: Sharer, id: ConsultationId, said: string) {
  const shown = page.locator('.th li', { hasText: 'No lists at the posts.' })
  await shown.waitFor()
  const ref = contributionRef('contribution', said as ContributionId, id as string as AudienceId)
  const body = { object: ObjectId.parse(ref), class: 'error', reason: 'Not cleared.' } as const
  await belmara.focal.call(withdrawRecord, { body })
  await until(async () => {
    // As when the next half minute is over.
    await page.evaluate(() => dispatchEvent(new Event('online')))
    return (await shown.count()) === 0
  })
  await page.locator('.th li', { hasText: /took back on .* what it said here/ }).waitFor()
}

/** Without a link it waits on the device, is listed there, and is said once when the link is back. */
async function sayWithoutLink({ page }: Opened, ardenia: Sharer, id: ConsultationId) {
  const form = page.getByRole('form', { name: 'Your contribution' })
  await page.context().setOffline(true)
  await form.getByLabel('Your contribution').fill('Granted to **all** alike:\n\n- until Wednesday')
  await form.getByLabel('On', { exact: true }).selectOption('2')
  await form.getByRole('button', { name: 'Put on record' }).click()
  await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor()
  await page.getByText(/No link to the node/).waitFor()
  expect(await wordsOf(ardenia.focal, id)).toHaveLength(2)
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor({ state: 'detached' })
  await page.locator('.th li b', { hasText: 'all' }).waitFor()
  expect(await wordsOf(ardenia.focal, id)).toHaveLength(3)
  await page.getByText(/written .* without a link/).waitFor()
}

/** Opened anew without a link it is read as it was kept, and what is said there is said once when the link is back. */
async function readWithoutLink(opened: Opened, ardenia: Sharer, id: ConsultationId) {
  const { page, go } = opened
  const words = 'The cabinet sits until the link is back.'
  await goAndLoseLink(opened, id)
  await page.getByText(/No link to the node. What you read is as of/).waitFor()
  await page.locator('.th li', { hasText: 'Our cabinet meets on Tuesday evening' }).waitFor()
  await page.getByRole('heading', { name: 'In the room' }).waitFor()
  await page.getByLabel('Your contribution').last().fill(words)
  await page.getByRole('button', { name: 'Put on record' }).click()
  await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor()
  // Another page is not on this device, and says what is.
  await page.goto(new URL('/docket', page.url()).href)
  await page.getByText('to be read without a link').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'Joint presence at the Marrow border posts' }).click()
  await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor()
  await seeWithoutLink(page, 1440)
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor({ state: 'detached' })
  await page.locator('.th li', { hasText: words }).waitFor()
  const said = (await wordsOf(ardenia.focal, id)).filter(([, text]) => text?.includes(words))
  expect(said).toHaveLength(1)
  // The bare page was kept in English; the room is read in the language in which it was opened.
  await page.setViewportSize({ width: 390, height: 844 })
  await goAndLoseLink(opened, id, '?lang=ar')
  await page.locator('html[lang=ar][dir=rtl]').waitFor()
  await page.locator('.th li', { hasText: words }).waitFor()
  await seeWithoutLink(page, 390)
  await page.context().setOffline(false)
  await page.setViewportSize({ width: 1440, height: 900 })
  await go(`/consultations/${id}?lang=en`)
}

/** A room that is opened, and opened anew when there is no link any more. */
async function goAndLoseLink({ page, go }: Opened, id: ConsultationId, query = '') {
  await go(`/consultations/${id}${query}`)
  await keptOn(page)
  await page.context().setOffline(true)
  await page.reload()
}

async function seeWithoutLink(page: Page, width: number) {
  await expectNoSidewaysScroll(page, width)
  expect(await violationsOf(page), `without a link at ${width}`).toEqual([])
  await page.screenshot({ path: `${screenshots}consultation-no-link-${width}.png`, fullPage: true })
}

/** The room is on the device as this page shows it, sealed: what was said in it cannot be read there. */
async function keptOn(page: Page) {
  await until(() =>
    page.evaluate(() => {
      const { at = 0 } = JSON.parse(localStorage.getItem('tocsin-room') ?? '{}')
      return at > performance.timeOrigin
    }),
  )
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(kept).not.toMatch(/cabinet|Marrow/)
}

test('organisations consult in a room of their own, and the State concerned is heard apart', async () => {
  await mkdir(screenshots, { recursive: true })
  const nodes = (await startSharers(3)) as [Sharer, Sharer, Sharer]
  const [ardenia, belmara, corvane] = nodes
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ country: 'CRV' as CountryCode, audience: [belmara.own] }),
  })
  await ardenia.focal.call(docket.assessMatter, { params: { matter }, body: assessment })
  const opened = await openAs(ardenia, ardenia.focal)
  const { page, go, look } = opened
  const id = await openByHand(ardenia, opened, matter)
  await until(
    async () =>
      (await belmara.focal.call(api.listConsultations, { query: real })).rooms.length === 1,
  )
  const words = 'We support the presence. Our cabinet meets on Tuesday evening.'
  const first = await say(belmara.focal, id, saying(words, { item: 2 }))
  const second = await say(
    belmara.focal,
    id,
    saying('No lists at the posts.', { kind: 'dissent', replyTo: first.id }),
  )
  await until(async () => (await wordsOf(ardenia.focal, id)).length === 2)
  await go(`/consultations/${id}`)
  await page.getByText('Our cabinet meets on Tuesday evening').first().waitFor()
  await page.getByText('Dissent', { exact: true }).first().waitFor()
  await sayWithoutLink(opened, ardenia, id)
  await readWithoutLink(opened, ardenia, id)

  // Corvane sees that it exists and nothing else, and is heard.
  const heard = await openAs(corvane, corvane.focal)
  await heard.go('/consultations')
  await heard.page.getByRole('link', { name: 'A consultation that concerns your' }).click()
  expect(await heard.page.content()).not.toMatch(/Marrow|River 2/)
  await heard.page.getByLabel('Your contribution').last().fill('The posts are open.')
  await heard.page.getByRole('button', { name: 'Put on record' }).click()
  await heard.page.locator('.th li', { hasText: 'The posts are open.' }).waitFor()
  expect(await violationsOf(heard.page)).toEqual([])
  await heard.page.screenshot({ path: `${screenshots}consultation-hearing.png`, fullPage: true })
  await until(async () => (await wordsOf(ardenia.focal, id)).length === 5)

  await go(`/consultations/${id}`)
  await page.getByText(/said apart; passed on by/).waitFor()
  await page.locator('summary', { hasText: 'Settle an item' }).click()
  await page.getByLabel('Words for the record').first().fill('Agreed by all.')
  await page.getByRole('button', { name: 'Settle an item' }).click()
  await page
    .getByText(/^decided/)
    .first()
    .waitFor()
  await takeBack(opened, belmara, id, second.id)
  await look(`/consultations/${id}`, 'consultation')
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('form', { name: 'Your contribution' }).isVisible()).toBe(false)
  await page.screenshot({ path: `${screenshots}consultation-print.png`, fullPage: true })
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: 'I have read this' }).click()
  await page.getByText('Nothing new.').waitFor()
  await go('/consultations')
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}consultations.png`, fullPage: true })
  await putBeside({
    consultation: ['08-consultation-full', 'consultation-en-light-1440'],
    'consultation-390': ['08-consultation-390-full', 'consultation-en-dark-390'],
  })
  // Nothing that was typed or read stays on the device of whoever signs out.
  await go(`/consultations/${id}`)
  await keptOn(page)
  await page.evaluate(() => localStorage.setItem('tocsin-outbox-x', '[]'))
  await page.locator('details.own summary').click()
  const signOut = page.getByRole('button', { name: 'Sign out' })
  // What can be read on the device is gone before the node hears of it.
  await page.context().setOffline(true)
  await signOut.click()
  await page.getByText('The node did not answer.').waitFor()
  expect(await page.evaluate(() => localStorage.getItem('tocsin-room'))).toBe(null)
  await page.context().setOffline(false)
  await signOut.click()
  await page.waitForURL(/world/)
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  expect(await page.evaluate(() => document.cookie)).toBe('')
}, 240_000)
