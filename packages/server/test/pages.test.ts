import { describe, expect, test } from 'vitest'
import { preferredLocale } from '../src/pages/preferences.ts'
import { startTestNode } from './test-node.ts'
import { openCast } from './test-people.ts'

const read = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: 'manual' })

describe('a page', () => {
  test('is whole without script: the rows, their links and the figures', async () => {
    const { url } = await startTestNode()
    const html = await (await read(`${url}/world`)).text()
    expect(html.match(/<tr>|<tr /g)?.length).toBeGreaterThan(168)
    expect(html).toContain('href="/country/TCD"')
    expect(html).toContain('1 in 12')
    const country = await (await read(`${url}/country/TCD`)).text()
    expect(country).toContain('1 in 12')
    expect(country).toContain('CC BY 4.0')
  })

  test('with an estimate never stands without what makes it honest', async () => {
    const { url } = await startTestNode()
    for (const path of ['/world?view=table', '/country/TCD', '/country/SUR']) {
      const html = await (await read(url + path)).text()
      const words = html.replace(/<[^>]*>/g, ' ')
      expect(words).toMatch(/2025 (and|or) 2026/) // horizon
      expect(words).toContain('2024, issued 3 September 2025') // data year
      expect(words).toContain('Over all States and years: 1 in 68.') // base rate
      expect(words).toMatch(/80 % interval/)
      expect(words).toContain('The Political Terror Scale alone would have caught 56.')
      expect(html).toContain('href="/scores#misses"')
    }
    const scores = await (await read(`${url}/scores`)).text()
    expect(scores).toContain('id="misses"')
  })

  test('comes in the language of the reader, and keeps the one that was chosen', async () => {
    const { url } = await startTestNode()
    const asked = await read(`${url}/world`, { 'accept-language': 'ar;q=0.9, de' })
    expect(await asked.text()).toContain('<html lang="ar" dir="rtl"')
    const chosen = await read(`${url}/world?region=Africa&lang=fr`)
    expect(chosen.status).toBe(303)
    expect(chosen.headers.get('location')).toBe('/world?region=Africa')
    const cookie = chosen.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await (await read(`${url}/world`, { cookie })).text()
    expect(page).toContain('<html lang="fr" dir="ltr"')
  })

  test('without scripts, fonts and map is still whole', async () => {
    const { url } = await startTestNode()
    const html = await (await read(`${url}/world`, { cookie: 'text=1' })).text()
    expect(html).not.toContain('<script')
    expect(html).not.toContain('world-')
    expect(html).toContain('href="/country/TCD"')
  })

  test('answers a second visit in a few bytes', async () => {
    const { url } = await startTestNode()
    const first = await read(`${url}/world`)
    const etag = first.headers.get('etag') ?? ''
    const second = await read(`${url}/world`, { 'if-none-match': etag })
    expect(second.status).toBe(304)
    expect(await second.text()).toBe('')
  })

  test('that does not exist says so, as a page to people and as a problem to programs', async () => {
    const { url } = await startTestNode()
    for (const path of ['/nothing', '/country/QQQ']) {
      const page = await read(url + path)
      expect(page.status).toBe(404)
      expect(page.headers.get('content-type')).toContain('text/html')
    }
    const api = await read(`${url}/api/nothing`)
    expect(api.status).toBe(404)
    expect(await api.json()).toEqual({ code: 'request.not-found', details: {} })
  })

  test('of a State in no model shows what is held and says that the risk is unknown', async () => {
    const { url } = await startTestNode()
    const page = await read(`${url}/country/AND`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('in no model')
  })

  test('that a browser keeps for when there is no link says nothing of who reads', async () => {
    const { url, setUpLink } = await startTestNode()
    const who = await openCast(url, setUpLink)('focal-point')
    const cookie = [...who.cookies].map((pair) => pair.join('=')).join('; ')
    // What is kept must be the same for everybody who uses the browser.
    const [bare, docket] = await Promise.all(
      ['/offline', '/docket'].map(async (path) => (await read(url + path, { cookie })).text()),
    )
    expect(docket).toContain(who.person)
    expect(bare).toBe(await (await read(`${url}/offline`)).text())
    expect(bare).toContain('"answers":{}')
    const arabic = await read(`${url}/offline`, { 'accept-language': 'ar' })
    expect(await arabic.text()).toContain('<html lang="ar" dir="rtl"')
    // A browser asks for a newer worker each time, and for a file whose name tells its content once.
    const caching = async (path: string) => (await read(url + path)).headers.get('cache-control')
    expect(await caching('/worker.js?build=x')).toBe('no-cache')
    const [, script = ''] = /src="(\/assets\/[^"]+)"/.exec(bare ?? '') ?? []
    expect(await caching(script)).toBe('public, max-age=31536000, immutable')
  })

  test('at the root leads to the world', async () => {
    const { url } = await startTestNode()
    const root = await read(`${url}/`)
    expect(root.status).toBe(302)
    expect(root.headers.get('location')).toBe('/world')
  })

  test('cannot be made to carry what an address says', async () => {
    const { url } = await startTestNode()
    const attack = encodeURIComponent('"><script>alert(1)</script>')
    const html = await (await read(`${url}/world?region=${attack}&organisation=${attack}`)).text()
    expect(html).not.toContain('<script>alert')
  })

  test('forbids scripts of its own text and anything from elsewhere', async () => {
    const { url } = await startTestNode()
    const page = await read(`${url}/world`)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await page.text()).not.toMatch(/(src|href)="https?:/)
  })
})

test.each([
  ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
  ['de, zh-Hans;q=0.5', 'zh'],
  ['de', 'en'],
  [undefined, 'en'],
  [';;q=,', 'en'],
])('of %s the language is %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale)
})
