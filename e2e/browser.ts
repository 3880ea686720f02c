import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
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
  onTestFinished(() => context.close())
  return context
}
