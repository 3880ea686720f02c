import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import type { Sharer } from '../packages/server/test/test-sharing.ts'
import { openBrowser, visit } from './browser.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

export const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const sights = [
  [desktop, 'en', 'light'],
  [desktop, 'ar', 'dark'],
  [phone, 'en', 'dark'],
  [phone, 'ar', 'light'],
] as const

/**
 * A person's browser on a node, and how a page is gone to and looked at.
 *
 * @param url of the node; passkeys work where it is called by its name.
 */
export async function openAs({ url }: Pick<Sharer, 'url'>, who: TestPerson) {
  await stepUp(who)
  const context = await openBrowser({ locale: 'en-GB', viewport: desktop })
  const cookies = [...who.cookies].map(([name, value]) => ({ name, value, url }))
  await context.addCookies(cookies)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const go = async (path: string) => {
    await visit(page, url + path)
    await page.waitForFunction(() => !document.querySelector('fieldset:disabled, button:disabled'))
  }
  /** Looks at a page so that each two of size, script and time of day meet once, all of it unfolded. */
  const look = async (path: string, name: string) => {
    for (const [size, lang, theme] of sights) {
      await page.setViewportSize(size)
      await go(`${path}?lang=${lang}&theme=${theme}`)
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('main details')) one.setAttribute('open', '')
      })
      const seen = `${name}-${lang}-${theme}-${size.width}`
      await expectNoSidewaysScroll(page, size.width)
      expect(await violationsOf(page), seen).toEqual([])
      await page.screenshot({ path: `${screenshots}${seen}.png`, fullPage: true })
    }
    await page.setViewportSize(desktop)
    await go(`${path}?lang=en&theme=light`)
  }
  return { page, go, look }
}

export type Opened = Awaited<ReturnType<typeof openAs>>
