import * as warnings from '@tocsin/api/warnings.ts'
import { describe, expect, test } from 'vitest'
import { codeFor, readToken } from '../src/warnings/links.ts'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  entriesOf,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

const MINUTE = 60_000

/** A warning whose link has arrived, and a browser without script that opens it. */
async function openLetter() {
  const { messages, channel } = keeping()
  const node = await startTestNode({ channels: { 'e-mail': channel } })
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  const matter = await openMatter(focal)
  const written = await draft(focal, matter, draftFor([police]))
  await sign(focal, written)
  await until(() => messages.length === 1)
  const token = tokenIn(messages[0])
  const address = `${node.url}/a/${token}`
  const get = async (headers: Record<string, string> = {}, url = address) =>
    (await fetch(url, { headers })).text()
  const post = async (fields: Record<string, string>, url = address) => {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
    return { status: response.status, html: await response.text() }
  }
  /** What a form of the page sends back by itself, as a machine finds it. */
  const hiddenIn = (html: string): Record<string, string> =>
    Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
  const kinds = async () => (await entriesOf(focal, matter)).map(({ kind }) => kind)
  return { node, focal, written, matter, token, address, get, post, hiddenIn, kinds }
}

const chief = { name: 'A. Chief', office: 'Director' }
const act = { act: 'acknowledgement', reaction: 'verify', note: 'With the governor.', ...chief }

