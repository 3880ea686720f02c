import { type CDPSession, chromium, type Page } from 'playwright-core'
import { startNodeProcess } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const rounds = 7
const limits = { paintMs: 1500, firstBytes: 350_000, secondBytes: 20_000 }

/** A slow phone on a poor link: 1.6 Mbit/s down, 0.75 Mbit/s up, 150 ms away, a quarter of the speed. */
const link = { downloadThroughput: 200_000, uploadThroughput: 93_750, latency: 150, offline: false }
const slowdown = 4

/** What the World page costs a bad phone: time to the first paint, and bytes at both visits. */
export async function run(): Promise<void> {
  const { base, stop } = await startNodeProcess()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const visits: Visits[] = []
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
      visits.push(await visitTwice(await context.newPage(), `${base}/world`))
      await context.close()
    }
    const median = (of: (visit: Visits) => number) =>
      visits.map(of).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
    againstLimit(
      'first paint, first visit',
      median(({ first }) => first.paintMs),
      limits.paintMs,
      'ms',
    )
    againstLimit(
      'first visit',
      median(({ first }) => first.bytes),
      limits.firstBytes,
      'bytes',
    )
    againstLimit(
      'first paint, second visit',
      median(({ second }) => second.paintMs),
      limits.paintMs,
      'ms',
    )
    againstLimit(
      'second visit',
      median(({ second }) => second.bytes),
      limits.secondBytes,
      'bytes',
    )
  } finally {
    await browser.close()
    await stop()
  }
}

type Visit = { readonly paintMs: number; readonly bytes: number }
type Visits = { readonly first: Visit; readonly second: Visit }

async function visitTwice(page: Page, address: string): Promise<Visits> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', link)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const first = await visit(page, session, address)
  await page.goto('about:blank')
  return { first, second: await visit(page, session, address) }
}

async function visit(page: Page, session: CDPSession, address: string): Promise<Visit> {
  let bytes = 0
  const count = ({ encodedDataLength }: { readonly encodedDataLength: number }) => {
    bytes += encodedDataLength
  }
  session.on('Network.loadingFinished', count)
  await page.goto(address, { waitUntil: 'networkidle' })
  session.off('Network.loadingFinished', count)
  const paintMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  )
  if (paintMs === undefined) throw new Error('the page was never painted')
  return { paintMs, bytes }
}
