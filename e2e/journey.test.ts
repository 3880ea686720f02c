import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { unzipSync, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { openEMail } from '../packages/server/src/channels/e-mail.ts'
import { startMailServer } from '../packages/server/test/mail-server.ts'
import { tocsin } from '../packages/server/test/node-process.ts'
import { comeBack, entriesOf, HOUR, until } from '../packages/server/test/test-docket.ts'
import { invite, openCast, type TestPerson } from '../packages/server/test/test-people.ts'
import { putBeside } from './beside.ts'
import { visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import {
  act,
  addOffice,
  answerFromMail,
  firstMailTo,
  type Journey,
  openDesk,
  openLook,
  pass,
  pick,
  prove,
} from './journey-steps.ts'
import { wordsOf } from './journey-words.ts'
import { signAndSend, writeWarning } from './warning-steps.ts'

async function begin(locale: 'en' | 'ar'): Promise<Journey> {
  await mkdir(fileURLToPath(new URL('../screenshots/', import.meta.url)), { recursive: true })
  const mail = await startMailServer()
  const channel = openEMail({ url: mail.url, from: 'tocsin@node.example' })
  onTestFinished(() => channel.close())
  const node = await startClockedNode({ 'e-mail': channel })
  onTestFinished(node.stop)
  return {
    locale,
    t: translator(locale, catalogues[locale]),
    words: wordsOf[locale],
    node,
    as: openCast(node.url, node.setUpLink),
    mail,
    look: openLook(locale),
  }
}

/** Says in the clock settings whom the second rung tells. */
async function setMinister(journey: Journey, page: Page, focal: TestPerson): Promise<void> {
  const { t, words, node, look } = journey
  await visit(page, `${node.url}/docket/clocks`)
  const { title, authority: organisation } = words.cabinet
  await page
    .getByLabel(t('rung.minister-office'), { exact: true })
    .selectOption({ label: t('clocks.office-named', { title, organisation }) })
  await prove(journey, page, focal)
  await page.getByRole('button', { name: t('clocks.save') }).click()
  await page.getByText(t('clocks.saved')).waitFor()
  await look(page, 'clocks')
}

/** From what somebody says to a matter that is assessed; answers the pictures of the form. */
async function reportAndAssess(journey: Journey, page: Page) {
  const { t, words, node, look } = journey
  const exact = (label: string) => page.getByLabel(label, { exact: true })
  await visit(page, `${node.url}/reports/new`)
  await exact(t('report.what')).fill(words.report)
  await exact(t('report.place-place')).fill(words.place)
  await exact(t('report.place-precision')).selectOption('half-degree')
  await exact(t('report.groups')).fill(words.groups)
  await pick(page, `B · ${t('report.grade-B')}`)
  await pick(page, `2 · ${t('report.grade-2')}`)
  await pick(page, t('report.risk-unsure'))
  const form = await look(page, 'report')
  await page.getByRole('button', { name: t('report.send') }).click()
  await page.locator('.filed').waitFor()

  await visit(page, `${node.url}/reports`)
  await look(page, 'reports')
  await page
    .getByRole('link', { name: t('reports.open-matter') })
    .first()
    .click()
  await exact(t('open-matter.title')).fill(words.title)
  await look(page, 'open-matter')
  await page.getByRole('button', { name: t('matters.open'), exact: true }).click()
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}$/)
  const matter = page.url().split('/').at(-1) as MatterId

  await act(journey, page, 'assess', async () => {
    await exact(t('assess.level')).selectOption('3')
    await exact(t('assess.reasons')).fill(words.reasons)
    await look(page, 'assess')
  })
  await page.getByText(words.reasons).last().waitFor()
  return { matter, form }
}

