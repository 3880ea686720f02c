import { mkdir } from 'node:fs/promises'
import * as docket from '@tocsin/api/docket.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { expect, test } from 'vitest'
import { receiveRecord } from '../packages/server/src/network/receive.ts'
import { draft, draftFor, HOUR, sign, until } from '../packages/server/test/test-docket.ts'
import { note, publish, recordOf } from '../packages/server/test/test-exchange.ts'
import { opening } from '../packages/server/test/test-matters.ts'
import {
  addOwnAuthority,
  listedBy,
  type Sharer,
  startSharers,
} from '../packages/server/test/test-sharing.ts'
import { putBeside } from './beside.ts'
import { type Opened, openAs, screenshots } from './network-steps.ts'
import { violationsOf } from './page-checks.ts'
import { shareByHand } from './sharing-steps.ts'

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

/** What a member's node said of itself: it heard from another a while ago. */
const told = ({ app }: Sharer, member: OrganisationId, from: OrganisationId, hours: number) =>
  app.db.as(system, async (tx) => {
    const at = addMilliseconds(app.clock(), -hours * HOUR)
    const heard = JSON.stringify([{ organisation: from, at }])
    const said = { software: '0.1.0', told_at: app.clock(), heard }
    const row = { member, asked_at: app.clock(), ...said }
    await tx
      .insertInto('node_account')
      .values(row)
      .onConflict((conflict) => conflict.column('member').doUpdateSet(said))
      .execute()
  })

test('a node that trusts nobody says so, to its focal point and to whoever runs it', async () => {
  await mkdir(screenshots, { recursive: true })
  const [ardenia] = (await startSharers(1)) as [Sharer]
  const alone = await openAs(ardenia, ardenia.focal)
  await alone.look('/network', 'network-alone')
  await alone.page.getByText('This node trusts no other organisation yet.').waitFor()
  const { page, go } = await openAs(ardenia, await ardenia.as('administrator'))
  await go('/network')
  await page.getByText('This node trusts no other organisation yet.').waitFor()
  expect(await page.getByRole('link', { name: 'What was shared' }).count()).toBe(0)
  await page.getByRole('navigation').getByRole('link', { name: 'Network' }).first().waitFor()
}, 180_000)

test('a focal point sees whether the network is in step, shares, and acts on what others shared', async () => {
  await mkdir(screenshots, { recursive: true })
  const nodes = (await startSharers(3)) as [Sharer, Sharer, Sharer]
  const [ardenia, belmara, corvane] = nodes
  // One node is shut down, and was silent for days before.
  await corvane.stop()
  await shareByHand(ardenia, belmara)
  const reader = await openAs(belmara, belmara.focal)
  await readAndAnswer(ardenia, belmara, reader)
  await lookAtTheNetwork(nodes, reader)
  await putBeside({
    network: ['11-network-full', 'network-en-light-1440'],
    'network-390': ['11-network-390-full', 'network-en-dark-390'],
  })
}, 400_000)

async function readAndAnswer(ardenia: Sharer, belmara: Sharer, { page, go, look }: Opened) {
  const police = await addOwnAuthority(ardenia, 'Police')
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ audience: [belmara.own], title: 'Houses marked, Lower Corve valley' }),
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
  await look(new URL(page.url()).pathname, 'network-warning')
  await page.getByLabel('Name').fill('N. Sarrin')
  await page.getByLabel('Office').fill('Focal Point of Belmara')
  await page.getByLabel('Note').fill('We watch the road from here.')
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText('Your organisation acknowledged it on').waitFor()
  await page.getByRole('button', { name: 'Open a matter of our own on it' }).click()
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

  // Where it came from, the acknowledgement stands on record.
  const entries = async () =>
    (await ardenia.focal.call(docket.getMatter, { params: { matter } })).entries
  await until(async () => (await entries()).some(({ kind }) => kind === 'receipt.received'))
  await sender.go(`/matters/${matter}`)
  await sender.page.getByText('We watch the road from here.').first().waitFor()
}

async function lookAtTheNetwork(nodes: [Sharer, Sharer, Sharer], { page, go, look }: Opened) {
  const [ardenia, belmara, corvane] = nodes
  const hours = [...Array(168).keys()].filter((ago) => ago > 0 && ago % 17 !== 0)
  await exchanged(belmara, ardenia.own, hours)
  await exchanged(belmara, corvane.own, [111, 130, 160])
  await told(belmara, ardenia.own, corvane.own, 2)
  await go('/network')
  await page.getByText('Ministry of River 3').first().waitFor()
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByText(/entr(y|ies) agrees?$/).waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save proof' }).click()
  expect((await saved).suggestedFilename()).toBe('tocsin.tlog-proof')
  await look('/network', 'network')
  await page.getByText('2 other nodes, 1 in step').waitFor()
  await page.getByText(/Ministry of River 3.*silent to us, but one other member/).waitFor()
  await page.getByText(/^the signature does not hold/).waitFor()
}
