import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sharedData, withoutSharedData } from '../../test/shared-data.ts'
import { reproduce } from './reproduce.ts'

const published = `${sharedData}ewp-2025`

/** A folder with the predictors file, changed as asked. */
function folderWith(change: (text: string) => string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-edition-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const name = readdirSync(published).find((file) => file.startsWith('prepared')) ?? ''
  cpSync(join(published, name), join(folder, name))
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')))
  return folder
}

describe.skipIf(withoutSharedData)('the published assessment', () => {
  test('is found again from its predictors file, whatever the files are called', async () => {
    const checks = await reproduce(published, 2)
    expect(checks.filter(({ agrees }) => agrees === false)).toEqual([])
    const found = Object.fromEntries(checks.map((check) => [check.what, check.found]))
    expect(found['coefficients at 4 decimals']).toBe('40/40 equal')
    expect(found['forecasts main at 4 significant digits']).toBe('168/168 equal')
    expect(found['out-of-sample forecasts within 1e-12, with ranks']).toBe('5032/5032 equal')
  }, 180_000)

  test('is refused with the line of a cell that is no number', async () => {
    const folder = folderWith((text) => text.replace(/,1960,0,/, ',1960,zero,'))
    await expect(reproduce(folder, 1)).rejects.toMatchObject({
      code: 'risk.bad-row',
      details: { line: 2, reason: 'not_a_number' },
    })
  })

  test('is refused when a column is missing, the text is not UTF-8 or the folder is not there', async () => {
    const without = folderWith((text) => text.replace('mk_onset_1or2', 'something'))
    await expect(reproduce(without, 1)).rejects.toMatchObject({ code: 'risk.no-predictors' })
    const latin = folderWith((text) =>
      Buffer.from(text.replace('Myanmar', 'Myanm\u00e4r'), 'latin1'),
    )
    await expect(reproduce(latin, 1)).rejects.toMatchObject({ code: 'risk.not-utf8' })
    await expect(reproduce('/no/such/folder', 1)).rejects.toMatchObject({ code: 'risk.no-folder' })
  })
})
