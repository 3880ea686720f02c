import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
  type Response,
} from 'playwright-core'
import { afterAll, onTestFinished } from 'vitest'
import { executablePath } from './browser-path.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** One process for the tests of a file, started when the first of them needs it. */
let started: Promise<Browser> | undefined
afterAll(async () => (await started)?.close())

/** A profile of the test's own that shares nothing with another. Gone when the test ends. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  started ??= chromium.launch({ executablePath, args: flags, headless: true })
  const context = await (await started).newContext(options)
  context.on('page', watchRequests)
  onTestFinished(() => context.close())
  return context
}

/** What each page has asked for and not been given yet. */
const underWay = new WeakMap<Page, Set<Request>>()

function watchRequests(page: Page): void {
  const open = new Set<Request>()
  underWay.set(page, open)
  // A stream of events is never done.
  page.on('request', (request) => request.resourceType() !== 'eventsource' && open.add(request))
  const isOver = (request: Request) => open.delete(request)
  page.on('requestfinished', isOver)
  page.on('requestfailed', isOver)
}

/** How long nothing may be asked for before a page counts as drawn. */
const QUIET_MS = 100

/** Goes to an address, or loads the page anew, and waits until all that it asks for is there and drawn. */
export async function visit(page: Page, address?: string): Promise<Response | null> {
  const answer = address === undefined ? await page.reload() : await page.goto(address)
  const open = underWay.get(page)
  for (let quietSince = performance.now(); ; ) {
    // Comes back when the page has nothing more urgent to do than to draw twice.
    const isDrawn = await page
      .evaluate(
        () =>
          new Promise<true>((drawn) =>
            requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))),
          ),
      )
      // It went on to another address meanwhile.
      .catch(() => false)
    if (!isDrawn || open?.size) quietSince = performance.now()
    else if (performance.now() - quietSince > QUIET_MS) return answer
    await page.waitForTimeout(10)
  }
}
