import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { visit } from './browser.ts'
import { startClockedNode } from './clocked-node.ts'
import { expectNoSidewaysScroll, violationsOf } from './page-checks.ts'
import { setUp } from './people-steps.ts'
import { openPerson } from './person.ts'

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url))
const head = 'country,period,series,value,low,high\n'

test('a file is refused in words of the reader’s language, taken in without its bad row, and removed', async () => {
  const node = await startClockedNode()
  onTestFinished(node.stop)
  const page = await openPerson()
  await setUp(page, node)
  await visit(page, `${node.url}/data?lang=fr`)
  await page.getByText('Enregistrer le fichier d’un éditeur').first().click()
  const give = async (content: string) => {
    const buffer = Buffer.from(content)
    await page
      .getByLabel('Fichier')
      .setInputFiles({ name: 'mes.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  }

  await give('')
  await page.getByText('Le fichier est vide.').waitFor()
  await give('alpha,beta\n1,2\n')
  await page.getByText('Ces colonnes n’appartiennent à aucun fichier').waitFor()
  await give(`${head}TCD,2024,test.a,1,,\nXXX,2024,test.a,1,,\n`)
  await page.locator('.badrows').getByText('3').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await mkdir(screenshots, { recursive: true })
  await page.screenshot({ path: `${screenshots}data-import-fr.png`, fullPage: true })
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page, 360)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByLabel('Laisser de côté les lignes').check()
  await give(`${head}TCD,2024,test.a,1,,\nXXX,2024,test.a,1,,\n`)
  const row = page.getByRole('row').filter({ hasText: 'Tocsin' })
  await row.first().waitFor()
  await row.getByText('Supprimer').first().click()
  await row.getByRole('button', { name: /^Supprimer/ }).click()
  await row.first().waitFor({ state: 'detached' })
})
