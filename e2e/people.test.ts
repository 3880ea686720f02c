import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Locale } from '@tocsin/domain/locale.ts'
import type { Cookie, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, visit } from './browser.ts'
import { type ClockedNode, startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, expectNoViolations, isPictured } from './page-checks.ts'
import { button, invite, join, open, password, setUp, signOut } from './people-steps.ts'
import { codeOf, openPerson, reachable } from './person.ts'

const MINUTE_MS = 60_000
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))

let node: ClockedNode
/** What the first test leaves to the second: who is signed in, and a link that is not used. */
let signedIn: Cookie[] = []
let spare = ''
let organisation = ''
beforeAll(async () => {
  node = await startClockedNode()
  await mkdir(screenshots, { recursive: true })
}, 60_000)
afterAll(() => node.stop())

test('a node is set up, a second person invited and made administrator, an act approved, all on record', async () => {
  const ada = await openPerson()
  const faults: string[] = []
  const asked: string[] = []
  ada.on('pageerror', ({ message }) => faults.push(message))
  ada.on('request', (request) => asked.push(request.url()))
  await ada.goto(reachable(node.setUpLink, node.url))
  await ada.getByLabel('Your name').waitFor()
  expect(ada.url()).toBe(`${node.url}/set-up`)
  await checkSetUp(ada)
  await setUp(ada, node)
  const token = new URL(node.setUpLink).hash.slice(1)
  expect(asked.filter((url) => new URL(url).hash === '' && url.includes(token))).toEqual([])
  expect(faults).toEqual([])

  // Out, and in again with the passkey, to where they were.
  await ada.goto(`${node.url}/scores`)
  await signOut(ada, 'Ada First')
  await ada.goto(`${node.url}/account`)
  await ada.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await button(ada, 'Sign in with a passkey').click()
  await ada.waitForURL('**/account')

  // A post, and whoever holds it from today on.
  await ada.goto(`${node.url}/people`)
  await ada.getByRole('link', { name: 'Office of the Focal Point' }).click()
  await ada.getByLabel('Title of the new post').fill('Desk officer')
  await button(ada, 'Add a post').click()
  await ada.getByText('Nobody holds this post today.').waitFor()
  await open(ada, 'Appoint a person')
  await button(ada, 'Appoint a person').click()
  await ada.locator('.holding').getByText('Ada First').waitFor()

  // An invitation, once the proof of identity has grown old: the passkey is asked for again.
  node.advance(10 * MINUTE_MS)
  const ben = await openPerson()
  const key = await join(ben, node, await invite(ada, node))
  await signOut(ben, 'Ben Second')

  // Password and code: a wrong code is said, the right one lets in.
  node.advance(MINUTE_MS)
  await ben.goto(`${node.url}/sign-in?to=%2Fpeople`)
  await open(ben, 'Use password and code instead')
  await ben.getByLabel('Sign-in name').fill('ben.second')
  await ben.getByLabel('Password').fill(password)
  await ben.getByLabel('Code', { exact: true }).fill('000000')
  await button(ben, 'Sign in with password and code').click()
  await ben.getByText('These details do not match an account').waitFor()
  await ben.getByLabel('Code', { exact: true }).fill(codeOf(key, node.now()))
  await button(ben, 'Sign in with password and code').click()
  await ben.waitForURL('**/people')

  // The first administrator makes the second one alone: there is nobody else who could approve.
  await ada.reload()
  const item = ada
    .getByRole('listitem')
    .filter({ has: ada.getByRole('heading', { name: 'Ben Second' }) })
  await item.getByText('Grant a role', { exact: true }).first().click()
  await item.getByLabel('Role', { exact: true }).selectOption('administrator')
  await item.getByRole('button', { name: 'Grant a role' }).click()
  await item.getByText('Done by you alone').waitFor()

  // Closing takes one person; opening again takes two.
  await ada.goto(`${node.url}/settings`)
  await button(ada, 'Close now Data').click()
  await button(ada, 'Propose to open Data').click()
  await ada.getByText('Not done yet').waitFor()
  await ada.goto(`${node.url}/approvals`)
  await ada.getByRole('heading', { name: 'Let anybody read without an account: Data' }).waitFor()
  expect(await button(ada, /Approve/).count()).toBe(0)
  await ben.goto(`${node.url}/approvals`)
  await button(ben, 'Approve and do it Let anybody read without an account: Data').click()
  await ben.getByText('Approved and done').waitFor()

  // All of it stands in the log, whose chain holds.
  await ada.goto(`${node.url}/audit`)
  const row = ada.getByRole('row').filter({ hasText: 'Approved an act' })
  expect(await row.getByRole('link').textContent()).toBe('Ben Second')
  await ada.getByRole('link', { name: 'Check the whole chain now' }).click()
  await ada.getByText('The chain holds').waitFor()
  await ada.getByLabel('What').selectOption('approval')
  await button(ada, 'Show').click()
  await ada.waitForURL('**/audit?act=approval')
  await ada.getByRole('cell', { name: 'Signed in' }).first().waitFor({ state: 'detached' })

  // For the pages in every language: something that waits, a link that is not used.
  await ada.goto(`${node.url}/settings`)
  await button(ada, 'Close now Track record').click()
  await button(ada, 'Propose to open Track record').click()
  await ada.getByText('Not done yet').waitFor()
  spare = await invite(ada, node)
  organisation = new URL(ada.url()).pathname
  signedIn = await ada.context().cookies()
})

