import { expect, onTestFinished, test } from 'vitest'
import { startClockedNode } from './clocked-node.ts'
import { button, invite, join, open, password, setUp } from './people-steps.ts'
import { codeOf, openPerson, reachable } from './person.ts'

const MINUTE_MS = 60_000

/** A node of the test's own; it stops after the browsers, which were opened later. */
async function openNode() {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  return node
}

test('an account is kept by its person: ways of signing in added and removed, the last one kept', async () => {
  const node = await openNode()
  const ada = await openPerson()
  await setUp(ada, node)
  await ada.goto(`${node.url}/account`)

  // The only passkey is the last way of signing in.
  await button(ada, 'Remove First passkey').click()
  await ada.getByText('This is your last way to sign in').waitFor()

  // The device has a passkey for this account already, and says so.
  await ada.getByLabel('Name of the new passkey').fill('The same device')
  await button(ada, 'Add a passkey').click()
  await ada.getByText('This passkey is registered already').waitFor()

  await button(ada, 'Set a password and an authenticator').click()
  const key = (await ada.locator('code.key').textContent()) ?? ''
  await ada.getByLabel('New password').fill('password1234')
  await ada.getByLabel('Code', { exact: true }).fill(codeOf(key, node.now()))
  await button(ada, 'Keep password and authenticator').click()
  await ada.getByText('among those that are guessed first').waitFor()
  await ada.getByLabel('New password').fill(password)
  await button(ada, 'Keep password and authenticator').click()
  await ada.getByText('Your recovery codes.').waitFor()
  await button(ada, 'I have kept the codes').click()
  await ada.getByText('10 recovery codes are left').waitFor()

  // Once the proof is old, password and code prove it as well as the passkey; refusing to changes nothing.
  node.advance(10 * MINUTE_MS)
  await button(ada, 'Remove First passkey').click()
  const dialog = ada.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await ada.getByText('This act needs your passkey or a code again').waitFor()
  await button(ada, 'Remove First passkey').click()
  await dialog.getByText('Use password and code instead').click()
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(key, node.now()))
  await dialog.getByRole('button', { name: 'Confirm with password and code' }).click()
  await ada.getByText('You have no passkey').waitFor()

  await button(ada, 'Sign out everywhere').click()
  await ada.waitForURL('**/sign-in')
})

test('a lost account is given back by a link, and its old ways of signing in end', async () => {
  const node = await openNode()
  const ada = await openPerson()
  await setUp(ada, node)
  const ben = await openPerson()
  const key = await join(ben, node, await invite(ada, node))

  await ada.reload()
  const item = ada
    .getByRole('listitem')
    .filter({ has: ada.getByRole('heading', { name: 'Ben Second' }) })
  await item.getByText('Give the account back', { exact: true }).first().click()
  await item.getByRole('button', { name: 'Give the account back Ben Second' }).click()
  const link = reachable((await item.locator('.once code').textContent()) ?? '', node.url)

  const found = await openPerson()
  await found.goto(link)
  await found.getByRole('heading', { name: 'Get your account back' }).waitFor()
  await found.getByLabel('Sign-in name').fill('ben.second')
  await button(found, 'Continue').click()
  await button(found, 'Make a passkey').click()
  await found.waitForURL(/\/(docket|world)$/)
  await found.locator('.own summary').getByText('Ben Second').waitFor()

  // The link works once, and the password no more.
  await ben.goto(link)
  await ben.getByText('This link was used, has expired or was withdrawn').waitFor()
  node.advance(MINUTE_MS)
  await ben.goto(`${node.url}/account`)
  await ben.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await open(ben, 'Use password and code instead')
  await ben.getByLabel('Sign-in name').fill('ben.second')
  await ben.getByLabel('Password').fill(password)
  await ben.getByLabel('Code', { exact: true }).fill(codeOf(key, node.now()))
  await button(ben, 'Sign in with password and code').click()
  await ben.getByText('These details do not match an account').waitFor()
})

test('the page without script asks for nothing that it could not keep, and says where it can be done', async () => {
  const node = await openNode()
  const page = await openPerson()
  await page.goto(`${node.url}/sign-in?text=1`)
  await page.getByText('Nobody has an account on this node yet').waitFor()
  await setUp(await openPerson(), node)
  await page.goto(`${node.url}/sign-in`)
  expect(await page.locator('input[type=password]').count()).toBe(0)
  await page.locator('main').getByText('Forms that change something need the full page').waitFor()
})
