import { mkdir } from 'node:fs/promises'
import { convene } from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import { hashTexts } from '@tocsin/records/proposal-text.ts'
import { expect, test } from 'vitest'
import { tellTally, vote, voteSeenBy, type Where } from '../packages/server/test/test-ballots.ts'
import { convening } from '../packages/server/test/test-consultations.ts'
import { comeBack, until } from '../packages/server/test/test-docket.ts'
import { opening } from '../packages/server/test/test-matters.ts'
import { passkeyOrigin } from '../packages/server/test/test-people.ts'
import {
  firstOf,
  HOUR,
  settleUntil,
  witnessEachOther,
} from '../packages/server/test/test-proposals.ts'
import {
  approveAll,
  carry,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from '../packages/server/test/test-sharing.ts'
import { type Opened, openAs, screenshots } from './network-steps.ts'
import { violationsOf } from './page-checks.ts'
import { giveDevice } from './person.ts'

type Three = readonly [Sharer, Sharer, Sharer]

const clauses = [
  'Members deploy unarmed observers at the three posts for thirty days.',
  'The posts stay open to people in flight; no origin or community is recorded.',
]

/** A text is put to sealed ballots; the rule is read before it is chosen. */
async function putByHand(desk: Opened, consultation: string): Promise<void> {
  const { page, go } = desk
  await go(`/consultations/${consultation}`)
  await page.locator('summary', { hasText: 'Put a proposal' }).click()
  await page.getByLabel('Title, English').fill('Joint presence')
  await page.getByLabel('Clauses, English').fill(clauses.join('\n\n'))
  await page.getByLabel('Item of the agenda').selectOption('2')
  await page.getByRole('radio', { name: /^Weighted vote/ }).check()
  await page.getByLabel('Parts that are needed').fill('3')
  await page.getByLabel('Of how many parts').fill('4')
  await page.getByText('come to 3 of 4 parts of the weights of yes and no').waitFor()
  expect(await page.getByLabel(/^Weight of/).count()).toBe(3)
  // Nobody is concerned: there is no consensus without it.
  expect(await page.getByRole('radio').count()).toBe(5)
  await page.getByRole('radio', { name: /^Simple majority/ }).check()
  await page.getByLabel('A ballot may be changed').uncheck()
  await shoot(desk, 'vote-put')
  await page.getByRole('button', { name: 'Put a proposal' }).click()
  await page.getByRole('heading', { name: 'Proposal P-1, 1st reading' }).waitFor()
  await page.getByText('Adopted if more members vote yes than no').first().waitFor()
}

/** What the passkey signs is on the screen before it does; afterwards nothing can be changed. */
async function castByHand(belmara: Sharer, one: Where): Promise<void> {
  const officer = await secondOf(belmara)
  const { page, look } = await openAs({ url: passkeyOrigin(belmara.url) }, officer)
  const give = await giveDevice(page)
  await give(officer.passkey)
  const path = `/consultations/${one.consultation}`
  await look(path, 'vote-form')
  await page.getByRole('radio', { name: 'No', exact: true }).check()
  await page.getByLabel('Explanation of vote').fill('No presence without the consent of Corvane.')
  const signed = page.getByRole('region', { name: 'What your passkey signs' })
  const { text, id, reading } = await voteSeenBy(officer, one)
  const { en = '' } = hashTexts({ text, id, reading })
  await signed.getByText(en).waitFor()
  await signed.getByText('No presence without the consent').waitFor()
  await page.screenshot({ path: `${screenshots}vote-signed.png`, fullPage: true })
  await page.getByRole('button', { name: 'Sign with your passkey and cast' }).click()
  await page.getByText('Cast and on record.').waitFor()
  await page.getByRole('button', { name: 'Sign with your passkey' }).waitFor({ state: 'detached' })
}

async function shoot({ page }: Opened, name: string): Promise<void> {
  expect(await violationsOf(page), name).toEqual([])
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
}

test('a vote is put, cast by passkeys, counted by every node and recorded; what the home falsifies is named', async () => {
  await mkdir(screenshots, { recursive: true })
  const all = (await startSharersApart(3)) as Three
  const [ardenia, belmara, corvane] = all
  await witnessEachOther(all)
  const second = await secondOf(ardenia)
  const audience = [belmara.own, corvane.own]
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ audience }),
  })
  const body = convening(audience)
  const consultation = body.id
  await ardenia.focal.call(convene, { params: { matter }, body })
  await carry(ardenia, belmara, corvane)

  const path = `/consultations/${consultation}`
  await putByHand(await openAs(ardenia, ardenia.focal), consultation)
  const { id: proposal } = await firstOf(ardenia.focal, consultation)
  const one: Where = { consultation, proposal }
  await carry(ardenia, belmara, corvane)
  await castByHand(belmara, one)
  expect(await vote(belmara.focal, one, 'yes')).toBe('already-voted')
  expect(await vote(ardenia.focal, one, 'yes')).toBe(null)
  expect(await vote(corvane.focal, one, 'yes', { explanation: 'For thirty days.' })).toBe(null)
  await settleUntil(
    all,
    all,
    async () => (await voteSeenBy(ardenia.focal, one)).ballots.taking === 3,
  )
  const sealed = await openAs(ardenia, ardenia.focal)
  await sealed.go(path)
  await sealed.page.getByText('The tally is shown when voting has ended.').waitFor()
  expect(await sealed.page.content()).not.toMatch(/consent of Corvane|For thirty days\./)
  await sealed.page.getByText('had voted already; the first ballot counts').waitFor()
  await shoot(sealed, 'vote-sealed')

  await pass(all, 80 * HOUR)
  await settleUntil(all, all, async () => {
    const { outcome, ballots } = await voteSeenBy(ardenia.focal, one)
    return outcome === 'adopted' && ballots.told !== null
  })
  const desk = await openAs(ardenia, ardenia.focal)
  const { page, go } = desk
  await go(path)
  await page.getByText('counted and came to the same').waitFor()
  await page.getByLabel('Legal basis').fill('Article 9 of the Charter')
  await page.getByRole('button', { name: 'Record and sign the decision' }).click()
  await page.getByText('A second person is asked to sign.').waitFor()
  await comeBack(second)
  expect(await approveAll(second)).toBe(1)
  await settleUntil(all, all, async () =>
    Boolean((await firstOf(ardenia.focal, consultation)).decision?.provenAt),
  )
  await go(path)
  await page.getByRole('link', { name: 'Save the file to check' }).waitFor()
  const record = page.getByRole('region', { name: 'Record of the decision' })
  await record.getByText('Simple majority: yes 2, no 1, abstaining 0, not voting 0.').waitFor()
  await record.getByText('No presence without the consent of Corvane.').waitFor()
  await shoot(desk, 'vote-decided')

  // A home that tells another result is named, and what it did is said.
  await tellTally(ardenia, one, (tally) => ({
    ...tally,
    counted: tally.counted.filter(({ organisation }) => organisation !== belmara.own),
  }))
  await carry(ardenia, belmara, corvane)
  const there = await openAs(belmara, belmara.focal)
  await until(async () => (await voteSeenBy(belmara.focal, one)).ballots.told?.isOurs === false)
  await there.go(path)
  await there.page
    .getByText(/left a ballot out of its count that counts/)
    .first()
    .waitFor()
  await there.page.getByText(/This node stands by its own count/).waitFor()
  await there.look(path, 'vote-findings')
}, 240_000)