describe('the page of a letter', () => {
  test('acknowledges nothing for a machine, whatever it fetches, follows or sends', async () => {
    const { address, get, post, hiddenIn, kinds, node } = await openLetter()
    await fetch(address, { method: 'HEAD' })
    await get({ 'sec-purpose': 'prefetch;prerender' })
    await get({ purpose: 'preview' })
    expect(await kinds()).toEqual(['matter.opened', 'warning.sent'])
    const html = await get()
    // A scanner that follows every link of the page, and sends every form as it stands, at once.
    for (const [, href = ''] of html.matchAll(/href="([^"]+)"/g)) {
      await get({}, new URL(href.replaceAll('&amp;', '&'), address).href)
    }
    const hidden = hiddenIn(html)
    expect((await post({ ...hidden, act: 'reading' })).status).toBe(400)
    expect((await post({ ...hidden, act: 'acknowledgement' })).status).toBe(409)
    // Even one that chooses and invents a name is faster than a person.
    const fast = await post({ ...hidden, ...act })
    expect(fast.status).toBe(409)
    expect(fast.html).toContain('press once more')
    expect(fast.html).toContain('With the governor.')
    for (const shown of ['', '1.2', `${Date.parse('2026-01-01')}.${'0'.repeat(32)}`]) {
      expect((await post({ ...act, shown })).status).toBe(409)
    }
    // As it stands, and only later: nothing is chosen, so nothing is said.
    node.advance(MINUTE)
    const empty = await post({ ...hidden, act: 'acknowledgement', note: '', name: '', office: '' })
    expect(empty.status).toBe(400)
    expect(empty.html).toContain('Nothing was recorded')
    expect((await kinds()).at(-1)).toBe('notification.opened')
  })

  test('is acknowledged once; who comes second gets their words back', async () => {
    const { get, post, hiddenIn, kinds, node, focal } = await openLetter()
    const hidden = hiddenIn(await get())
    node.advance(MINUTE)
    const two = await Promise.all([
      post({ ...hidden, ...act }),
      post({ ...hidden, ...act, note: 'We know nothing of this.', name: 'B. Deputy' }),
    ])
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
    const second = two.find(({ status }) => status === 409)
    expect(second?.html).toContain('Receipt was acknowledged already')
    expect(second?.html).toMatch(/What you wrote is not on record:.*(With the governor|We know)/s)
    expect((await kinds()).filter((kind) => kind === 'notification.acknowledged')).toHaveLength(1)
    // An old page is no reason to lose an answer: it is pressed once more.
    node.advance(25 * 60 * MINUTE)
    const answer = { ...hidden, act: 'answer', outcome: 'decided', text: 'Posts in both towns.' }
    const late = await post({ ...answer, ...chief })
    expect(late.html).toContain('Posts in both towns.')
    node.advance(MINUTE)
    const again = await post({ ...answer, ...chief, shown: hiddenIn(late.html)['shown'] ?? '' })
    expect(again.status).toBe(200)
    expect(
      (await post({ ...answer, ...chief, shown: hiddenIn(late.html)['shown'] ?? '' })).html,
    ).toContain('An answer is on record already')
    await comeBack(focal)
    expect((await kinds()).at(-1)).toBe('notification.answered')
  })

  test('takes that another office is competent, with its name', async () => {
    const { get, post, hiddenIn, node, focal, matter } = await openLetter()
    const hidden = hiddenIn(await get())
    node.advance(MINUTE)
    await post({ ...hidden, ...act })
    const answer = { ...hidden, act: 'answer', text: 'Not ours.', ...chief, outcome: 'forwarded' }
    expect((await post({ ...answer, forwardTo: '' })).status).toBe(400)
    expect((await post({ ...answer, forwardTo: 'Gendarmerie, North' })).status).toBe(200)
    expect((await entriesOf(focal, matter)).at(-1)?.facts).toMatchObject({
      outcome: 'declined',
      forwardTo: 'Gendarmerie, North',
    })
  })

  test('says in a clear sentence what is wrong with a link', async () => {
    const { get, token, node, address, focal, written, post, hiddenIn, kinds } = await openLetter()
    const at = (path: string) => get({}, `${node.url}/a/${path}`)
    const forged = token.slice(0, 63) + (token.endsWith('0') ? '1' : '0')
    for (const bad of [forged, token.slice(0, 40), 'x', `${token}0`, '%00', '..%2f..%2fetc']) {
      expect(await at(bad)).toContain('This link opens nothing.')
    }
    // Signs that a mail reader stuck to it, or capitals, do not stop anybody.
    for (const whole of [`${token}.`, `${token}%3E`, token.toUpperCase()]) {
      expect(await at(whole)).toContain('Acknowledge receipt')
    }
    const arabic = await get({ cookie: 'lang=ar' })
    expect(arabic).toContain('dir="rtl"')
    expect(arabic).toContain('الإقرار بالاستلام')
    const hidden = hiddenIn(await get())
    await stepUp(focal)
    await focal.call(warnings.cancelWarning, {
      params: { warning: written.warning },
      body: { reasons: 'A drill was taken for real.' },
    })
    node.advance(MINUTE)
    // Written before it was cancelled, sent after: refused, and given back.
    const late = await post({ ...hidden, ...act })
    expect(late.status).toBe(409)
    expect(late.html).toContain('This warning stands no longer')
    expect(late.html).toContain('With the governor.')
    expect(await kinds()).not.toContain('notification.acknowledged')
    node.advance(400 * 24 * 60 * MINUTE)
    expect(await get({}, address)).toContain('This link has expired.')
  })

  test('takes no text that is too long, and gives it back', async () => {
    const { get, post, hiddenIn, kinds, node } = await openLetter()
    const hidden = hiddenIn(await get())
    node.advance(MINUTE)
    const long = await post({ ...hidden, ...act, note: 'x'.repeat(8001) })
    expect(long.html).toContain('too long')
    expect(long.html).toContain('x'.repeat(8001))
    const huge = await post({ ...hidden, ...act, note: 'x'.repeat(70_000) })
    expect(huge.status).toBe(413)
    expect(huge.html).toContain('<main')
    const hostile = '<script>alert(1)</script>'
    const name = await post({ ...hidden, ...act, reaction: 'none', note: hostile })
    expect(name.html).not.toContain(hostile)
    expect(await kinds()).not.toContain('notification.acknowledged')
  })

  test('opens its text with six digits, and not by guessing them', async () => {
    const { get, post, hiddenIn, node, token } = await openLetter()
    const notification = await readToken(node.app, token)
    const right = notification ? await codeFor(node.app, notification) : ''
    const hidden = hiddenIn(await get())
    const read = (code: string) => post({ ...hidden, act: 'reading', code })
    expect((await read(right)).html).toContain('Houses marked in the Lower Corve valley')
    const wrong = [...Array(5).keys()].map((n) => String((Number(right) + n + 1) % 1_000_000))
    // All at once count as many as one after the other.
    const said = await Promise.all(wrong.map((code) => read(code.padStart(6, '0'))))
    for (const { html } of said) expect(html).not.toContain('Corve')
    const locked = await read(right)
    expect(locked.html).toContain('A wrong code was tried too often.')
    expect(locked.html).not.toContain('Corve')
    expect(locked.html.length).toBeLessThan(30_000)
  })
})
