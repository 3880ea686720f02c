import { fileURLToPath } from 'node:url'
import * as people from '@tocsin/api/people.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { HoldingId, PostId } from '@tocsin/domain/people.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { simpleParser } from 'mailparser'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { codeFor, readToken } from '../packages/server/src/warnings/links.ts'
import type { startMailServer } from '../packages/server/test/mail-server.ts'
import { comeBack, DAY, until } from '../packages/server/test/test-docket.ts'
import { type As, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser } from './browser.ts'
import type { ClockedNode } from './clocked-node.ts'
import type { Words } from './journey-words.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'
import { cookiesOf, openAs } from './warning-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const telephone = { width: 390, height: 844 }

type Mail = Awaited<ReturnType<typeof startMailServer>>

/** What every step of one journey is taken with. */
export type Journey = {
  readonly locale: Locale
  readonly t: Translate
  readonly words: Words
  readonly node: ClockedNode
  readonly as: As
  readonly mail: Mail
  readonly look: ReturnType<typeof openLook>
}

/** Looks at each new screen: nothing that axe finds wrong, fitting a telephone, and a picture. */
export function openLook(locale: Locale, journey = 'journey') {
  let step = 0
  return async (page: Page, name: string): Promise<string> => {
    step += 1
    const picture = `${journey}-${locale}-${String(step).padStart(2, '0')}-${name}`
    expect(await violationsOf(page), name).toEqual([])
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.screenshot({ path: `${screenshots}${picture}.png`, fullPage: true })
    const size = page.viewportSize()
    if (size && size.width > telephone.width) {
      await page.setViewportSize(telephone)
      await expectNoSidewaysScroll(page, telephone.width)
      await page.screenshot({ path: `${screenshots}${picture}-390.png`, fullPage: true })
      await page.setViewportSize(size)
    } else {
      await expectNoSidewaysScroll(page, telephone.width)
    }
    return picture
  }
}

type Named = { readonly authority: string; readonly title: string; readonly holder: string }

/** An authority with one office and whoever holds it, and a deputy where one is named. */
export async function addOffice(
  { as, locale }: Journey,
  name: string,
  { authority, title, holder }: Named,
  deputy?: string,
): Promise<PostId> {
  const { call } = await as('administrator')
  const organisation = newId<OrganisationId>()
  const kind = 'competent-authority'
  const body = { id: organisation, name: authority, kind, country: null } as const
  await call(people.addOrganisation, { body })
  const post = newId<PostId>()
  await call(people.addPost, { body: { id: post, organisation, title } })
  const main = { called: holder, address: `${name}@authority.example`, capacity: 'main' } as const
  const alternate = {
    called: deputy ?? '',
    address: `${name}.deputy@authority.example`,
    capacity: 'alternate',
  } as const
  for (const { called, address, capacity } of deputy ? [main, alternate] : [main]) {
    const person = newId<PersonId>()
    const contacts = [{ channel: 'e-mail' as const, address }]
    await call(people.addCorrespondent, {
      body: { id: person, organisation, name: called, locale, contacts },
    })
    const holding = { id: newId<HoldingId>(), post, person, fromDay: DAY, untilDay: null }
    await call(people.appoint, { body: { ...holding, capacity } })
  }
  return post
}

/** A browser in which the person has signed in and reads in the journey's language. */
export async function openDesk({ node, locale }: Journey, person: TestPerson): Promise<Page> {
  const page = await openAs(person, node.url, { viewport: desktop })
  await page.context().addCookies([{ name: 'lang', value: locale, url: node.url }])
  page.setDefaultTimeout(20_000)
  return page
}

/** Shows the passkey on the person's device, so that the browser's session may sign. */
export async function prove({ node }: Journey, page: Page, person: TestPerson): Promise<void> {
  await stepUp(person)
  await page.context().addCookies(cookiesOf(person, node.url))
}

/** Time goes by: whoever comes back signs in again. */
export async function pass({ node }: Journey, ms: number, page: Page, person: TestPerson) {
  node.advance(ms)
  await comeBack(person)
  await page.context().addCookies(cookiesOf(person, node.url))
}

