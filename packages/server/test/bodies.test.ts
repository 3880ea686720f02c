import * as bodies from '@tocsin/api/bodies.ts'
import * as countries from '@tocsin/api/countries.ts'
import * as risk from '@tocsin/api/risk.ts'
import { CountryCode, Day } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { describe, expect, test } from 'vitest'
import { startTestNode, type TestNode } from './test-node.ts'

const state = (code: string) => CountryCode.parse(code)
const day = (text: string) => Day.parse(text)

async function doorsOf(node: TestNode, code: string, on?: string) {
  return node.visitor(bodies.listDoors, {
    params: { country: state(code) },
    query: { ...(on && { day: day(on) }), locale: 'en' },
  })
}

describe('regional bodies', () => {
  test('are answered as of a day, each fact with its source and that nobody verified it', async () => {
    const node = await startTestNode()

    // The list counts who belonged on the day; today where none is said.
    const listed = async (on?: string) => {
      const query = on ? { day: day(on) } : {}
      const found = await node.visitor(bodies.listBodies, { query })
      return { ...found, of: (code: string) => found.bodies.find((body) => body.code === code) }
    }
    const today = await listed()
    expect(today.day).toBe('2026-01-01')
    expect(today.source).toMatchObject({ verified: false, asOf: '2025-12-01' })
    expect(today.of('EU')).toMatchObject({ members: 27, suspended: 0, unknown: 0 })
    expect(today.of('AU')).toMatchObject({ members: 55 })
    expect(today.of('AU')?.suspended).toBeGreaterThan(4)
    expect((await listed('2020-01-31')).of('EU')?.members).toBe(28)
    expect((await listed('2020-02-01')).of('EU')?.members).toBe(27)
    for (const { names } of today.bodies) {
      expect(Object.keys(names).toSorted()).toEqual(Locale.options.toSorted())
    }

    // A body with its States, in one language where one is asked for.
    const { body, members } = await node.visitor(bodies.getBody, {
      params: { body: 'ECOWAS' },
      query: { day: day('2025-01-29'), locale: 'fr' },
    })
    expect(body.names).toEqual({ fr: 'Communauté économique des États de l’Afrique de l’Ouest' })
    expect(members.find((one) => one.state === 'MLI')).toMatchObject({
      names: { fr: 'Mali' },
      standing: 'withdrawn',
      memberships: [{ untilDay: '2025-01-28', source: 'compiled', verified: false }],
    })
    expect(members.filter(({ standing }) => standing === 'member')).toHaveLength(11)
    await expect(
      node.visitor(bodies.getBody, { params: { body: 'NONE' }, query: {} }),
    ).rejects.toMatchObject({ code: 'body.not-found' })

    // The doors of a State that left on the day before and the day after.
    const named = async (on: string) =>
      (await doorsOf(node, 'BFA', on)).regional.map(({ body: { code } }) => code)
    expect(await named('2025-01-28')).toEqual(['AU', 'ECOWAS', 'OIC'])
    expect(await named('2025-01-30')).toEqual(['AU', 'OIC'])
    const suspended = await doorsOf(node, 'BFA')
    expect(suspended.regional[0]).toMatchObject({ body: { code: 'AU' }, isSuspended: true })
    expect(suspended.universal.map(({ body: { code } }) => code)).toEqual(['UN'])
    expect((await doorsOf(node, 'LKA')).withoutProcedure.map(({ code }) => code)).toEqual(['SAARC'])
    expect((await doorsOf(node, 'KEN', '1990-01-01')).unknown.map(({ code }) => code)).toContain(
      'COMESA',
    )
    await expect(doorsOf(node, 'QQQ')).rejects.toMatchObject({ code: 'country.not-found' })

    // The same table says what a country belongs to, and narrows what is exported.
    const places = await node.visitor(countries.listCountries, { query: {} })
    const organisations = (code: string) => places.find(({ iso3 }) => iso3 === code)?.organisations
    expect(organisations('BFA')).toEqual(['AU', 'OIC'])
    expect(organisations('FRA')).toEqual(['EU', 'CoE', 'OSCE', 'NATO'])
    const [edition] = await node.visitor(risk.listEditions, {})
    if (!edition) throw new Error('no edition ships')
    const file = await node.visitor(risk.exportEdition, {
      params: { edition: edition.id },
      query: { format: 'csv', organisation: 'ECOWAS' },
    })
    expect(file).toContain('GHA,')
    expect(file).not.toContain('MLI,')
  })

  test('of the fictional region open the doors of its States alone', async () => {
    const node = await startTestNode()
    const doors = async (code: string, on?: string) => {
      const { regional, state: named } = await doorsOf(node, code, on)
      return { named: named.names.en, codes: regional.map(({ body }) => body.code), regional }
    }
    const dalesh = await doors('XDA')
    expect([dalesh.named, dalesh.codes]).toEqual(['Dalesh', ['CFR', 'CP']])
    expect(dalesh.regional[0]?.body.isFictional).toBe(true)
    expect(dalesh.regional[0]?.procedures[0]).toMatchObject({
      rule: 'consensus-without-concerned',
      basis: [{ article: '9' }],
    })
    expect((await doors('XDA', '2011-09-14')).codes).toEqual(['CFR'])
    expect((await doors('XCO')).codes).toEqual(['CFR'])
    const { bodies: listed } = await node.visitor(bodies.listBodies, { query: {} })
    expect(listed.filter(({ isFictional }) => isFictional).map(({ code }) => code)).toEqual([
      'CFR',
      'CP',
    ])
  })
})
