import { mkdir } from 'node:fs/promises'
import { listConsultations } from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as sharing from '@tocsin/api/sharing.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { expect, test } from 'vitest'
import { real, say, saying } from '../packages/server/test/test-consultations.ts'
import { comeBack, draft, draftFor, HOUR, sign } from '../packages/server/test/test-docket.ts'
import { eventually } from '../packages/server/test/test-exchange.ts'
import { assessment, opening } from '../packages/server/test/test-matters.ts'
import { stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import {
  firstOf,
  proposalsOf,
  settleUntil,
  stateOf,
  witnessEachOther,
} from '../packages/server/test/test-proposals.ts'
import {
  addOwnAuthority,
  approveAll,
  formFor,
  listedBy,
  type Sharer,
  secondOf,
  startSharers,
} from '../packages/server/test/test-sharing.ts'
import { putBeside } from './beside.ts'
import { openBrowser, visit } from './browser.ts'
import { openLook } from './journey-steps.ts'
import { screenshots } from './network-steps.ts'
import { regionalWords } from './regional-desk-words.ts'
import { cookiesOf } from './warning-steps.ts'

type Region = readonly [ardenia: Sharer, desk: Sharer, belmara: Sharer]

/** Two States and the desk of their region, with real links, each the other's witness. */
async function startRegion(locale: 'en' | 'fr') {
  const nodes = (await startSharers(3)) as unknown as Region
  const [ardenia, desk, belmara] = nodes
  await witnessEachOther(nodes)
  const words = regionalWords[locale]
  const names = [
    [ardenia, words.ardenia, 'ARD'],
    [desk, words.desk, null],
    [belmara, words.belmara, 'BLM'],
  ] as const
  for (const { app } of nodes) {
    await app.db.as(system, async (tx) => {
      for (const [{ own }, name, country] of names) {
        const kind = country ? ('focal-point' as const) : ('regional-organisation' as const)
        await tx
          .updateTable('organisation')
          .set({ name, kind, country: country as CountryCode | null })
          .where('id', '=', own)
          .execute()
      }
    })
  }
  return { nodes, ardenia, desk, belmara, words }
}

/** A State warns its own police about another State, and lets the desk pass on what it warned of. */
async function warn({ ardenia, desk, belmara, words, locale }: Regional): Promise<void> {
  const police = await addOwnAuthority(ardenia, words.police)
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ ...words.matter, country: 'CRV' as CountryCode }),
  })
  await ardenia.focal.call(docket.assessMatter, { params: { matter }, body: assessment })
  const text = { ...draftFor([police]), ...words.warning, locale }
  await sign(ardenia.focal, await draft(ardenia.focal, matter, text))
  const body = formFor([desk.own, belmara.own], { reshare: 'with-release', delegates: [desk.own] })
  await ardenia.focal.call(sharing.shareMatter, { params: { matter }, body })
}

type Regional = Awaited<ReturnType<typeof startRegion>> & { readonly locale: 'en' | 'fr' }

/** The screen of somebody on a node. */
async function openScreen({ locale }: Regional, node: Sharer, who: TestPerson) {
  await stepUp(who)
  const context = await openBrowser({ viewport: { width: 1440, height: 900 } })
  const keep = () => context.addCookies(cookiesOf(who, node.url))
  await keep()
  await context.addCookies([{ name: 'lang', value: locale, url: node.url }])
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const go = async (path: string) => {
    await visit(page, node.url + path)
    await page.waitForFunction(() => !document.querySelector('fieldset:disabled, button:disabled'))
  }
  return { page, go, keep }
}

