import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tocsin/api/client.ts'
import { listMembers } from '@tocsin/api/network-trust.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { giveRoot } from '../packages/server/test/test-network.ts'
import { openCast, stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import { openBrowser, visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** A node whose organisation has a root of trust, and people to act for it. */
async function startParty() {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  const as = openCast(node.url, node.setUpLink)
  const { organisation } = await as('administrator')
  const token = await readFile(join(node.app.node.home, 'operator-token'), 'utf8')
  const transport = (path: string, init: RequestInit) => fetch(node.url + path, init)
  const operator = createClient(transport, { authorization: `Bearer ${token}` })
  const root = await giveRoot({ app: node.app, url: node.app.node.origin, operator }, organisation)
  return { node, as, ...root }
}
type Party = Awaited<ReturnType<typeof startParty>>

async function openAs({ node }: Party, who: TestPerson): Promise<Page> {
  await stepUp(who)
  const context = await openBrowser({ locale: 'en-GB', viewport: desktop })
  const cookies = [...who.cookies].map(([name, value]) => ({ name, value, url: node.url }))
  await context.addCookies(cookies)
  const page = await context.newPage()
  await visit(page, `${node.url}/network/trust`)
  return page
}

async function look({ node }: Party, page: Page, name: string): Promise<void> {
  for (const [size, query] of [
    [desktop, 'lang=en&theme=light'],
    [phone, 'lang=en&theme=light'],
    [phone, 'lang=ar&theme=dark'],
  ] as const) {
    await page.setViewportSize(size)
    await visit(page, `${node.url}/network/trust?${query}`)
    await expectNoSidewaysScroll(page, size.width)
    expect(await violationsOf(page), `${name} ${query}`).toEqual([])
    const look = `${query.replaceAll(/[^a-z]+/g, '-')}-${size.width}`
    await page.screenshot({ path: `${screenshots}trust-${name}-${look}.png`, fullPage: true })
  }
  await page.setViewportSize(desktop)
  await visit(page, `${node.url}/network/trust?lang=en&theme=auto`)
}

test('two officers come to trust an organisation by the words it read out, and one expels it', async () => {
  await mkdir(screenshots, { recursive: true })
  const [here, there] = [await startParty(), await startParty()]
  const focal = await here.as('focal-point')
  const first = await openAs(here, await here.as('administrator'))
  await first.getByText('This node knows no other organisation yet.').waitFor()
  await look(here, first, 'empty')
  // By the keyboard alone.
  await first.getByLabel('Address').focus()
  await first.keyboard.type('https://node.example/')
  await first.getByLabel('Name of the organisation').fill('Focal Point of Belmara')
  await first.getByLabel('Name of the organisation').press('Enter')
  await first.getByText('This is not the address of an organisation’s node.').waitFor()
  await first.getByLabel('Address').fill(there.address)
  await first.getByLabel('Address').press('Enter')
  await first.getByText('Waiting for two officers').waitFor()
  await look(here, first, 'proposed')
  const [member] = (await (await here.as('administrator')).call(listMembers, {})).members
  expect(member?.words).toBeNull()

  await first.getByLabel('Type the eight words').fill('one two three four five six seven eight')
  await first.getByRole('button', { name: 'Confirm the words' }).click()
  await first.getByText('These are not the words of this organisation.').waitFor()
  await first.getByLabel('Type the eight words').fill(there.words.join(' '))
  await first.getByRole('button', { name: 'Confirm the words' }).click()
  await first.getByText('You have typed the words.').waitFor()

  const second = await openAs(here, focal)
  await second.getByText('One officer has typed the words').waitFor()
  await second.getByLabel('Type the eight words').fill(there.words.join(' '))
  await second.keyboard.press('Enter')
  await second.getByText('Trusted', { exact: true }).waitFor()
  await look(here, second, 'pinned')

  await second.getByText('Expel', { exact: false }).first().click()
  await second.getByLabel('Reasons').fill('Its keys were lost')
  await second.getByRole('button', { name: 'Expel now' }).click()
  await second.getByText('Expelled', { exact: true }).waitFor()
  await look(here, second, 'expelled')
})