/** Writes the warning with an option from the catalogue, and signs it for two authorities. */
async function warn(journey: Journey, page: Page, focal: TestPerson): Promise<string> {
  const { t, words, look, mail } = journey
  const offices = [words.police, words.interior].map(
    ({ title, authority }) => `${title}, ${authority}`,
  )
  await page.getByRole('link', { name: t('matter-act.warn'), exact: true }).click()
  await page.getByRole('button', { name: t('warning.start') }).click()
  await page.waitForURL('**/warnings/*-*')
  await page.getByRole('heading', { name: t('warning.addressees') }).waitFor()
  await writeWarning(page, offices, words.letter, t)
  await page.getByText(t('warning.no-fault')).waitFor()
  const composer = await look(page, 'composer')
  expect(mail.received).toEqual([])
  await prove(journey, page, focal)
  await signAndSend(page, 2, t)
  await page.getByRole('heading', { name: t('warning.notified') }).waitFor()
  await until(() => mail.received.length === 2)
  await look(page, 'sent')
  return composer
}

/** What is learnt and decided at the end; two persons close, each on a screen of their own. */
async function reviewAndClose(journey: Journey, page: Page, focal: TestPerson, second: TestPerson) {
  const { t, words, node, look } = journey
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
  await page.getByRole('link', { name: t('matter-act.action'), exact: true }).click()
  await page.getByRole('link', { name: t('plan.new'), exact: true }).click()
  await fill(t('plan.action'), words.action)
  await fill(t('plan.lead'), words.police.authority)
  await fill(t('plan.expected-effect'), words.expected)
  await fill(t('plan.how-we-will-know'), words.review)
  await page.getByLabel(t('plan.how-far'), { exact: true }).selectOption('done')
  await fill(t('plan.basis-text'), words.police.authority)
  await fill(t('plan.what-was-done'), words.action)
  await look(page, 'action')
  await page.getByRole('button', { name: t('plan.put-on-plan'), exact: true }).click()
  await page.getByRole('link', { name: words.action }).waitFor()
  await visit(page, page.url().split('/plan')[0] ?? '')
  await page.getByText(words.action).last().waitFor()
  await prove(journey, page, focal)
  const keep = () => fill(t('assess.reasons'), words.review)
  await act(journey, page, 'review', keep, t('review.sign-keep'))
  await page.getByText(words.review).last().waitFor()
  await act(journey, page, 'after-action', async () => {
    await pick(page, t('after-action.averted'))
    for (const part of ['expected', 'happened', 'delayed', 'change'] as const) {
      await fill(t(`after-action.${part}`), words[part])
    }
    await look(page, 'after-action')
  })
  await page.getByText(words.happened).last().waitFor()
  const close = async () => {
    await pick(page, t('review.close'))
    await fill(t('assess.reasons'), words.closing)
    await look(page, 'close')
  }
  await act(journey, page, 'review', close, t('review.sign-close'))
  await page.getByText(t('approvals.waits')).waitFor()

  await comeBack(second)
  const other = await openDesk(journey, second)
  await visit(other, `${node.url}/approvals`)
  await other.getByText(words.closing).waitFor()
  await look(other, 'approve')
  await prove(journey, other, second)
  await other.getByRole('button', { name: new RegExp(`^${t('approvals.approve')}`) }).click()
  await other.getByText(t('approvals.state-done')).waitFor()
}

/** Fetches the sealed file as the reader does, and checks it as a stranger would. */
async function verifyOffline({ node, locale, t }: Journey, page: Page, matter: MatterId) {
  const path = `/api/matters/${matter}/due-diligence?format=zip&locale=${locale}`
  const answer = await page.context().request.get(`${node.url}${path}`)
  expect(answer.headers()['content-type']).toBe('application/zip')
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-journey-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const verify = async (name: string, bytes: Uint8Array) => {
    await writeFile(join(folder, name), bytes)
    return tocsin(['verify', join(folder, name)], { environment: { LANG: locale } })
  }
  const bytes = await answer.body()
  const whole = await verify('whole.zip', bytes)
  expect(whole.err).toBe('')
  expect(whole.out.split('\n')[0]).toBe(t('verify.whole'))
  expect(whole.code).toBe(0)

  const files = unzipSync(bytes)
  const record = Buffer.from(files['due-diligence.json'] ?? '')
  const at = record.indexOf('"title":"') + '"title":"'.length
  record[at] = (record[at] ?? 0) ^ 1
  const changed = await verify('changed.zip', zipSync({ ...files, 'due-diligence.json': record }))
  expect(changed.code).toBe(1)
  expect(changed.out).toContain(t('verify.fault-seal-other-content'))
}

