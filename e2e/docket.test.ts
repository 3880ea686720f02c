import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as calendar from '@tocsin/api/calendar.ts'
import * as docket from '@tocsin/api/docket.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode, Day, Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import type { TriggerDateId } from '@tocsin/domain/trigger-date.ts'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  HOUR,
  hold,
  keeping,
  sign,
  until,
} from '../packages/server/test/test-docket.ts'
import { openCast, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { type ClockedNode, startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const MINUTE = 60_000

let node: ClockedNode
let focal: TestPerson

async function open(title: string, place: string | null, isExercise = false): Promise<MatterId> {
  const id = newId<MatterId>()
  await focal.call(docket.openMatter, {
    body: {
      id,
      title,
      summary: 'As reported by residents.',
      country: null,
      place,
      marking: 'TLP:AMBER+STRICT',
      audience: [],
      excluded: [],
      isExercise,
    },
  })
  return id
}

const assess = (matter: MatterId, level: 1 | 2 | 3 | 4) =>
  focal.call(docket.assessMatter, {
    params: { matter },
    body: { level, confidence: 'moderate', reasons: 'Residents agree.' },
  })

const later = (ms: number) => new Date(node.now() + ms).toISOString() as Instant

async function pass(ms: number): Promise<void> {
  node.advance(ms)
  await comeBack(focal)
}

/** A docket with a row in each part, as the weeks before would have left it. */
beforeAll(async () => {
  await mkdir(screenshots, { recursive: true })
  const { channel } = keeping()
  node = await startClockedNode({ 'e-mail': channel })
  const as = openCast(node.url, node.setUpLink)
  focal = await as('focal-point')
  const police = await addAuthority({ as }, 'Police')
  const ministry = await addAuthority({ as }, 'Labour Ministry')
  const cabinet = await addAuthority({ as }, 'Cabinet')
  const region = await addAuthority({ as }, 'River Union')
  await hold({ as }, police, 'Police deputy', 'alternate')
  const offices = {
    'minister-office': cabinet.post,
    'regional-desk': region.post,
    'un-desk': null,
    bypass: null,
  }
  await stepUp(focal)
  await focal.call(docket.setClockSettings, { body: { ...defaultClockSettings, offices } })
  const harvest = await open('Seasonal workers at harvest', 'Upper Ard')
  await assess(harvest, 1)
  const lists = await open('Lists of employees by origin', 'Dalesh coast')
  await assess(lists, 2)
  const warned = { ...draftFor([ministry], 2), expiresAt: later(60 * 24 * HOUR) }
  await sign(focal, await draft(focal, lists, warned))
  await pass(24 * HOUR)
  const radio = await open('Radio broadcasts against the Sarrin', 'Belmara')
  await assess(radio, 3)
  await pass(7 * 24 * HOUR + 20 * HOUR)
  const houses = await open('Houses marked', 'Lower Corve valley')
  await assess(houses, 3)
  await sign(
    focal,
    await draft(focal, houses, { ...draftFor([police]), expiresAt: later(240 * HOUR) }),
  )
  const sell = await open('Removals from Port Sell', 'Estuary Isles')
  await assess(sell, 4)
  await draft(focal, sell, { ...draftFor([police], 4), expiresAt: later(240 * HOUR) })
  await open('Drill: gathering at the bridge', 'Port Sell', true)
  await pass(22 * HOUR + 40 * MINUTE)
  await focal.call(calendar.setTriggerDate, {
    params: { date: newId<TriggerDateId>() },
    body: {
      kind: 'election',
      title: 'Provincial vote in Ardenia',
      fromDay: later(40 * 24 * HOUR).slice(0, 10) as Day,
      untilDay: later(41 * 24 * HOUR).slice(0, 10) as Day,
      country: 'TCD' as CountryCode,
      place: 'Teshun',
      matter: houses,
      leadDays: 60,
      note: 'Polling stations near the market.',
    },
  })
}, 120_000)
afterAll(() => node.stop())

async function signedIn(options: Parameters<typeof openBrowser>[0] = {}): Promise<BrowserContext> {
  const context = await openBrowser({ viewport: desktop, ...options })
  const { url } = node
  await context.addCookies([...focal.cookies].map(([name, value]) => ({ name, value, url })))
  return context
}

async function see(page: Page, path: string, name: string): Promise<void> {
  await visit(page, `${node.url}${path}`)
  expect(await violationsOf(page), name).toEqual([])
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page, 390)
  expect(await violationsOf(page), `${name} at 390 px`).toEqual([])
  await page.screenshot({ path: `${screenshots}${name}-390.png`, fullPage: true })
  await page.setViewportSize(desktop)
}

describe('the docket', () => {
  test.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
    ['fr', 'light'],
  ] as const)(
    'in %s and %s looks as designed and passes axe, desktop and phone',
    async (locale, scheme) => {
      const context = await signedIn({ colorScheme: scheme })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('pageerror', ({ message }) => faults.push(message))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      await page.goto(`${node.url}/docket?lang=${locale}`)
      expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
      await see(page, '/docket', `docket-${locale}-${scheme}`)
      await see(page, '/docket/calendar', `calendar-${locale}-${scheme}`)
      await see(page, '/docket?exercise=true', `docket-exercise-${locale}-${scheme}`)
      expect(faults).toEqual([])
    },
  )

  test('is where those begin who work on matters, and counts what runs out in the bar', async () => {
    const page = await (await signedIn()).newPage()
    await page.goto(`${node.url}/`)
    expect(new URL(page.url()).pathname).toBe('/docket')
    const bar = page.getByRole('navigation', { name: 'Sections' })
    const names = await bar.getByRole('link').allTextContents()
    expect(names.map((name) => name.replace(/\d.*/, ''))).toEqual([
      'Docket',
      'World',
      'Matters',
      'Reports',
      'Consultations',
      'Network',
      'Track record',
      'Data',
      'How to read',
    ])
    const runs = await page.locator('.gr.o span').textContent()
    const today = await page.locator('.part:nth-of-type(3) .gr span').textContent()
    const counted = await bar.locator('.cnt').textContent()
    expect(Number(counted)).toBe(Number(runs) + Number(today))
  })

  test('is worked by keyboard: j and k move, the full stop acts, g d comes back', async () => {
    const page = await (await signedIn()).newPage()
    await visit(page, `${node.url}/help`)
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: /^Docket, / }).waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.keyboard.press('j')
    expect(await focused()).toContain('Lists of employees by origin')
    await page.keyboard.press('j')
    expect(await focused()).toContain('Radio broadcasts against the Sarrin')
    await page.keyboard.press('k')
    expect(await focused()).toContain('Lists of employees')
    const action = page.locator('li.dr').first().locator('.ac a')
    expect(await action.textContent()).toContain('Chase')
    const href = (await action.getAttribute('href')) ?? ''
    await page.keyboard.press('.')
    await page.waitForURL(`**${href}`)
    await page.goBack()
    await page.getByRole('heading', { name: /^Docket, / }).waitFor()
    // The first row, whether the browser kept the focus there or not.
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${href}`)
  })

  test('never mixes an exercise with what is real', async () => {
    const page = await (await signedIn()).newPage()
    await page.goto(`${node.url}/docket`)
    await page.getByText('Houses marked').first().waitFor()
    expect(await page.getByText('Drill: gathering').count()).toBe(0)
    await page.goto(`${node.url}/docket?exercise=true`)
    await page.getByText('Drill: gathering').first().waitFor()
    await page.getByText('EXERCISE', { exact: true }).waitFor()
    expect(await page.getByText('Houses marked').count()).toBe(0)
  })

  test('says its row in words where the drawing is left out, also without script', async () => {
    const context = await signedIn({ javaScriptEnabled: false, viewport: phone })
    const page = await context.newPage()
    await page.goto(`${node.url}/docket`)
    const row = page.locator('li.dr').filter({ hasText: 'Houses marked' })
    expect(await row.locator('svg.ax').isVisible()).toBe(false)
    const words = await row.locator('.w').textContent()
    expect(words).toContain('Police to acknowledge')
    expect(words).toMatch(/1 h \d+ min left/)
    expect(words).toMatch(/The minister’s office is told at \d\d:\d\d/)
  })
})

test('a docket whose clocks nobody looks after says so on top, with the last time', async () => {
  const page = await (await signedIn()).newPage()
  // The clock was just put forward: the node's next round says that all is well again.
  await until(async () => {
    await page.goto(`${node.url}/docket`)
    return (await page.locator('.alarm').count()) === 0
  })
  // What the node's rounds write is held up, as a database that hangs would hold it.
  await node.app.db.as(system, async (tx) => {
    await tx.selectFrom('heartbeat').select('id').forUpdate().execute()
    node.advance(10 * MINUTE)
    await visit(page, `${node.url}/docket`)
    const alarm = await page.getByRole('alert').textContent()
    expect(alarm).toMatch(/^The clocks were last looked after at .* UTC\. Nobody is being told\./)
    await page.screenshot({ path: `${screenshots}docket-alarm.png`, fullPage: true })
  })
})

describe('the calendar', () => {
  test('takes a date away for good after ten seconds, and gives it back before', async () => {
    const page = await (await signedIn()).newPage()
    await visit(page, `${node.url}/docket/calendar`)
    await page.getByText('Add a date', { exact: true }).first().click()
    const form = page.locator('details', { hasText: 'Add a date' }).last().locator('form')
    await form.getByLabel('Kind').selectOption('verdict')
    await form.getByLabel('What happens').fill('Verdict in the Marrow case')
    await form.getByLabel('First day').fill(later(90 * 24 * HOUR).slice(0, 10))
    await form.getByRole('button', { name: 'Add a date' }).click()
    const line = page.locator('.days > li').filter({ hasText: 'Verdict in the Marrow case' })
    await line.waitFor()
    await line.getByRole('button', { name: /^Remove/ }).click()
    await line.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await line.waitFor()
  })

  test('shows the password of a feed once, after a fresh proof of identity', async () => {
    await stepUp(focal)
    const page = await (await signedIn()).newPage()
    await visit(page, `${node.url}/docket/calendar`)
    await page.getByRole('button', { name: 'Make a feed password' }).click()
    const password = (await page.locator('.once code').textContent()) ?? ''
    expect(password).toMatch(/^[\w-]{43}$/)
    await page.getByText('Not read yet.').waitFor()
    const user = (await page.locator('.feed dd code').last().textContent()) ?? ''
    const basic = Buffer.from(`${user}:${password}`).toString('base64')
    const feed = await fetch(`${node.url}/api/calendar.ics`, {
      headers: { authorization: `Basic ${basic}` },
    })
    expect(await feed.text()).toContain('BEGIN:VCALENDAR')
    await visit(page)
    expect(await page.content()).not.toContain(password)
  })
})
