import { describe, expect, test } from 'vitest'
import { withoutSharedData } from '../../../test/shared-data.ts'
import type { ImportedObservation } from './format.ts'
import { readShared } from './read-whole.ts'

describe.skipIf(withoutSharedData)('a real file', () => {
  test('of UCDP by country and year gives deaths by type, zeros among them', async () => {
    const file = await readShared('ucdp/yearly/organizedviolencecy_v25_1.csv')
    expect(file).toMatchObject({
      format: 'ucdp-country-year',
      source: 'ucdp-country-year',
      version: '25.1',
      keepBytes: false,
      rowsRead: 6936,
      leftOut: 8,
      bytesRead: 2_224_081,
    })
    expect(file.observations).toHaveLength((6936 - 8) * 3)
    const all = await readShared('starter-pack/embed-ok/ucdp_country_year_1989-2024.csv')
    expect(all).toMatchObject({ format: 'ucdp-country-year', rowsRead: 6936, leftOut: 8 })
    expect(file.bad).toHaveLength(9)
    const sorted = (rows: readonly ImportedObservation[]) =>
      rows.map((row) => JSON.stringify(row)).sort()
    expect(sorted(all.observations)).toEqual(sorted(file.observations))
  })
})
