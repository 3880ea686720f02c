import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Locale } from '@tocsin/domain/locale.ts'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { openBrowser, visit } from './browser.ts'
import {
  expectNoSidewaysScroll,
  expectNoViolations,
  isPictured,
  violationsOf,
} from './page-checks.ts'
import { publicPages } from './pages.ts'

const url = inject('nodeUrl')
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))

beforeAll(() => mkdir(screenshots, { recursive: true }))

test('what is wrong with a page is found', async () => {
  const page = await (await openBrowser()).newPage()
  await visit(page, `${url}/help`)
  expect(await violationsOf(page)).toEqual([])
  await page.evaluate(() => {
    const wrong =
      '<p style="color:#ccc;background:#fff">Pale</p><img src="/icon.svg"><button></button>'
    document.querySelector('main')?.insertAdjacentHTML('beforeend', wrong)
    document.documentElement.removeAttribute('lang')
  })
  const rules = (await violationsOf(page)).map((said) => said.split(' ')[0])
  expect(rules).toEqual(['button-name', 'color-contrast', 'html-has-lang', 'image-alt'])
  const ofColours = (await violationsOf(page, 'colours')).map((said) => said.split(' ')[0])
  expect(ofColours).toEqual(['color-contrast'])
})

describe.each(Locale.options)('every page in %s', (locale) => {
  test('passes axe by day and by night, and fits a phone', async () => {
    const context = await openBrowser({ colorScheme: 'light', viewport: desktop })
    const page = await context.newPage()
    const foreign: string[] = []
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) foreign.push(request.url())
    })
    for (const [name, path] of Object.entries(publicPages)) {
      const separator = path.includes('?') ? '&' : '?'
      const answer = await visit(page, `${url}${path}${separator}lang=${locale}`)
      expect(answer?.status(), name).toBe(name === 'not-found' ? 404 : 200)
      expect(await page.getAttribute('html', 'lang')).toBe(locale)
      await expectNoViolations(page, `${name} ${locale}`, async (scheme) => {
        if (!isPictured(locale)) return
        const picture = `${screenshots}${name}-${locale}-${scheme}`
        await page.screenshot({ path: `${picture}.png`, fullPage: true })
        await page.setViewportSize(phone)
        await page.screenshot({ path: `${picture}-390.png`, fullPage: true })
        await page.setViewportSize(desktop)
      })
      for (const size of [phone, { width: 360, height: 740 }]) {
        await page.setViewportSize(size)
        await expectNoSidewaysScroll(page, size.width)
      }
      await page.setViewportSize(desktop)
    }
    expect(foreign).toEqual([])
    expect(faults).toEqual([])
  })
})
