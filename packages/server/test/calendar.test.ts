import * as calendar from '@tocsin/api/calendar.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import type { Marking } from '@tocsin/domain/audience.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { TriggerDateForm, TriggerDateId } from '@tocsin/domain/trigger-date.ts'
import ICAL from 'ical.js'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const vote: TriggerDateForm = {
  kind: 'election',
  title: 'Provincial vote',
  fromDay: '2026-03-10' as Day,
  untilDay: '2026-03-11' as Day,
  country: null,
  place: 'Teshun',
  matter: null,
  leadDays: 30,
  note: null,
}

async function set({ call }: TestPerson, form: Partial<TriggerDateForm> = {}) {
  const date = newId<TriggerDateId>()
  await call(calendar.setTriggerDate, { params: { date }, body: { ...vote, ...form } })
  return date
}

async function open({ call }: TestPerson, marking: Marking, title = 'Houses marked') {
  const id = newId<MatterId>()
  await call(docket.openMatter, {
    body: {
      id,
      title,
      summary: 'S',
      country: null,
      place: 'Lower Corve',
      marking,
      audience: [],
      excluded: [],
      isExercise: false,
    },
  })
  return id
}

async function subscribe(who: TestPerson) {
  await stepUp(who)
  return who.call(calendar.makeCalendarFeed, { body: {} })
}

type Feed = { readonly user: string; readonly password: string }

const fetchFeed = ({ url }: TestNode, { user, password }: Feed) =>
  fetch(`${url}/api/calendar.ics`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  })

/** The file as another library reads it. */
const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))

describe('the calendar of trigger dates', () => {
  test('is the organisation’s own: others see, change and remove nothing of it', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const neighbour = await node.as('focal-point', 'elsewhere')
    const reader = await node.as('reader')
    const date = await set(focal)
    const read = ({ call }: TestPerson) => call(calendar.getCalendar, {})
    expect((await read(reader)).dates).toMatchObject([{ id: date, title: 'Provincial vote' }])
    expect((await read(neighbour)).dates).toEqual([])
    const params = { date }
    const removing = neighbour.call(calendar.removeTriggerDate, { params })
    await expect(removing).rejects.toMatchObject({ code: 'calendar.date-not-found' })
    // The same id does not reach across: it is refused, and the date stays as it was.
    const body = { ...vote, title: 'Planted' }
    const planting = neighbour.call(calendar.setTriggerDate, { params, body })
    await expect(planting).rejects.toMatchObject({ code: 'calendar.date-not-found' })
    await expect(reader.call(calendar.removeTriggerDate, { params })).rejects.toMatchObject({
      code: 'permission.denied',
    })
    expect((await read(focal)).dates).toMatchObject([{ title: 'Provincial vote' }])
  })

  test('refuses what cannot be: a span turned round, a foreign matter, a drill', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const foreign = await open(await node.as('focal-point', 'elsewhere'), 'TLP:GREEN')
    const turned = { fromDay: '2026-03-11' as Day, untilDay: '2026-03-10' as Day }
    await expect(set(focal, turned)).rejects.toMatchObject({ code: 'request.invalid' })
    const elsewhere = set(focal, { matter: foreign })
    await expect(elsewhere).rejects.toMatchObject({ code: 'matter.not-found' })
    expect((await focal.call(calendar.getCalendar, {})).dates).toEqual([])
  })

  test('lists reviews and clocks beside the dates, and keeps a removal on record', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const auditor = await node.as('auditor')
    const matter = await open(focal, 'TLP:GREEN')
    const date = await set(focal, { matter })
    const { dates, clocks, clockCount, untilDay } = await focal.call(calendar.getCalendar, {})
    expect(dates).toMatchObject([{ about: { title: 'Houses marked', year: 2026, number: 1 } }])
    expect(clocks).toMatchObject([{ kind: 'review', matter, dueAt: '2026-04-01T00:00:00.000Z' }])
    expect(clockCount).toBe(1)
    expect(untilDay).toBe('2028-01-01')
    await focal.call(calendar.removeTriggerDate, { params: { date } })
    expect((await focal.call(calendar.getCalendar, {})).dates).toEqual([])
    // Undone: the same date again.
    await focal.call(calendar.setTriggerDate, { params: { date }, body: { ...vote, matter } })
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    const { rows } = await owner.query(
      `select act from audit_entry where subject = $1 and organisation = $2 order by seq`,
      [date, auditor.organisation],
    )
    await owner.end()
    expect(rows.map(({ act }) => act)).toEqual([
      'docket.date-added',
      'docket.date-removed',
      'docket.date-added',
    ])
  })
})