async function shoot(page: Page, locale: Locale, name: string): Promise<void> {
  if (!isPictured(locale)) return
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
}

/** The form as each language draws it; the tab keeps the link while the language changes. */
async function checkSetUp(page: Page): Promise<void> {
  for (const locale of Locale.options) {
    await page.goto(`${node.url}/set-up?lang=${locale}`)
    await page.locator('input[name=organisationName]').waitFor()
    await expectNoViolations(page, `set-up ${locale}`, (scheme) =>
      shoot(page, locale, `set-up-${locale}-${scheme}`),
    )
    await page.setViewportSize(phone)
    await expectNoSidewaysScroll(page, 390)
    await page.setViewportSize(desktop)
  }
  await page.goto(`${node.url}/set-up?lang=en`)
}

describe.each(Locale.options)('the pages of people in %s', (locale) => {
  test('pass axe by day and by night, desktop and phone', async () => {
    const context = await openBrowser({ colorScheme: 'light', viewport: desktop })
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(`${page.url()} ${message}`))
    const check = async (name: string) => {
      expect(await page.getAttribute('html', 'lang')).toBe(locale)
      // What is folded away is looked at too.
      await page.evaluate(() => {
        for (const part of document.querySelectorAll('main details')) part.setAttribute('open', '')
      })
      await expectNoViolations(page, `${name} ${locale}`, async (scheme) => {
        await shoot(page, locale, `${name}-${locale}-${scheme}`)
        await page.setViewportSize(phone)
        await shoot(page, locale, `${name}-${locale}-${scheme}-390`)
        await expectNoSidewaysScroll(page, 390)
        await page.setViewportSize(desktop)
      })
    }
    await visit(page, `${node.url}/sign-in?lang=${locale}`)
    await check('sign-in')
    await page.goto(spare)
    await page.locator('input[name=name]').fill('Cleo Third')
    await page.locator('input[name=signInName]').fill('cleo')
    await check('join')
    await page.locator('form button[type=submit]').click()
    await page.locator('.qr').waitFor({ state: 'attached' })
    await check('join-proof')
    await context.addCookies(signedIn.filter(({ name }) => name !== 'lang'))
    for (const [name, path] of Object.entries(ownPages())) {
      const answer = await visit(page, `${node.url}${path}`)
      expect(answer?.status(), name).toBe(200)
      await check(name)
    }
    expect(faults).toEqual([])
  })
})

const ownPages = (): Readonly<Record<string, string>> => ({
  account: '/account',
  people: '/people',
  organisation,
  approvals: '/approvals',
  audit: '/audit?check=1',
  settings: '/settings',
})