test.each(['fr', 'en'] as const)(
  'a regional desk, from a shared warning to a signed decision and a note to the Council (%s)',
  async (locale) => {
    await mkdir(screenshots, { recursive: true })
    const region: Regional = { ...(await startRegion(locale)), locale }
    const { nodes, ardenia, desk, belmara, words } = region
    const t = translator(locale, catalogues[locale])
    const look = openLook(locale, 'regional-desk')
    const second = await secondOf(desk)
    await warn(region)
    await eventually(nodes, async () => (await listedBy(desk.focal)).total >= 2)

    const { page, go, keep } = await openScreen(region, desk, desk.focal)
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    const exact = (label: string) => page.getByLabel(label, { exact: true })
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
    await go('/network/shared')
    await page.getByRole('link', { name: words.warning.subject }).first().click()
    await exact(t('shared.name')).fill(words.officer)
    await exact(t('shared.office')).fill(words.office)
    await press(t('shared.acknowledge'))
    await page.getByRole('button', { name: t('shared.acknowledge') }).waitFor({ state: 'detached' })
    await press(t('shared.take-up'))
    await page.getByRole('link', { name: t('shared.taken-up') }).click()
    await page.waitForURL('**/matters/*-*')
    const matter = page.url().split('/').at(-1) ?? ''
    await page.getByRole('link', { name: t('matter-act.assess'), exact: true }).click()
    await exact(t('assess.level')).selectOption('3')
    await exact(t('assess.reasons')).fill(words.reasons)
    await press(t('matter-act.assess'))
    await page.getByText(words.reasons).last().waitFor()

    await page.getByRole('link', { name: t('room.convene'), exact: true }).click()
    await exact(t('room.title')).fill(words.room)
    await exact(t('room.request')).fill(words.request)
    for (const name of [words.ardenia, words.belmara]) {
      await page.getByLabel(new RegExp(name)).selectOption('participant')
    }
    await exact(t('room.agenda-field')).fill(words.agenda.join('\n'))
    await press(t('room.show'))
    await page.getByRole('heading', { name: t('room.would') }).waitFor()
    await look(page, 'convene')
    await press(t('room.send-two'))
    await page.getByText(t('room.asked')).waitFor()
    expect(await approveAll(second)).toBe(1)
    await go(`/matters/${matter}`)
    await page.getByRole('link', { name: words.room }).click()
    await page.waitForURL('**/consultations/*-*')
    const consultation = ConsultationId.parse(page.url().split('/').at(-1))

    // The exchange, and a text that is put in both languages of the region.
    await eventually(nodes, async () => (await seatedIn(belmara)).length === 1)
    await say(belmara.focal, consultation, saying(words.support, { item: 2, locale }))
    const other = locale === 'fr' ? 'en' : 'fr'
    await go(`/consultations/${consultation}`)
    await page.locator('summary', { hasText: t('proposal.put') }).click()
    await exact(t('proposal.put-second')).selectOption(other)
    await exact(t('vote.item')).selectOption('2')
    for (const language of [locale, other] as const) {
      const { proposal, clauses } = regionalWords[language]
      const named = { language: regionalWords[language].language }
      await exact(t('proposal.put-title', named)).fill(proposal)
      await page.getByLabel(t('proposal.put-clauses', named)).fill(clauses.join('\n\n'))
    }
    await press(t('proposal.put'))
    const title = t('proposal.title', { number: 1, reading: 1 })
    await page.getByRole('heading', { name: title }).waitFor()

    // A member agrees on its own screen, in the other language.
    await eventually(nodes, async () => (await proposalsOf(belmara.focal, consultation)).length > 0)
    const there = await openScreen({ ...region, locale: other }, belmara, belmara.focal)
    await there.go(`/consultations/${consultation}`)
    const said = translator(other, catalogues[other])
    const confirm = new RegExp(said('proposal.confirm', { name: '.*' }))
    await there.page.getByRole('button', { name: confirm }).click()
    await there.page.getByText(said('proposal.pending-agree')).first().waitFor()
    await settleUntil(nodes, nodes, async () => {
      const states = [ardenia, belmara].map((member) => stateOf(desk, consultation, member))
      const [first, agreed] = await Promise.all(states)
      return Boolean(first?.receivedAt) && agreed?.state === 'agrees'
    })
    await go(`/consultations/${consultation}`)
    await page.getByText(words.support).first().waitFor()
    await page.getByText(t('vote.item-silence')).waitFor()
    const running = await look(page, 'silence')

    // The time is over: two officers sign, and a stranger counts the file again.
    for (const node of nodes) node.advance(80 * HOUR)
    await comeBack(desk.focal)
    await stepUp(desk.focal)
    await keep()
    await settleUntil(
      nodes,
      nodes,
      async () => (await firstOf(desk.focal, consultation)).outcome === 'adopted',
    )
    await go(`/consultations/${consultation}`)
    await exact(t('decision.basis-field')).fill(words.basis)
    await exact(t('decision.to-field')).fill(words.addressee)
    await press(t('decision.record'))
    await page.getByText(t('decision.asked')).waitFor()
    await comeBack(second)
    expect(await approveAll(second)).toBe(1)
    await settleUntil(nodes, nodes, async () =>
      Boolean((await firstOf(desk.focal, consultation)).decision?.provenAt),
    )
    await go(`/consultations/${consultation}`)
    const file = await page.getByRole('link', { name: t('decision.save') }).getAttribute('href')
    const decided = await look(page, 'decision')
    const saved = await page.request.get(desk.url + file)
    const { faults: wrong, silence } = await checkDecision(await saved.body())
    expect([wrong, silence?.outcome]).toEqual([[], 'adopted'])

    // What was decided is put on the plan; being a regional activity it drafts a note to the Council.
    await page.getByRole('link', { name: t('decision.to-plan') }).click()
    await page.getByRole('link', { name: t('plan.new'), exact: true }).click()
    await exact(t('warning.seek-option')).fill('S06')
    await page.getByRole('radio', { name: t('action.S06') }).check()
    await exact(t('plan.action')).fill(words.action)
    await exact(t('plan.lead')).fill(words.desk)
    await exact(t('plan.expected-effect')).fill(words.expected)
    await exact(t('plan.how-we-will-know')).fill(words.known)
    await look(page, 'action')
    await press(t('plan.put-on-plan'))
    await page.getByRole('link', { name: words.action }).first().waitFor()
    await page.getByRole('link', { name: t('plan.note-open'), exact: true }).click()
    const text = exact(t('plan.note-paragraphs'))
    await text.waitFor()
    expect(await text.inputValue()).toContain(words.action)
    await page.getByLabel(t('plan.note-i-read')).check()
    await press(t('plan.note-save'))
    await exact(t('plan.note-signed-by')).fill(words.signer)
    await exact(t('plan.note-sent-on')).fill(desk.app.clock().slice(0, 10))
    await exact(t('plan.note-how')).fill(words.sent)
    await look(page, 'note')
    await press(t('plan.note-mark-sent'))
    await page.locator('.chip.ok', { hasText: t('plan.note-sent') }).waitFor()
    expect(faults).toEqual([])
    await putBeside({
      [`08-regional-desk-${locale}`]: ['08-consultation-full', running],
      [`08-regional-desk-390-${locale}`]: ['08-consultation-390-full', `${decided}-390`],
    })
  },
  120_000,
)

const seatedIn = async ({ focal }: Sharer) =>
  (await focal.call(listConsultations, { query: real })).rooms
