import * as docket from '@tocsin/api/docket.ts'
import { getSharing } from '@tocsin/api/sharing.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import { expect } from 'vitest'
import { until } from '../packages/server/test/test-docket.ts'
import { opening } from '../packages/server/test/test-matters.ts'
import {
  approveAll,
  listedBy,
  type Sharer,
  secondOf,
} from '../packages/server/test/test-sharing.ts'
import { openAs } from './network-steps.ts'

/** Exactly who would get it is seen first; two widen, one calls back and takes out. */
export async function shareByHand(ardenia: Sharer, belmara: Sharer) {
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ title: 'Houses marked', country: 'CRV' as CountryCode }),
  })
  const second = await secondOf(ardenia)
  const { page, go, look } = await openAs(ardenia, ardenia.focal)
  const sharing = `/matters/${matter}/sharing`
  await go(`/matters/${matter}`)
  await page.getByRole('link', { name: 'Share with others' }).click()
  await page.getByText('It is shared with nobody yet.').waitFor()
  const press = (name: string) => page.getByRole('button', { name }).first().click()
  const fold = (name: string) => page.locator('summary', { hasText: name }).first().click()
  const show = page.getByRole('button', { name: 'Show who would get it' }).first()
  const send = page.locator('[role=status]').getByRole('button', { name: 'Ask a second person' })
  const river2 = page.getByLabel(/Ministry of River 2/).first()
  // Nobody chosen: the node says so, and nothing can be sent.
  await show.click()
  await page.getByText('Nobody would be able to read it').waitFor()
  expect(await send.count()).toBe(0)
  await river2.selectOption('audience')
  await page
    .getByLabel(/Ministry of River 3/)
    .first()
    .selectOption('audience')
  await fold('Terms, end, passing on')
  await page.getByLabel('place').first().check()
  await page.getByLabel('Ask to be told').first().check()
  await show.focus()
  await page.keyboard.press('Enter')
  await page.getByText(/Ministry of River 3.* \(organisation of the State concerned\)/).waitFor()
  await send.waitFor()
  // A change is shown anew before it can be sent.
  await page.getByLabel('summary').first().check()
  await send.waitFor({ state: 'detached' })
  await show.click()
  await send.click()
  await page.getByText('A second person is asked.').waitFor()
  // Called back by whoever proposed it, and proposed again.
  await press('Call the proposal back')
  await page.getByText('Waiting for a second person').waitFor({ state: 'detached' })
  await show.click()
  await send.click()
  await page.getByText('Waiting for a second person').waitFor()
  expect((await listedBy(belmara.focal)).total).toBe(0)
  expect(await approveAll(second)).toBe(1)
  await until(async () => (await listedBy(belmara.focal)).total === 1)
  // The State concerned is heard apart.
  await go(sharing)
  const reply = page.locator('details', { hasText: 'Hear the State concerned' })
  await fold('Hear the State concerned')
  await reply.getByLabel(/Ministry of River 3/).selectOption('audience')
  await reply.getByRole('button', { name: 'Show who would get it' }).click()
  await send.click()
  await page.getByText('Waiting for a second person').waitFor()
  // A group, whose members are named together.
  const groups = page.locator('details', { hasText: 'Make a group' })
  await fold('Groups')
  await groups.getByLabel('Name of the group').fill('Five Rivers')
  await groups.getByLabel('Ministry of River 2').check()
  await groups.getByRole('button', { name: 'Ask a second person' }).click()
  await groups.getByRole('status').filter({ hasText: 'another person' }).waitFor()
  expect(await approveAll(second)).toBe(2)
  // What widens waits for an hour, and is called back by one.
  await go(sharing)
  await fold('Terms, end, passing on')
  await page.getByLabel('Passing on').first().selectOption('free')
  await page
    .getByLabel(/Five Rivers/)
    .first()
    .check()
  await show.click()
  await send.click()
  await page.getByText('Waiting for a second person').waitFor()
  expect(await approveAll(second)).toBe(1)
  await look(sharing, 'network-sharing')
  await press('Call it back')
  await page.getByRole('button', { name: 'Call it back' }).waitFor({ state: 'detached' })
  await tellThatItWasRead(belmara)
  await until(async () => {
    const told = await ardenia.focal.call(getSharing, { params: { matter } })
    return told.some(({ readBy }) => readBy.length > 0)
  })
  await go(sharing)
  await page.getByText(/River 2.? has read it/).waitFor()
  const proof = await page.getByRole('link', { name: 'Save proof' }).first().getAttribute('href')
  expect(await (await fetch(ardenia.url + proof)).text()).toMatch(/^c2sp.org\/tlog-proof@v1\n/)
  await fold('Take somebody out at once')
  await press('Take out')
  const excluded = async () =>
    (await ardenia.focal.call(docket.getMatter, { params: { matter } })).matter.excluded
  await until(async () => (await excluded()).includes(belmara.own))
  // The clocks of these nodes stand still: it holds from the next instant on.
  for (const node of [ardenia, belmara]) node.advance(2)
  await until(async () => (await listedBy(belmara.focal)).total === 0)
}

/** Told before it is opened that its author asks; nobody is told anything by opening it. */
async function tellThatItWasRead(belmara: Sharer) {
  const { page, go } = await openAs(belmara, belmara.focal)
  await go('/network/shared')
  await page.getByText('its author asks who has read it').waitFor()
  await page.getByRole('link', { name: 'Houses marked' }).click()
  await page.getByText('Opening it tells nobody anything.').waitFor()
  await page.getByText(/Its author left out: summary and place|left out: summary, place/).waitFor()
  await page.getByRole('button', { name: 'Tell its author that we have read it' }).click()
  await page.getByText('Its author was told that your organisation has read it.').waitFor()
}