describe('the feed of the calendar', () => {
  test('is a file that another program reads, with lines of its own length and ends', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const hostile =
      'Vote; "BEGIN:VEVENT", \\n X-EVIL:1 انتخابات المقاطعة في تشون وما حولها من القرى البعيدة'
    const date = await set(focal, { title: hostile })
    await open(focal, 'TLP:GREEN')
    const answer = await fetchFeed(node, await subscribe(focal))
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const text = await answer.text()
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75)
    }
    const [event, review] = eventsIn(text)
    expect(eventsIn(text)).toHaveLength(2)
    expect(event?.summary).toBe(`Election: ${hostile}`)
    expect(event?.uid).toBe(`date-${date}@127.0.0.1`)
    expect(event?.startDate.toString()).toBe('2026-03-10')
    // The end of whole days is the day after the last (RFC 5545, 3.6.1).
    expect(event?.endDate.toString()).toBe('2026-03-12')
    expect(event?.location).toBe('Teshun')
    expect(event?.description).toBe('Prepare from 2026-02-08')
    expect(event?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe(
      '2026-01-01T00:00:00Z',
    )
    expect(review?.summary).toBe('Review due: matter 2026/1, Houses marked')
    expect(review?.startDate.toString()).toBe('2026-04-01T00:00:00Z')
  })

  test('says neither title nor place of anything marked TLP:AMBER or above, also as a file', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    for (const marking of ['TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'] as const) {
      const matter = await open(focal, marking, 'Quokka valley')
      await set(focal, { matter, title: 'Quokka vote', place: 'Quokka', note: 'Quokka' })
    }
    const feed = await (await fetchFeed(node, await subscribe(focal))).text()
    const cookie = [...focal.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const saved = await fetch(`${node.url}/api/docket/calendar.ics`, { headers: { cookie } })
    for (const text of [feed, await saved.text()]) {
      expect(text).not.toMatch(/Quokka|Corve/)
      const said = eventsIn(text).map(({ summary }) => summary)
      expect(said).toContain('Review due: matter 2026/1')
      expect(said).toContain('Date to prepare for: matter 2026/3')
      expect(said).toHaveLength(6)
    }
  })

  test('opens with its own password alone, and with nothing once it is made anew or revoked', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const first = await subscribe(focal)
    expect((await fetchFeed(node, first)).status).toBe(200)
    const nothing = { user: first.user, password: '' }
    const bad = [nothing, { ...first, password: `${first.password}x` }, { ...first, user: newId() }]
    for (const given of [...bad, { user: 'x:y', password: '' }]) {
      const refused = await fetchFeed(node, given)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /)
      expect(await refused.json()).toEqual({ code: 'calendar.wrong-password', details: {} })
    }
    for (const authorization of ['', 'Basic', 'Basic !!!', `Bearer ${first.password}`]) {
      const refused = await fetch(`${node.url}/api/calendar.ics`, { headers: { authorization } })
      expect(refused.status).toBe(401)
    }
    const second = await subscribe(focal)
    expect((await fetchFeed(node, first)).status).toBe(401)
    expect((await fetchFeed(node, second)).status).toBe(200)
    expect((await focal.call(calendar.getCalendar, {})).feed?.user).toBe(second.user)
    await focal.call(calendar.revokeCalendarFeed, {})
    expect((await fetchFeed(node, second)).status).toBe(401)
    expect((await focal.call(calendar.getCalendar, {})).feed).toBeNull()
    // What the node keeps opens nothing.
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    const { rows } = await owner.query('select * from calendar_feed')
    const log = await owner.query('select details, subject from audit_entry')
    await owner.end()
    const kept = JSON.stringify([rows, log.rows])
    for (const { password } of [first, second]) expect(kept).not.toContain(password)
  })

  test('is guessed at only so often', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const feed = await subscribe(focal)
    const codes: number[] = []
    for (let tries = 0; tries < 11; tries += 1) {
      codes.push((await fetchFeed(node, { ...feed, password: 'guess' })).status)
    }
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    expect((await fetchFeed(node, feed)).status).toBe(429)
    node.advance(16 * 60_000)
    expect((await fetchFeed(node, feed)).status).toBe(200)
  })

  test('shows what its person may read at that moment, and dies with their roles', async () => {
    const node = await startTestNode()
    const { call } = await node.as('administrator')
    const reader = await node.as('reader')
    const focal = await node.as('focal-point')
    await set(focal)
    const feed = await subscribe(reader)
    expect(await (await fetchFeed(node, feed)).text()).toContain('Provincial vote')
    const { person } = reader
    await call(people.revokeRole, { params: { person, role: 'reader' } })
    expect((await fetchFeed(node, feed)).status).toBe(401)
    await call(people.grantRole, { params: { person, role: 'reader' } })
    expect((await fetchFeed(node, feed)).status).toBe(200)
    await call(people.endPerson, { params: { person } })
    expect((await fetchFeed(node, feed)).status).toBe(401)
  })

  test('cannot write: its name and password open nothing else', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const { user, password } = await subscribe(focal)
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    for (const path of ['/api/docket', '/api/docket/calendar', '/api/docket/calendar.ics']) {
      const refused = await fetch(node.url + path, { headers: { authorization } })
      expect(await refused.json()).toMatchObject({ code: 'session.required' })
    }
  })
})
