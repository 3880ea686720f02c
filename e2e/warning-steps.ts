import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import * as reports from '@tocsin/api/reports.ts'
import { Day, type OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { type Authority, hold } from '../packages/server/test/test-docket.ts'
import type { As, TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser } from './browser.ts'

/** A browser in which this person has signed in already. */
export async function openAs(
  { cookies }: TestPerson,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await openBrowser({ locale: 'en-GB', ...options })
  await context.addCookies(cookiesOf({ cookies }, url))
  return context.newPage()
}

export const cookiesOf = ({ cookies }: Pick<TestPerson, 'cookies'>, url: string) =>
  [...cookies].map(([name, value]) => ({ name, value, url }))

/** An office of an organisation that belongs to no State's government. */
export async function addRegionalDesk(cast: { readonly as: As }): Promise<Authority> {
  const { call } = await cast.as('administrator')
  const organisation = newId<OrganisationId>()
  const name = 'Five Rivers Confederation'
  const kind = 'regional-organisation'
  await call(people.addOrganisation, { body: { id: organisation, name, kind, country: null } })
  const post = newId<PostId>()
  await call(people.addPost, { body: { id: post, organisation, title: 'Regional desk' } })
  const person = await hold(cast, { post, organisation }, 'Ida Brook', 'main')
  return { post, organisation, person }
}

/** A matter with one report on it. */
export async function openReportedMatter(
  { call }: TestPerson,
  given: { readonly excluded?: OrganisationId[]; readonly isExercise?: boolean } = {},
): Promise<MatterId> {
  const { excluded = [], isExercise = false } = given
  const matter = newId<MatterId>()
  const marking = 'TLP:AMBER+STRICT' as const
  await call(docket.openMatter, {
    body: {
      id: matter,
      title: 'Removals from Port Sell',
      summary: 'Households of one community were told to leave.',
      country: null,
      place: 'Port Sell',
      marking,
      audience: [],
      excluded,
      isExercise,
    },
  })
  const today = Day.parse(new Date().toISOString().slice(0, 10))
  await call(reports.fileReport, {
    body: {
      id: newId<ReportId>(),
      matter,
      kind: 'incident',
      what: 'Notices to leave within ten days, posted on doors.',
      fromDay: today,
      untilDay: today,
      country: null,
      place: 'Port Sell',
      precision: 'half-degree',
      groups: 'Tolme residents',
      harm: {},
      sourceGrade: 'B',
      informationGrade: '2',
      marking,
      someoneAtRisk: true,
      isExercise,
    },
  })
  return matter
}

/** Begins a draft from the matter's page and waits until it has an address of its own. */
export async function startDraft(page: Page, url: string, matter: MatterId, level: number) {
  await page.goto(`${url}/matters/${matter}/warnings/new`)
  await page.getByLabel('Level', { exact: true }).selectOption(String(level))
  await page.getByRole('button', { name: 'Start the draft' }).click()
  await page.waitForURL('**/warnings/*-*')
  await page.getByRole('heading', { name: 'Addressees and reply' }).waitFor()
}

const english = translator('en', catalogues.en)

/** What a warning says, in the words of whoever writes it. */
export const removals = {
  subject: 'Removals from Port Sell',
  paragraphs: [
    'Between 140 and 260 households were told to leave within ten days.',
    'In our judgement it is likely (55 to 80 %) that removals may begin soon.',
  ],
  population: 'Tolme residents',
  best: ['Notices are withdrawn.', 'A court stays the order'],
  likely: ['Removals without violence.', 'Trucks arrive'],
  worst: ['Removals with violence.', 'Crowds join'],
  effect: 'No household is forced out',
  known: 'Visits to the quarter every day',
  dissenter: 'R. Dune',
  dissent: 'The notices may follow a flood-safety order.',
  basis: 'Police Act, section 14',
}

const percents = { best: '30', likely: '50', worst: '20' } as const

/** Writes everything a warning of level 3 needs, as a person would, and waits until it is saved. */
export async function writeWarning(
  page: Page,
  offices: readonly string[],
  says = removals,
  t = english,
): Promise<void> {
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
  await fill(t('warning.subject'), says.subject)
  for (const [at, paragraph] of says.paragraphs.entries()) {
    if (at > 0) await page.getByRole('button', { name: t('warning.add-paragraph') }).click()
    await fill(t('warning.paragraph', { n: at + 1 }), paragraph)
  }
  await fill(t('warning.population', { n: 1 }), says.population)
  for (const kind of ['best', 'likely', 'worst'] as const) {
    const scenario = t(`warning.scenario-${kind}`)
    const [what = '', trigger = ''] = says[kind]
    await fill(t('warning.what-may-happen', { scenario }), what)
    await fill(t('warning.trigger', { scenario }), trigger)
    await fill(t('warning.probability', { scenario }), percents[kind])
  }
  await page.getByRole('checkbox', { name: t('action.S02') }).check()
  await fill(t('warning.expected-effect'), says.effect)
  await fill(t('warning.how-we-will-know'), says.known)
  const report = t('warning.report', { number: String.raw`\d{4}/\d+`, grade: 'B2' })
  await page.getByRole('checkbox', { name: new RegExp(`^${report}`) }).check()
  await page.getByRole('button', { name: t('warning.add-dissent') }).click()
  await fill(t('warning.dissent-by'), says.dissenter)
  await fill(t('warning.dissent-text'), says.dissent)
  for (const office of offices) {
    await page.getByLabel(t('warning.add-office')).selectOption({ label: office })
  }
  const bases = page.getByLabel(t('warning.legal-basis'))
  for (let at = 0; at < offices.length; at += 1) await bases.nth(at).fill(says.basis)
  await saved(page, t)
}

/** Until the node holds what the page says, and has said what it thinks of it. */
export async function saved(page: Page, t = english): Promise<void> {
  await page.waitForTimeout(100)
  await page
    .locator('.meta [role="status"]')
    .getByText(new RegExp(`^${t('warning.saved', { at: '' })}`))
    .waitFor()
}

/** Types the last part of the symbol and sends. */
export async function signAndSend(page: Page, n: number, t = english): Promise<void> {
  const ending = page.locator('input[name="ending"]')
  await ending.fill((await ending.getAttribute('pattern')) ?? '')
  await page.getByRole('button', { name: t('warning.sign-and-send', { n }) }).click()
}
