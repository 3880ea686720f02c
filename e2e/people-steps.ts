import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ClockedNode } from './clocked-node.ts'
import { codeOf, reachable } from './person.ts'

export const password = 'seven quiet rivers under glass'

/** The button of exactly this name. */
export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true })
/** Unfolds the part with this heading. */
export const open = (page: Page, name: string) =>
  page.getByText(name, { exact: true }).first().click()

/** The set-up link, followed with a passkey. */
export async function setUp(page: Page, node: ClockedNode): Promise<void> {
  await page.goto(reachable(node.setUpLink, node.url))
  await page.getByLabel('Your name').fill('Ada First')
  await page.getByLabel('Sign-in name').fill('ada')
  await page.getByLabel('Name of the organisation').fill('Office of the Focal Point')
  await button(page, 'Continue').click()
  await button(page, 'Make a passkey').click()
  await page.waitForURL(/\/(docket|world)$/)
}

/** A new invitation; the passkey is shown again where the last proof is too old. */
export async function invite(page: Page, node: ClockedNode): Promise<string> {
  await page.goto(`${node.url}/people`)
  await page.getByRole('link', { name: 'Office of the Focal Point' }).click()
  await button(page, 'Make an invitation').click()
  const proof = page.getByRole('dialog').getByRole('button', { name: 'Show your passkey' })
  const link = page.locator('.once code')
  await proof.or(link).first().waitFor()
  if (await proof.isVisible()) await proof.click()
  return reachable((await link.textContent()) ?? '', node.url)
}

/** An invitation, accepted with password and authenticator; answers the authenticator's key. */
export async function join(page: Page, node: ClockedNode, link: string): Promise<string> {
  await page.goto(link)
  await page.getByText('Office of the Focal Point').waitFor()
  await page.getByLabel('Your name').fill('Ben Second')
  await page.getByLabel('Sign-in name').fill('ben.second')
  await button(page, 'Continue').click()
  await open(page, 'Use password and code instead')
  const key = (await page.locator('code.key').textContent()) ?? ''
  await page.getByLabel('New password').fill(password)
  await page.getByLabel('Code', { exact: true }).fill(codeOf(key, node.now()))
  await button(page, 'Make the account').click()
  await page.getByText('Your recovery codes.').waitFor()
  expect((await page.locator('.once code').textContent())?.split('\n')).toHaveLength(10)
  await button(page, 'I have kept the codes').click()
  await page.waitForURL(/\/(docket|world)$/)
  return key
}

/** Out by the menu, which names who is signed in. */
export async function signOut(page: Page, name: string): Promise<void> {
  await page.locator('.own summary').click()
  expect(await page.locator('.own summary').textContent()).toContain(name)
  await button(page, 'Sign out').click()
  await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor()
}
