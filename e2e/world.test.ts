import { expect, inject, test } from 'vitest'
import { openBrowser, visit } from './browser.ts'

const url = inject('nodeUrl')

const open = async (path: string) => {
  const page = await (await openBrowser({ viewport: { width: 1440, height: 900 } })).newPage()
  await visit(page, url + path)
  return page
}

test('from the map to the reasons and back by keyboard alone', async () => {
  const page = await open('/world')
  await page.keyboard.press('t')
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  const name = await page.evaluate(() => document.activeElement?.textContent)
  expect(name).toBe('Sudan')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/country/SDN')
  await page.getByRole('heading', { level: 1, name: 'Sudan' }).waitFor()
  // Somebody who cannot see the page change hears the new one from its top.
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: /mass killing/ }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.waitForURL('**/scores')
})

test('filters, sorting and the edition live in the address, and Back restores them', async () => {
  const page = await open('/world')
  const loads: string[] = []
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(request.url())
  })
  const rows = page.locator('[data-table-twin] tbody tr')
  expect(await rows.count()).toBe(168)
  await page.getByRole('link', { name: 'Africa', exact: true }).click()
  await page.waitForURL('**/world?region=Africa')
  const inAfrica = await rows.count()
  expect(inAfrica).toBeGreaterThan(40)
  expect(inAfrica).toBeLessThan(60)
  await page.getByRole('link', { name: 'State', exact: true }).click()
  await page.waitForURL('**/world?region=Africa&sort=name')
  expect(await rows.first().textContent()).toContain('Algeria')
  await page.getByRole('slider', { name: 'Edition' }).press('ArrowLeft')
  await page.waitForURL('**edition=2024**')
  await page.getByText('As it stood: edition 2024.').waitFor()
  await page.goBack()
  await page.goBack()
  await page.waitForURL('**/world?region=Africa')
  expect(await rows.count()).toBe(inAfrica)
  expect(loads, 'nothing was loaded anew').toEqual([])
})

test('the text-only page says the same without script, map or fonts', async () => {
  const context = await openBrowser({ javaScriptEnabled: false })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  // Without script a page is all there once it is loaded.
  await page.goto(`${url}/world?text=1`)
  expect(await page.locator('tbody tr').count()).toBe(168)
  await page.getByLabel('Organisation').selectOption('AU')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL('**organisation=AU**')
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(40)
  expect(asked.filter((path) => /\.(js|woff2|svg)$/.test(path) && path !== '/icon.svg')).toEqual([])
})

test('single letters do nothing once they are switched off', async () => {
  const page = await open('/help')
  await page.getByRole('link', { name: 'Switch them off, for speech input' }).click()
  await page.getByText('Single letters do nothing').waitFor()
  await visit(page, `${url}/world`)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.keyboard.press('t')
  expect(page.url()).toBe(`${url}/world`)
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
})
