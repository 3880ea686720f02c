import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as api from '@tocsin/api/action-plans.ts'
import * as docket from '@tocsin/api/docket.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { put } from '../packages/server/test/test-attachments.ts'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  HOUR,
  keeping,
  sign,
} from '../packages/server/test/test-docket.ts'
import { assessment, opening, plan } from '../packages/server/test/test-matters.ts'
import { openCast } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, expectNoViolations, violationsOf } from './page-checks.ts'
import { button } from './people-steps.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const basis = { kind: 'decision', text: 'Decision of the director', notification: null } as const

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const fill = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).fill(text)

/** A matter with an action in each state, one of them late, a warning with an option, and a file. */
async function preparePlan() {
  const { channel } = keeping()
  const node = await startClockedNode({ 'e-mail': channel })
  onTestFinished(node.stop)
  const as = openCast(node.url, node.setUpLink)
  const focal = await as('focal-point')
  const police = await addAuthority({ as }, 'Police')
  const { id: matter } = await focal.call(docket.openMatter, {
    body: opening({ title: 'Houses marked, Lower Corve valley', place: 'Lower Corve' }),
  })
  await focal.call(docket.assessMatter, { params: { matter }, body: assessment })
  const later = (days: number) =>
    Instant.parse(new Date(node.now() + days * 24 * HOUR).toISOString())
  const dayIn = (days: number) => later(days).slice(0, 10) as Day
  const warned = { ...draftFor([police]), expiresAt: later(20) }
  await sign(focal, await draft(focal, matter, warned))
  await put(focal, matter, 'Posts by night.pdf', new TextEncoder().encode('A list.'))
  const decided = { basis, office: police.post, text: null }
  const posts = { ...decided, status: 'in-execution', due: dayIn(1), card: 'S02' } as const
  await plan(focal, matter, { ...posts, title: 'Police posts in both towns', riskFactors: [7] })
  const supplies = { ...decided, status: 'decided', due: dayIn(45), card: 'D06' } as const
  await plan(focal, matter, { ...supplies, title: 'Supplies for three hundred', lead: 'Relief' })
  const visiting = { status: 'contemplated', text: null, basis: null, card: 'P06' } as const
  await plan(focal, matter, {
    ...visiting,
    title: 'A visit by the chair',
    lead: 'River Union',
    commitments: ['f'],
  })
  await plan(focal, matter, { title: 'A line for rumours', lead: 'Radio council', card: 'I03' })
  const { id: dropped } = await plan(focal, matter, { ...visiting, card: null, title: 'A curfew' })
  const stop = { to: 'stopped', text: 'It would have kept people from leaving.' } as const
  await focal.call(api.moveAction, { params: { action: dropped }, body: stop })
  node.advance(3 * 24 * HOUR)
  await comeBack(focal)
  return { node, focal, matter, dayIn }
}

test('a plan is read, moved on, reported and reviewed; force waits for the Council, and a person signs', async () => {
  await mkdir(screenshots, { recursive: true })
  const { node, focal, matter, dayIn } = await preparePlan()
  const context = await openBrowser({ viewport: desktop, locale: 'en-GB' })
  await context.addCookies(
    [...focal.cookies].map(([name, value]) => ({ name, value, url: node.url })),
  )
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  const shoot = async (name: string) => {
    await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
  }

  await visit(page, `${node.url}/matters/${matter}`)
  await page.getByText('Police posts in both towns').first().waitFor()
  await shoot('plan-matter-en')
  await page.getByRole('link', { name: 'Open the plan' }).click()
  await page.getByRole('heading', { name: 'In execution' }).waitFor()
  await expectNoViolations(page, 'plan', (scheme) => shoot(`plan-en-${scheme}`))

  // Force is looked for, never suggested, and not decided without a resolution.
  await link(page, 'Plan an action').click()
  expect(await page.getByText('S10', { exact: true }).count()).toBe(0)
  await fill(page, 'Search all 90 cards', 'S10')
  await page.getByRole('radio').last().check()
  await fill(page, 'Lead', 'River Union')
  await fill(page, 'Expected effect', 'The crossing is safe.')
  await fill(page, 'How we will know', 'Counts at the crossing.')
  await page.getByLabel('Office that answers for it').selectOption({ index: 1 })
  await fill(page, 'Due', dayIn(30))
  await page.getByLabel('How far it is').selectOption('decided')
  await fill(page, 'Who decided, by which text', 'Decision of the organ')
  await button(page, 'Put on the plan').click()
  await page.getByText('needs the authorisation of the Security Council. Cite').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await shoot('plan-form-en')
  await fill(page, 'Symbol of the resolution', 'S/RES/1973 (2011)')
  await fill(page, 'Paragraph', 'paragraph 4')
  await button(page, 'Put on the plan').click()
  await page.getByText('Done.').first().waitFor()
  await link(page, 'Cancel').click()

  // A chosen option becomes an action by one press.
  await page.getByRole('button', { name: /^Make it an action/ }).click()
  await page.getByRole('heading', { name: 'Options from warnings' }).waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Police posts in both towns' }).click()
  await link(page, 'Report progress').click()
  await fill(page, 'What was done', 'Posts stand in both towns by night.')
  await page.getByLabel('Posts by night.pdf').check()
  await fill(page, 'Next step', 'Posts by day.')
  await button(page, 'Report progress').click()
  await page.locator('.plan-said').getByText('Posts stand in both towns').waitFor()
  await link(page, 'Record as done').click()
  await page.getByRole('heading', { name: 'Record as done' }).waitFor()
  await fill(page, 'What was done', 'All posts stand.')
  await button(page, 'Record as done').click()
  await page.getByText('All posts stand.').waitFor()
  await link(page, 'Review the outcome').click()
  await fill(page, 'What was seen', 'No new marks for ten nights.')
  await page.getByText('Partly as expected').click()
  await fill(page, 'What was learned', 'Posts came two days late.')
  await button(page, 'Review the outcome').click()
  await page.getByRole('heading', { name: 'What came of it' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await shoot('plan-action-en')

  await link(page, 'Read and change the text').click()
  const text = page.getByLabel('Paragraphs', { exact: true })
  await text.waitFor()
  expect(await text.inputValue()).toContain('A visit by the chair')
  await page.getByLabel(/^I have read the text/).check()
  await button(page, 'Save the text').click()
  await fill(page, 'Who signed it: name and function', 'The chair')
  await fill(page, 'Day on which it was sent', dayIn(0))
  await fill(page, 'How it was sent', 'By the Permanent Mission')
  expect(await violationsOf(page)).toEqual([])
  await shoot('plan-note-en')
  await button(page, 'Record that it was sent').click()
  await page.locator('.chip.ok', { hasText: 'Sent' }).waitFor()

  await visit(page, `${node.url}/plans?status=all`)
  await expectNoViolations(page, 'plans', (scheme) => shoot(`plans-en-${scheme}`))
  await visit(page, `${node.url}/plans?lang=ar`)
  await visit(page, `${node.url}/matters/${matter}/plan?act=plan`)
  expect(await violationsOf(page)).toEqual([])
  await shoot('plan-ar')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [name, path] of [
    ['plan-ar-390', `/matters/${matter}/plan`],
    ['plans-ar-390', '/plans?status=all'],
    ['plan-en-390', `/matters/${matter}/plan?lang=en`],
  ] as const) {
    await visit(page, `${node.url}${path}`)
    expect(await violationsOf(page)).toEqual([])
    await expectNoSidewaysScroll(page, 390)
    await shoot(name)
  }
  expect(faults).toEqual([])
}, 120_000)
