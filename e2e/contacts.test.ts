import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { addCorrespondent, appoint, endPerson } from '@tocsin/api/people.ts'
import { Day, Instant, type PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { HoldingId } from '@tocsin/domain/people.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  keeping,
  openMatter,
  sign,
  until,
} from '../packages/server/test/test-docket.ts'
import { type As, openCast, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { type ClockedNode, startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'
import { button, open } from './people-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

let node: ClockedNode
const { messages, channel } = keeping()
let as: As
beforeAll(async () => {
  node = await startClockedNode({ 'e-mail': channel })
  as = openCast(node.url, node.setUpLink)
  await mkdir(screenshots, { recursive: true })
}, 60_000)
afterAll(() => node.stop())

/** A browser in which this person is signed in, with a fresh proof of who they are. */
async function openAs(who: TestPerson): Promise<Page> {
  await stepUp(who)
  const context = await openBrowser({ locale: 'en-GB', viewport: desktop })
  const cookies = [...who.cookies].map(([name, value]) => ({ name, value, url: node.url }))
  await context.addCookies(cookies)
  return context.newPage()
}

/** Every look of the page: wide and narrow, from right to left, dark; each without a violation. */
async function look(page: Page, path: string, name: string): Promise<void> {
  const looks = [
    { size: desktop, query: 'lang=en&theme=light', as: 'en-1440' },
    { size: phone, query: 'lang=en&theme=light', as: 'en-390' },
    { size: phone, query: 'lang=ar&theme=light', as: 'ar-390' },
    { size: desktop, query: 'lang=en&theme=dark', as: 'en-dark' },
  ]
  for (const { size, query, as: look } of looks) {
    await page.setViewportSize(size)
    await visit(page, `${node.url}${path}?${query}`)
    for (const part of await page.locator('main details.sure').all()) {
      await part.evaluate((details: HTMLDetailsElement) => {
        details.open = true
      })
    }
    await expectNoSidewaysScroll(page, size.width)
    expect(await violationsOf(page), `${name} ${look}`).toEqual([])
    await page.screenshot({ path: `${screenshots}${name}-${look}.png`, fullPage: true })
  }
  await page.setViewportSize(desktop)
  await visit(page, `${node.url}${path}?lang=en&theme=auto`)
}

describe('where people are reached', () => {
  test('a person keeps their own ways, is told what cannot be, and confirms a test', async () => {
    const reader = await as('reader')
    const page = await openAs(reader)
    await visit(page, `${node.url}/account`)
    const part = page.locator('#contacts')
    await part.getByText('Change the ways').click()
    await part.getByLabel('E-mail', { exact: true }).fill('reader@desk.example')
    await part.getByLabel('Text message', { exact: true }).fill('022 555 01 02')
    await part.getByRole('button', { name: 'Keep' }).click()
    await part.getByText('Please correct this. With the country').waitFor()
    expect(
      await part.getByLabel('Text message', { exact: true }).getAttribute('aria-invalid'),
    ).toBe('true')
    await part.getByLabel('Text message', { exact: true }).fill('+41 22 555 01 02')
    await part.getByLabel('Place: Text message').selectOption('1')
    await part.getByLabel('Place: E-mail').selectOption('2')
    await part.getByRole('button', { name: 'Keep' }).click()
    await part.locator('.address', { hasText: '+41225550102' }).waitFor()
    const addresses = await part.locator('.address').allTextContents()
    expect(addresses).toEqual(['+41225550102', 'reader@desk.example'])
    await part.getByText('This node does not send by this way yet.').waitFor()

    await part.getByRole('button', { name: 'Send a test notice' }).click()
    await part.getByText('Handed over.').waitFor()
    const path = /\/c\/[0-9a-f]{64}/.exec(messages.at(-1)?.text ?? '')?.[0] ?? ''
    const context = await openBrowser({ viewport: phone })
    const letter = await context.newPage()
    await visit(letter, `${node.url}${path}?lang=ar`)
    expect(await letter.locator('script').count()).toBe(0)
    expect(await violationsOf(letter)).toEqual([])
    await letter.screenshot({ path: `${screenshots}confirm-ar-390.png`, fullPage: true })
    await letter.goto(`${node.url}${path}?lang=en`)
    await letter.getByText('You were sent a test by this way: E-mail.').waitFor()
    expect(await part.getByText('Verified', { exact: true }).count()).toBe(0)
    await letter.getByRole('button', { name: 'It arrived' }).click()
    await letter.getByText('Confirmed on').waitFor()
    await letter.goto(`${node.url}/c/${'0'.repeat(64)}`)
    await letter.getByText('This link confirms nothing.').waitFor()
    await visit(page)
    await part.getByText('Verified', { exact: true }).waitFor()
    await look(page, '/account', 'account')
  })

  test('whoever keeps the list adds a correspondent, and nobody else sees the addresses', async () => {
    const focal = await as('focal-point')
    const page = await openAs(focal)
    const path = `/people/${focal.organisation}`
    await visit(page, `${node.url}${path}`)
    await open(page, 'Add a correspondent')
    const form = page.locator('form', { has: page.getByLabel('Language of the notices') })
    await form.getByLabel('Name', { exact: true }).fill('C. Prefect')
    await form.getByLabel('Language of the notices').selectOption('fr')
    await form.getByLabel('E-mail', { exact: true }).fill('prefect@valley.example')
    await form.getByLabel('Telephone call', { exact: true }).fill('+41 22 555 01 09')
    await form.getByRole('button', { name: 'Add a correspondent' }).click()
    await page.getByRole('heading', { name: 'C. Prefect' }).waitFor()
    await page.locator('.address', { hasText: 'prefect@valley.example' }).waitFor()
    await page.getByText('Checked by calling').first().waitFor()
    await look(page, path, 'organisation')
    const reader = await openAs(await as('analyst'))
    await visit(reader, `${node.url}${path}`)
    await reader.getByRole('heading', { name: 'C. Prefect' }).waitFor()
    expect(await reader.content()).not.toContain('valley.example')
  })

  test('an administrator stops a way, caps it and tries it', async () => {
    const page = await openAs(await as('administrator'))
    await visit(page, `${node.url}/settings`)
    const item = page.locator('#ways li', { hasText: 'E-mail' }).first()
    await item.getByRole('button', { name: 'Send a test to me' }).click()
    await item.getByText('No address is known for this way.').waitFor()
    await item.getByLabel('At most a minute').fill('30')
    await button(page, 'Keep the limit').first().click()
    await until(async () => (await item.getByLabel('At most a minute').inputValue()) === '30')
    await item.locator('summary').click()
    await item.getByRole('button', { name: 'Stop this way' }).click()
    await item.getByText('Stopped', { exact: true }).waitFor()
    await item.getByRole('button', { name: 'Let it go on' }).click()
    await item.locator('summary').waitFor()
    expect(await item.getByLabel('At most a minute').inputValue()).toBe('30')
    await look(page, '/settings', 'settings-ways')
  })
})

test('somebody is called from the call sheet, and the record has who called', async () => {
  const [focal, administrator] = [await as('focal-point'), await as('administrator')]
  const police = await addAuthority({ as }, 'Police')
  await stepUp(administrator)
  await administrator.call(endPerson, { params: { person: police.person } })
  const { organisation, post } = police
  const person = newId<PersonId>()
  const contacts = [{ channel: 'call-sheet' as const, address: '+41 22 555 01 02' }]
  const body = { id: person, organisation, name: 'A. Porter', locale: 'fr' as const, contacts }
  await administrator.call(addCorrespondent, { body })
  const spell = { fromDay: Day.parse('2026-01-01'), untilDay: null }
  const id = newId<HoldingId>()
  await administrator.call(appoint, { body: { id, post, person, capacity: 'acting', ...spell } })
  const matter = await openMatter(focal)
  const expiresAt = Instant.parse(new Date(node.now() + 10 * 86_400_000).toISOString())
  const written = await draft(focal, matter, { ...draftFor([police]), expiresAt })
  await sign(focal, written)
  const page = await openAs(focal)
  const path = `/warnings/${written.warning}/calls`
  await visit(page, `${node.url}${path}`)
  await page.getByRole('link', { name: '+41225550102' }).waitFor()
  await open(page, 'Nobody was reached')
  await page.getByLabel('Why nobody was reached').fill('The line is dead.')
  await page.locator('details[open]').getByRole('button', { name: 'Record the call' }).click()
  await page.getByText('The line is dead.').waitFor()
  await look(page, path, 'calls')
  await open(page, 'Somebody was reached')
  await page.getByLabel('Whom you spoke with').fill('B. Deputy')
  await page.getByLabel('What was said').fill('They read it at once.')
  await page.locator('details[open]').getByRole('button', { name: 'Record the call' }).click()
  await page.getByText('Reached', { exact: true }).waitFor()
  expect(await page.getByRole('link', { name: '+41225550102' }).count()).toBe(0)
  expect((await entriesOf(focal, matter)).at(-1)).toMatchObject({
    kind: 'notification.called',
    by: { person: focal.person },
  })
})

test('a device shows that there is a notice, and nothing else', async () => {
  const page = await openAs(await as('reader'))
  const context = page.context()
  await context.grantPermissions(['notifications'], { origin: node.url })
  await visit(page, `${node.url}/account`)
  const devtools = await context.newCDPSession(page)
  await devtools.send('ServiceWorker.enable')
  // Not before it is at work: what comes earlier, a browser may drop.
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const active = versions.find(({ status }) => status === 'activated')
      if (active) resolve(active.registrationId)
    })
  })
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js?build=x')
    await navigator.serviceWorker.ready
  })
  const registrationId = await registered
  const token = `/a/${'0'.repeat(64)}`
  const data = JSON.stringify({
    title: 'Un avis vous attend.',
    locale: 'fr',
    path: token,
    tag: 'x',
  })
  const deliver = () =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      origin: `${node.url}/`,
      registrationId,
      data,
    })
  await deliver()
  // Asked of the worker itself: what it showed is its own. A browser under load may drop a message, and
  // the push service would bring it again.
  const shown = async (): Promise<unknown> => {
    const [worker] = context.serviceWorkers()
    const all = await worker?.evaluate(async () => {
      const { registration } = globalThis as unknown as {
        readonly registration: ServiceWorkerRegistration
      }
      const found = await registration.getNotifications()
      return found.map(({ title, body, lang }) => ({ title, body, lang }))
    })
    if (!all || all.length === 0) await deliver()
    return all
  }
  await expect
    .poll(shown, { timeout: 20_000, interval: 500 })
    .toEqual([{ title: 'Un avis vous attend.', body: '', lang: 'fr' }])
  // It keeps nothing of the node but the page without content.
  const kept = await page.evaluate(async () => {
    const cache = await caches.open('tocsin-x')
    const requests = await cache.keys()
    return [await caches.keys(), requests.map(({ url }) => new URL(url).pathname)]
  })
  expect(kept).toEqual([['tocsin-x'], ['/offline']])
})
