import AxeBuilder from '@axe-core/playwright'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Whether pages are also photographed in this language: one for each direction of script. */
export const isPictured = (locale: Locale): boolean => locale === 'en' || locale === 'ar'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The rules of these standards whose answer colours can change. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What the page gets wrong of WCAG 2.2 AA, as far as a machine can tell.
 *
 * @param asked all rules; or of the same page in other colours only what these can change.
 */
export async function violationsOf(
  page: Page,
  asked: 'everything' | 'colours' = 'everything',
): Promise<string[]> {
  expect(page.frames(), `frames of ${page.url()}`).toHaveLength(1)
  const runOnly = asked === 'colours' ? ofColours : standards
  // Every rule runs on everything; only what is wrong is described at length, and without frames
  // there is no need of a second page that puts together what each of them said.
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly, resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  )
}

/** Looks at a page by day and, as it stands, by night: axe finds nothing wrong in either. */
export async function expectNoViolations(
  page: Page,
  name: string,
  shoot: (scheme: 'light' | 'dark') => Promise<void>,
): Promise<void> {
  expect(await violationsOf(page), `${name} light`).toEqual([])
  await shoot('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violationsOf(page, 'colours'), `${name} dark`).toEqual([])
  await shoot('dark')
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The page fits a screen of this width, in CSS pixels. */
export async function expectNoSidewaysScroll(page: Page, width: number): Promise<void> {
  const scrolled = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(scrolled, `${page.url()} at ${width} px`).toBeLessThanOrEqual(width)
}
