import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as docket from '@tocsin/api/docket.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode, OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { expect, test } from 'vitest'
import { receiveRecord } from '../packages/server/src/network/receive.ts'
import { draft, draftFor, HOUR, sign, until } from '../packages/server/test/test-docket.ts'
import { note, publish, recordOf } from '../packages/server/test/test-exchange.ts'
import { opening } from '../packages/server/test/test-matters.ts'
import { stepUp, type TestPerson } from '../packages/server/test/test-people.ts'
import {
  addOwnAuthority,
  approveAll,
  listedBy,
  type Sharer,
  secondOf,
  startSharers,
} from '../packages/server/test/test-sharing.ts'
import { putBeside } from './beside.ts'
import { openBrowser } from './browser.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

async function openAs(node: Sharer, who: TestPerson) {
  await stepUp(who)
  const context = await openBrowser({ locale: 'en-GB', viewport: desktop })
  const cookies = [...who.cookies].map(([name, value]) => ({ name, value, url: node.url }))
  await context.addCookies(cookies)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const go = async (path: string) => {
    await page.goto(node.url + path, { waitUntil: 'networkidle' })
  }
  /** Looks at a page on a desk and a telephone, in both directions of script, by day and by night. */
  const look = async (path: string, name: string) => {
    for (const size of [desktop, phone]) {
      await page.setViewportSize(size)
      for (const lang of ['ar', 'en']) {
        for (const theme of ['dark', 'light']) {
          await go(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}&theme=${theme}`)
          const seen = `${name}-${lang}-${theme}-${size.width}`
          await expectNoSidewaysScroll(page, size.width)
          expect(await violationsOf(page), seen).toEqual([])
          await page.screenshot({ path: `${screenshots}${seen}.png`, fullPage: true })
        }
      }
    }
    await page.setViewportSize(desktop)
    await go(path)
  }
  return { page, go, look }
}

/** What was exchanged in the week before: the hours of it, as the node writes them down. */
const exchanged = ({ app }: Sharer, member: OrganisationId, hours: readonly number[]) =>
  app.db.as(system, async (tx) => {
    await tx.deleteFrom('exchange_hour').where('member', '=', member).execute()
    const rows = hours.map((ago) => {
      const hour = addMilliseconds(app.clock(), -ago * HOUR)
      return { member, hour, last_at: hour }
    })
    await tx.insertInto('exchange_hour').values(rows).execute()
  })

/** Lets a record arrive that somebody changed on its way. */
async function tamper(from: Sharer, to: Sharer, matter: string): Promise<void> {
  const digest = await publish(
    from,
    matter as never,
    note('Marks on doors', { marking: 'TLP:AMBER' }),
  )
  const { payload, ...record } = await recordOf(from, digest)
  const changed = Buffer.from(
    Buffer.from(payload, 'base64url').toString().replace('Marks', 'Signs'),
  ).toString('base64url')
  expect(await receiveRecord(to.app, { ...record, payload: changed }, from.own)).toBe(
    'bad-signature',
  )
}

test('a node that trusts nobody says so, to its focal point and to whoever runs it', async () => {
  await mkdir(screenshots, { recursive: true })
  const [ardenia] = (await startSharers(1)) as [Sharer]
  const alone = await openAs(ardenia, ardenia.focal)
  await alone.look('/network', 'network-alone')
  await alone.page.getByText('This node trusts no other organisation yet.').waitFor()
  const { page, look } = await openAs(ardenia, await ardenia.as('administrator'))
  await look('/network', 'network-administrator')
  await page.getByText('This node trusts no other organisation yet.').waitFor()
  expect(await page.getByRole('link', { name: 'What was shared' }).count()).toBe(0)
  await page.getByRole('navigation').getByRole('link', { name: 'Network' }).first().waitFor()
}, 120_000)

test('a focal point sees whether the network is in step, and acts on what others shared', async () => {
  await mkdir(screenshots, { recursive: true })
  const [ardenia, belmara, corvane] = (await startSharers(3)) as [Sharer, Sharer, Sharer]
  const reader = await openAs(belmara, belmara.focal)
  const { page, go, look } = reader
  await look('/network/shared', 'network-shared-empty')
  await page.getByText('Nothing here yet that fits.').waitFor()

  // One node is shut down, and was silent for days before.
  await corvane.stop()
  const hours = [...Array(168).keys()].filter((ago) => ago > 0 && ago % 17 !== 0)
  await exchanged(belmara, ardenia.own, hours)
  await exchanged(belmara, corvane.own, [111, 130, 160])

  const police = await addOwnAuthority(ardenia, 'Police')
  const audience = [belmara.own, corvane.own]
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ audience, title: 'Houses marked, Lower Corve valley' }),
  })
  await sign(ardenia.focal, await draft(ardenia.focal, matter, draftFor([police])))
  await until(async () => (await listedBy(belmara.focal)).types.length > 1)
  await tamper(ardenia, belmara, matter)

  await go('/network/shared')
  await page.getByLabel('Kind').selectOption({ label: 'Warning' })
  await page.getByRole('button', { name: 'Show' }).click()
  const other = page.getByRole('link', { name: 'Houses marked, Lower Corve valley' })
  await other.waitFor({ state: 'detached' })
  expect(await page.locator('ul.list > li').count()).toBe(1)
  await page.getByLabel('Words').fill('nothing of the kind')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('Nothing here yet that fits.').waitFor()
  await look('/network/shared', 'network-shared')
  await page.getByRole('link', { name: 'Houses marked in the Lower Corve valley' }).click()
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
  await page.getByText('Chalk marks were seen on doors in two streets.').waitFor()
  const warning = new URL(page.url()).pathname
  await look(warning, 'network-warning')
  await page.getByLabel('Name').fill('N. Sarrin')
  await page.getByLabel('Office').fill('Focal Point of Belmara')
  await page.getByLabel('Note').fill('We watch the road from here.')
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText('Your organisation acknowledged it on').waitFor()
  await page.getByRole('button', { name: 'Open a matter of our own on it' }).click()
  await page.getByRole('link', { name: 'Our matter on it' }).waitFor()
  await look(warning, 'network-warning-answered')
  await page.getByRole('link', { name: 'Our matter on it' }).click()
  await page.waitForURL(/\/matters\//)
  await page.getByText('Taken up').first().waitFor()

  // A file goes with the matter, and comes where somebody fetches it.
  const sender = await openAs(ardenia, ardenia.focal)
  await sender.go(`/matters/${matter}`)
  const map = { name: 'Map of Lower Corve.pdf', mimeType: 'application/pdf' }
  await sender.page.getByText('Attach a file').click()
  const file = sender.page.getByLabel('File', { exact: true })
  await file.setInputFiles({ ...map, name: 'map.exe', buffer: Buffer.alloc(9) })
  await sender.page.getByRole('button', { name: 'Attach', exact: true }).click()
  await sender.page.getByText('Nothing was attached.').waitFor()
  expect(await violationsOf(sender.page)).toEqual([])
  await file.setInputFiles({ ...map, buffer: Buffer.alloc(2_000_000, 'map') })
  await sender.page.getByRole('button', { name: 'Attach', exact: true }).click()
  await sender.page.getByRole('link', { name: map.name }).waitFor()
  await until(async () => (await listedBy(belmara.focal)).types.includes('attachment'))
  const { list } = await listedBy(belmara.focal)
  const grouping = list.find(({ type }) => type === 'grouping')
  await go(`/network/shared/${grouping?.id}`)
  await page.getByText('Not fetched yet').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: /^Fetch/ }).click()
  await page.getByRole('link', { name: map.name }).waitFor()
  await look(`/network/shared/${grouping?.id}`, 'network-matter')
  await page.getByText('Homes of one community marked.').waitFor()

  await go('/network')
  await page.getByText('Ministry of River 3').first().waitFor()
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByText(/entr(y|ies) agrees?$/).waitFor()
  await look('/network', 'network')
  await page.getByText('2 other nodes, 1 in step').waitFor()
  await page.getByText(/record(s)? held for .Ministry of River 3/).waitFor()
  await page.getByText(/One record from .Ministry of River 1.* refused here/).waitFor()

  // Where it came from, the acknowledgement stands on record.
  const entries = async () =>
    (await ardenia.focal.call(docket.getMatter, { params: { matter } })).entries
  await until(async () => (await entries()).some(({ kind }) => kind === 'receipt.received'))
  await sender.go(`/matters/${matter}`)
  await sender.page.getByText('We watch the road from here.').first().waitFor()
  await sender.look(`/matters/${matter}`, 'network-acknowledged')

  await putBeside({
    network: ['11-network-full', 'network-en-light-1440'],
    'network-390': ['11-network-390-full', 'network-en-light-390'],
  })
}, 240_000)

test('a focal point sees exactly who would get a matter before a second person lets it leave', async () => {
  await mkdir(screenshots, { recursive: true })
  const [ardenia, belmara] = (await startSharers(3)) as [Sharer, Sharer, Sharer]
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ title: 'Houses marked', country: 'CRV' as CountryCode }),
  })
  const second = await secondOf(ardenia)
  const { page, go, look } = await openAs(ardenia, ardenia.focal)
  await go(`/matters/${matter}`)
  await page.getByRole('link', { name: 'Share with others' }).click()
  await page.getByText('It is shared with nobody yet.').waitFor()
  await look(`/matters/${matter}/sharing`, 'network-sharing')
  const show = page.getByRole('button', { name: 'Show who would get it' })
  const send = page.getByRole('button', { name: 'Ask a second person to approve' })
  // Nobody chosen: the node says so, and nothing can be sent.
  await show.click()
  await page.getByText('Nobody would be able to read it').waitFor()
  expect(await send.count()).toBe(0)
  for (const name of [/Ministry of River 2/, /Ministry of River 3/]) {
    await page.getByLabel(name).selectOption('audience')
  }
  await page.getByLabel('place').check()
  await show.focus()
  await page.keyboard.press('Enter')
  await page.getByText(/Ministry of River 3.* \(organisation of the State concerned\)/).waitFor()
  await send.waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.screenshot({ path: `${screenshots}network-sharing-shown.png`, fullPage: true })
  // A change is shown anew before it can be sent.
  await page.getByLabel('summary').check()
  await send.waitFor({ state: 'detached' })
  await show.click()
  await send.click()
  await page.getByText('A second person is asked.').waitFor()
  expect((await listedBy(belmara.focal)).total).toBe(0)
  expect(await approveAll(second)).toBe(1)
  await until(async () => (await listedBy(belmara.focal)).total === 1)
  await look(`/matters/${matter}/sharing`, 'network-sharing-shared')
  await page.getByText(/Its author left out: summary and place|left out: summary, place/).waitFor()
}, 120_000)
