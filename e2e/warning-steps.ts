import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import * as reports from '@tocsin/api/reports.ts'
import { Day, type OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
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

/** Writes everything a warning of level 3 needs, as a person would, and waits until it is saved. */
export async function writeWarning(page: Page, offices: readonly string[]): Promise<void> {
  await page.getByLabel('Subject').fill('Removals from Port Sell')
  await page
    .getByLabel('Paragraph 1', { exact: true })
    .fill('Between 140 and 260 households were told to leave within ten days.')
  await page.getByRole('button', { name: 'Add a paragraph' }).click()
  await page
    .getByLabel('Paragraph 2', { exact: true })
    .fill('In our judgement it is likely (55 to 80 %) that removals may begin soon.')
  await page.getByLabel('Population 1', { exact: true }).fill('Tolme residents')
  const cases = [
    ['Best case', 'Notices are withdrawn.', 'A court stays the order', '30'],
    ['Likely case', 'Removals without violence.', 'Trucks arrive', '50'],
    ['Worst case', 'Removals with violence.', 'Crowds join', '20'],
  ] as const
  for (const [name, what, trigger, percent] of cases) {
    await page.getByLabel(`What may happen: ${name}`).fill(what)
    await page.getByLabel(`What would set it off: ${name}`).fill(trigger)
    await page.getByLabel(`Probability: ${name}`).fill(percent)
  }
  await page.getByRole('checkbox', { name: 'Police protection of places and persons' }).check()
  await page.getByLabel('Expected effect').fill('No household is forced out')
  await page.getByLabel('How we will know').fill('Visits to the quarter every day')
  await page.getByRole('checkbox', { name: /^R-\d{4}\/\d+, grade B2/ }).check()
  await page.getByRole('button', { name: 'Add a dissent' }).click()
  await page.getByLabel('Who judges otherwise').fill('R. Dune')
  await page.getByLabel('What they judge').fill('The notices may follow a flood-safety order.')
  for (const office of offices) {
    await page.getByLabel('Add an office').selectOption({ label: office })
  }
  const bases = page.getByLabel('Competent by (law or decree)')
  for (let at = 0; at < offices.length; at += 1) await bases.nth(at).fill('Police Act, section 14')
  await saved(page)
}

/** Until the node holds what the page says, and has said what it thinks of it. */
export async function saved(page: Page): Promise<void> {
  await page.waitForTimeout(100)
  await page
    .locator('.meta [role="status"]')
    .getByText(/^Saved /)
    .waitFor()
}

/** Types the last part of the symbol and sends. */
export async function signAndSend(page: Page, n: number): Promise<void> {
  const label = page.getByText(/^Type the last part of W-/)
  const ending = /: (.+)$/.exec((await label.textContent()) ?? '')?.[1] ?? ''
  await page.getByLabel(/^Type the last part of W-/).fill(ending)
  await page.getByRole('button', { name: `Sign and send to ${n}` }).click()
}