test.each(['en', 'ar'] as const)(
  'from a report to a closed matter and a file that anybody can verify (%s)',
  async (locale) => {
    const journey = await begin(locale)
    const { words, node, as, look, mail } = journey
    const focal = await as('focal-point')
    const administrator = await as('administrator')
    const second = await invite(node.url, administrator, {
      name: 'second focal point',
      organisation: focal.organisation,
      roles: ['focal-point'],
    })
    await addOffice(journey, 'police', words.police)
    await addOffice(journey, 'interior', words.interior, words.deputy)
    await addOffice(journey, 'cabinet', words.cabinet)
    const page = await openDesk(journey, focal)
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await setMinister(journey, page, focal)

    const { matter, form } = await reportAndAssess(journey, page)
    const kinds = async () => (await entriesOf(focal, matter)).map(({ kind }) => kind)
    expect(await kinds()).toEqual(['matter.opened', 'report.attached', 'matter.assessed'])
    const composer = await warn(journey, page, focal)
    expect((await kinds()).at(-1)).toBe('warning.sent')
    const letter = await answerFromMail(journey, 'police', {
      reaction: 'verify',
      outcome: 'decided',
      text: words.decision,
    })
    expect((await kinds()).at(-1)).toBe('notification.answered')

    // The other lets its clock run out: first the deputy is told, then the minister's office.
    const told = async () =>
      (await entriesOf(focal, matter))
        .filter(({ kind }) => kind === 'clock.escalated')
        .map(({ facts }) => facts['tell'])
    const sentAt = (await entriesOf(focal, matter)).find(({ kind }) => kind === 'warning.sent')?.at
    const waitFor = (hours: number) =>
      pass(journey, Date.parse(sentAt ?? '') + hours * HOUR - node.now(), page, focal)
    await waitFor(6)
    await firstMailTo(journey, 'interior.deputy@authority.example')
    expect(await told()).toEqual(['deputy'])
    await visit(page, `${node.url}/docket`)
    await page.getByText(words.title).first().waitFor()
    const docket = await look(page, 'docket')
    await waitFor(24)
    await firstMailTo(journey, 'cabinet@authority.example')
    expect(await told()).toEqual(['deputy', 'minister-office'])
    await visit(page, `${node.url}/matters/${matter}`)
    const overdue = await look(page, 'matter-overdue')

    await answerFromMail(journey, 'interior', {
      reaction: 'disagree',
      outcome: 'forwarded',
      text: words.refusal,
    })
    expect(mail.received).toHaveLength(4)
    await visit(page, `${node.url}/matters/${matter}`)
    await reviewAndClose(journey, page, focal, second)
    await visit(page, `${node.url}/matters/${matter}`)
    await page.getByText(words.closing).last().waitFor()
    await look(page, 'matter-closed')
    expect(faults).toEqual([])

    expect(await kinds()).toEqual([
      'matter.opened',
      'report.attached',
      'matter.assessed',
      'warning.sent',
      'notification.opened',
      'notification.acknowledged',
      'notification.answered',
      'clock.escalated',
      'clock.escalated',
      'notification.opened',
      'notification.acknowledged',
      'notification.answered',
      'action.planned',
      'action.moved',
      'matter.acted',
      'action.moved',
      'matter.reviewed',
      'warning.after-action',
      'matter.closed',
    ])
    await verifyOffline(journey, page, matter)
    await putBeside({
      [`01-docket-${locale}`]: [locale === 'ar' ? '12a-docket-ar-full' : '01-docket-full', docket],
      [`04-matter-${locale}`]: ['04-situation-full', overdue],
      [`05-report-${locale}`]: ['05-report-intake-full', form],
      [`06-composer-${locale}`]: ['06-warning-full', composer],
      [`07-acknowledge-${locale}`]: ['07-acknowledge-390-full', letter],
    })
  },
  400_000,
)
