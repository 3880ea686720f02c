import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Locale } from '@tocsin/domain/locale.ts'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { expectNoSidewaysScroll, isPictured, violationsOf } from './page-checks.ts'
import { publicPages } from './pages.ts'

const url = inject('nodeUrl')
const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))

beforeAll(() => mkdir(screenshots, { recursive: true }))

test('what is wrong with a page is found', async () => {
  const page = await (await openBrowser()).newPage()
  await page.goto(`${url}/help`, { waitUntil: 'networkidle' })
  expect(await violationsOf(page)).toEqual([])
  await page.evaluate(() => {
    const wrong =
      '<p style="color:#ccc;background:#fff">Pale</p><img src="/icon.svg"><button></button>'
    document.querySelector('main')?.insertAdjacentHTML('beforeend', wrong)
    document.documentElement.removeAttribute('lang')
  })
  const rules = (await violationsOf(page)).map((said) => said.split(' ')[0])
  expect(rules).toEqual(['button-name', 'color-contrast', 'html-has-lang', 'image-alt'])
})

describe.each(Locale.options)('every page in %s', (locale) => {
  test.each(['light', 'dark'] as const)('passes axe in %s, and fits a phone', async (scheme) => {
    const context = await openBrowser({
      colorScheme: scheme,
      viewport: { width: 1440, height: 900 },
    })
    const page = await context.newPage()
    const foreign: string[] = []
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) foreign.push(request.url())
    })
    for (const [name, path] of Object.entries(publicPages)) {
      const separator = path.includes('?') ? '&' : '?'
      const address = `${url}${path}${separator}lang=${locale}`
      const answer = await page.goto(address, { waitUntil: 'networkidle' })
      expect(answer?.status(), name).toBe(name === 'not-found' ? 404 : 200)
      expect(await page.getAttribute('html', 'lang')).toBe(locale)
      expect(await violationsOf(page), `${name} ${locale} ${scheme}`).toEqual([])
      const shoot = async (suffix: string) => {
        if (!isPictured(locale)) return
        const path = `${screenshots}${name}-${locale}-${scheme}${suffix}.png`
        await page.screenshot({ path, fullPage: true })
      }
      await shoot('')
      await page.setViewportSize({ width: 390, height: 844 })
      await shoot('-390')
      await expectNoSidewaysScroll(page, 390)
      await page.setViewportSize({ width: 360, height: 740 })
      await expectNoSidewaysScroll(page, 360)
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    expect(foreign).toEqual([])
    expect(faults).toEqual([])
  })
})