/** The mails that reached the address, as their reader sees them. */
async function mailsTo({ mail }: Journey, address: string) {
  const raw = mail.received.filter(({ to }) => to.includes(address)).map((one) => one.raw)
  return Promise.all(raw.map((one) => simpleParser(one)))
}

/** Waits for the first mail to the address, which says nothing of what the warning is about. */
export async function firstMailTo(journey: Journey, address: string): Promise<string> {
  const { words, mail } = journey
  await until(() => mail.received.some(({ to }) => to.includes(address)))
  const [first] = await mailsTo(journey, address)
  const text = `${first?.subject}\n${first?.text}\n${first?.html}`
  for (const kept of [words.title, words.groups, words.place, words.letter.population]) {
    expect(text).not.toContain(kept)
  }
  return text
}

type Answered = {
  readonly reaction: 'verify' | 'disagree'
  readonly outcome: 'decided' | 'forwarded'
  readonly text: string
}

/** Follows the link of a mail on a telephone without script: code, receipt, then the answer. */
export async function answerFromMail(
  journey: Journey,
  name: string,
  { reaction, outcome, text }: Answered,
): Promise<string> {
  const { locale, t, words, node, look } = journey
  const letter = await firstMailTo(journey, `${name}@authority.example`)
  const path = /\/a\/[0-9a-f]{64}/.exec(letter)?.[0] ?? ''
  const told = await readToken(node.app, path.slice(3))
  const context = await openBrowser({ viewport: telephone })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${node.url}${path}?lang=${locale}`)
  expect(await page.locator('script').count()).toBe(0)
  expect(await page.content()).not.toContain(words.letter.subject)
  await look(page, `${name}-sealed`)
  const exact = (label: string) => page.getByLabel(label, { exact: true })
  await exact(t('letter.code')).fill(told ? await codeFor(node.app, told) : '')
  // Faster than a person, however slow the machine is.
  node.hold()
  await page.getByRole('button', { name: t('letter.read') }).click()
  await page.getByText(words.letter.subject).waitFor()
  await page.getByText(t('action.S02')).waitFor()

  const sign = async () => {
    await exact(t('letter.name')).fill(words.signer)
    await exact(t('letter.function')).fill(words.office)
  }
  const reacts = new RegExp(`^${t(`letter.reaction-${reaction}`)}`)
  await page.getByRole('radio', { name: reacts }).check()
  await exact(t('letter.note')).fill(words.note)
  await sign()
  const picture = await look(page, `${name}-letter`)
  // Asked to press once more, with everything still there.
  const acknowledge = page.getByRole('button', { name: t('letter.acknowledge') })
  await acknowledge.click()
  await page.getByText(t('problem.letter.once-more')).waitFor()
  node.letGo()
  expect(await exact(t('letter.note')).inputValue()).toBe(words.note)
  node.advance(60_000)
  await acknowledge.click()
  await exact(t('letter.text')).waitFor()
  node.advance(60_000)
  await page.getByRole('radio', { name: t(`letter.outcome-${outcome}`) }).check()
  if (outcome === 'forwarded') {
    await page.getByLabel(t('letter.forward-to')).fill(words.police.authority)
  }
  await exact(t('letter.text')).fill(text)
  await sign()
  await look(page, `${name}-answer`)
  await page.getByRole('button', { name: t('letter.send-answer') }).click()
  await page.getByRole('status').waitFor()
  await look(page, `${name}-answered`)
  await context.close()
  return picture
}

/** Chooses among large targets by the words on one. */
export const pick = (page: Page, words: string) =>
  page.locator('.opt label').filter({ hasText: words }).first().click()

/** Opens an act on the page of a matter, writes it and does it; the record then shows the words. */
export async function act(
  { t }: Journey,
  page: Page,
  name: 'assess' | 'review' | 'after-action',
  write: () => Promise<unknown>,
  submit = t(`matter-act.${name}`),
): Promise<void> {
  await page.getByRole('link', { name: t(`matter-act.${name}`), exact: true }).click()
  await write()
  await page.getByRole('button', { name: submit, exact: true }).click()
}
