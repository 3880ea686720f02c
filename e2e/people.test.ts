import { expect, inject, test } from 'vitest'
import { openPerson, reachable } from './person.ts'

const link = reachable(inject('setUpLink') ?? '', inject('nodeUrl'))

test('the set-up link makes the first administrator, who then reads the world page signed in', async () => {
  const page = await openPerson()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(link)
  await page.getByLabel('Your name').fill('Ada First')
  await page.getByLabel('Sign-in name').fill('ada')
  await page.getByLabel('Name of the organisation').fill('Office of the Focal Point')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.waitForURL('**/world')
  await page.getByText('Ada First').waitFor()
  expect(asked.filter((url) => url.includes(new URL(link).hash.slice(1)))).toEqual([])
  expect(faults).toEqual([])
})
