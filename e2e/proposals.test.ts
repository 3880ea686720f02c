import { mkdir } from 'node:fs/promises'
import { convene } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import type { AmendmentId } from '@tocsin/domain/clauses.ts'
import { newId } from '@tocsin/domain/id.ts'
import { expect, test } from 'vitest'
import { convening } from '../packages/server/test/test-consultations.ts'
import { comeBack } from '../packages/server/test/test-docket.ts'
import { opening } from '../packages/server/test/test-matters.ts'
import {
  answer,
  firstOf,
  HOUR,
  settleUntil,
  stateOf,
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
import { putBeside } from './beside.ts'
import { openAs, screenshots } from './network-steps.ts'
import { violationsOf } from './page-checks.ts'

const clauses = [
  'Members deploy observers at the three posts from 27 November for thirty days.',
  'The posts stay open to people in flight; no origin or community is recorded.',
  'The regional desk reports every week.',
]
const amended =
  'Members deploy unarmed observers, two from each willing member, at the three posts from 27 November for thirty days.'

test('a text is put, amended and read anew; who has received it and who has not is seen', async () => {
  await mkdir(screenshots, { recursive: true })
  const all = (await startSharersApart(3)) as unknown as readonly [Sharer, Sharer, Sharer]
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
  await carry(ardenia, belmara)

  const { page, go, look } = await openAs(ardenia, ardenia.focal)
  await go(`/consultations/${consultation}`)
  await page.locator('summary', { hasText: 'Put a proposal' }).click()
  await page.getByLabel('Title, English').fill('Joint presence')
  await page.getByLabel('Clauses, English').fill(clauses.join('\n\n'))
  await page.getByRole('button', { name: 'Put a proposal' }).click()
  await page.getByRole('heading', { name: 'Proposal P-1, 1st reading' }).waitFor()
  const { id: proposal, text } = await firstOf(ardenia.focal, consultation)
  const one = { consultation, proposal }
  // Corvane has no link: whatever the others do, silence does not run against it.
  const linked = [ardenia, belmara]
  const [first] = text.clauses
  await carry(ardenia, belmara)
  const amendment = newId<AmendmentId>()
  const change = { kind: 'replace', clause: first?.clause, texts: { en: amended } } as never
  await belmara.focal.call(api.proposeAmendment, {
    params: { ...one, amendment },
    body: { reading: 1, change, reasons: 'Unarmed, so that nobody takes them for a party.' },
  })
  await carry(belmara, ardenia)
  await go(`/consultations/${consultation}`)
  await page.locator('summary', { hasText: 'Put the next reading' }).click()
  await page.getByLabel(/Clause 1: another text/).check()
  await page.getByRole('button', { name: 'Put the next reading' }).click()
  await page.getByRole('heading', { name: 'Proposal P-1, 2nd reading' }).waitFor()
  await page.locator('ins', { hasText: 'unarmed' }).first().waitFor()
  await carry(ardenia, belmara)
  await answer(
    belmara.focal,
    { ...one, reading: 2 },
    { kind: 'agree', note: 'We offer two observers.' },
  )
  await page.getByRole('button', { name: /agrees/ }).click()
  await page.getByText('agrees, waits for the witnesses').first().waitFor()
  await settleUntil(all, linked, async () => {
    const both = [
      await stateOf(ardenia, consultation, ardenia),
      await stateOf(ardenia, consultation, belmara),
    ]
    return both.every((member) => member?.state === 'agrees' && member.pending === null)
  })
  await go(`/consultations/${consultation}`)
  const row = page.locator('.pos tr', { hasText: 'no receipt on record' })
  await row.waitFor()
  await page.getByText('A lost connection is never consent.').waitFor()
  await page.getByRole('button', { name: 'Record receipt by telephone' }).click()
  await page.getByLabel('Who heard it with you').selectOption({ label: 'Second' })
  await page
    .getByLabel('Who heard it with you')
    .locator('xpath=ancestor::form')
    .getByRole('button')
    .click()
  await settleUntil(all, linked, async () =>
    Boolean((await stateOf(ardenia, consultation, corvane))?.receivedAt),
  )
  await go(`/consultations/${consultation}`)
  await page.getByText(/by telephone, 2 witnesses/).waitFor()
  await look(`/consultations/${consultation}`, 'proposal')
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: 'Break silence' }).isVisible()).toBe(false)
  await page.screenshot({ path: `${screenshots}proposal-print.png`, fullPage: true })
  await page.emulateMedia({ media: 'screen' })
  await putBeside({
    proposal: ['08-consultation-full', 'proposal-en-light-1440'],
    'proposal-390': ['08-consultation-390-full', 'proposal-en-dark-390'],
  })
  expect((await firstOf(ardenia.focal, consultation)).outcome).toBe('running')

  // The time is over: two officers sign the record, and anybody can check the file.
  await pass(all, 80 * HOUR)
  const later = await openAs(ardenia, ardenia.focal)
  await later.go(`/consultations/${consultation}`)
  await later.page.getByText('waits for signature').first().waitFor()
  await later.page.getByLabel('Legal basis').fill('Article 9 of the Charter')
  await later.page.getByLabel('Names of those who sign').selectOption('secretary')
  await later.page.getByRole('button', { name: 'Record and sign the decision' }).click()
  await later.page.getByText('A second person is asked to sign.').waitFor()
  await comeBack(second)
  expect(await approveAll(second)).toBe(1)
  await settleUntil(all, linked, async () =>
    Boolean((await firstOf(ardenia.focal, consultation)).decision?.provenAt),
  )
  await later.go(`/consultations/${consultation}`)
  await later.page.getByRole('link', { name: 'Save the file to check' }).waitFor()
  await later.page.locator('summary', { hasText: 'The minute as a document' }).click()
  const saving = later.page.waitForEvent('download')
  await later.page.getByRole('link', { name: 'DOCX French' }).click()
  expect((await saving).suggestedFilename()).toMatch(/^D-\d{4}-1\.docx$/)
  expect(await violationsOf(later.page)).toEqual([])
  await later.page.screenshot({ path: `${screenshots}decision.png`, fullPage: true })
  await later.page.evaluate(() => {
    document.documentElement.dataset['print'] = 'record'
  })
  await later.page.emulateMedia({ media: 'print' })
  expect(await later.page.locator('.prop').isVisible()).toBe(false)
  await later.page.getByText('Legal basis: ').waitFor()
  await later.page.screenshot({ path: `${screenshots}decision-print.png`, fullPage: true })
}, 240_000)
