import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as agendas from '@tocsin/api/agendas.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { comeBack, HOUR, until } from '../packages/server/test/test-docket.ts'
import { assessment, opening } from '../packages/server/test/test-matters.ts'
import { openCast } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, expectNoViolations, violationsOf } from './page-checks.ts'
import { button } from './people-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const fill = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).fill(text)

/** An officer of an organisation with an office, and a matter that has stood at level 4 for a while. */
async function prepare() {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  const as = openCast(node.url, node.setUpLink)
  const administrator = await as('administrator')
  const focal = await as('focal-point')
  const post = newId<PostId>()
  await administrator.call(people.addPost, {
    body: { id: post, organisation: focal.organisation, title: 'Secretariat of the Council' },
  })
  const matters = ['Houses marked, Lower Corve valley', 'Removals along the Marrow']
  for (const title of matters) {
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({ title, place: 'Lower Corve' }),
    })
    const body = { ...assessment, level: 4 } as const
    await focal.call(docket.assessMatter, { params: { matter }, body })
  }
  return { node, focal }
}

test('an organ is set up, obliged by its rules, asked for reasons, and answers; its rules are read and changed', async () => {
  await mkdir(screenshots, { recursive: true })
  const { node, focal } = await prepare()
  const context = await openBrowser({ viewport: desktop, locale: 'en-GB' })
  const signIn = () =>
    context.addCookies([...focal.cookies].map(([name, value]) => ({ name, value, url: node.url })))
  await signIn()
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  const shoot = async (name: string) => {
    await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
  }

  await visit(page, `${node.url}/consultations`)
  await link(page, 'Agendas of the organs').click()
  await page.getByText('No organ keeps an agenda here yet.').waitFor()
  await link(page, 'Set up an organ').click()
  await fill(page, 'Name of the organ', 'Council of the Five Rivers')
  await page.getByLabel('Regional body it belongs to').selectOption('CFR')
  expect(await violationsOf(page)).toEqual([])
  await shoot('agenda-set-up-en')
  await button(page, 'Set up an organ').click()
  await link(page, 'Council of the Five Rivers').waitFor()

  node.advance(2 * 24 * HOUR)
  await comeBack(focal)
  await signIn()
  const { organs } = await focal.call(agendas.listOrgans, {})
  const organ = organs[0]?.id
  if (!organ) throw new Error('no organ')
  const standing = async () =>
    (
      await focal.call(agendas.readAgenda, {
        params: { organ },
        query: { show: 'standing', exercise: false },
      })
    ).items
  await until(async () => (await standing()).length === 2)
  node.advance(2 * 24 * HOUR + 60_000)
  await comeBack(focal)
  await signIn()
  await until(async () => (await standing()).every(({ reasonsAskedAt }) => reasonsAskedAt !== null))

  await visit(page, `${node.url}/agendas`)
  await link(page, 'Council of the Five Rivers').click()
  await page.getByText('No decision in time: reasons requested').first().waitFor()
  await expectNoViolations(page, 'agenda', (scheme) => shoot(`agenda-en-${scheme}`))

  await link(page, 'Record the organ’s answer').first().click()
  await page.getByText('Defers to a date').click()
  await fill(page, 'Why it is put off', 'The envoy reports first.')
  await fill(page, 'Why there was no decision in time', 'The Council had no quorum.')
  const day = new Date(node.now() + 3 * 24 * HOUR).toISOString().slice(0, 10) as Day
  await fill(page, 'Deferred to', day)
  expect(await violationsOf(page)).toEqual([])
  await shoot('agenda-answer-en')
  await button(page, 'Sign and record').click()
  await page.locator('.chip.hold').waitFor()

  const [item] = await standing()
  await visit(page, `${node.url}/matters/${item?.matter}`)
  await page.getByRole('heading', { name: 'On agendas' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await shoot('agenda-matter-en')

  await visit(page, `${node.url}/agendas/${organ}/rules`)
  await expectNoViolations(page, 'rules', (scheme) => shoot(`agenda-rules-en-${scheme}`))
  await link(page, 'Change the rule').first().click()
  await fill(page, 'After so many hours', '96')
  await fill(page, 'Reasons for the change', 'A week was too long.')
  expect(await violationsOf(page)).toEqual([])
  await shoot('agenda-rule-form-en')
  await button(page, 'Propose the rule').click()
  // Nobody else has ever been an officer here, so that it is done by one and said so.
  await page.getByRole('heading', { name: /for 4 days and nobody has decided/ }).waitFor()
  await page.getByText('A week was too long.').waitFor()

  await page.setViewportSize({ width: 390, height: 844 })
  for (const [name, path] of [
    ['agenda-ar-390', `/agendas/${organ}?lang=ar`],
    ['agenda-rules-ar-390', `/agendas/${organ}/rules`],
    ['agendas-ar-390', '/agendas'],
    ['agenda-en-390', `/agendas/${organ}?lang=en`],
  ] as const) {
    await visit(page, `${node.url}${path}`)
    expect(await violationsOf(page)).toEqual([])
    await expectNoSidewaysScroll(page, 390)
    await shoot(name)
  }
  expect(faults).toEqual([])
}, 120_000)
