import * as api from '@tocsin/api/risk.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { EditionId } from '@tocsin/domain/risk.ts'
import { describe, expect, test } from 'vitest'
import { startTestNode } from './test-node.ts'

const latest = '2025' as EditionId
const logit = (chance: number) => Math.log(chance / (1 - chance))

describe('the risk picture', () => {
  test('is read without an account, highest risk first, with its terms', async () => {
    const { visitor } = await startTestNode()
    const editions = await visitor(api.listEditions, {})
    expect(editions.map(({ id }) => id)).toEqual(['2025', '2024'])
    const { edition, countries } = await visitor(api.getEdition, { params: { edition: latest } })
    expect(edition.countries).toBe(168)
    expect(countries).toHaveLength(168)
    expect(countries.map(({ rank }) => rank)).toEqual(
      countries.map(({ rank }) => rank).toSorted((a, b) => a - b),
    )
    expect(edition).toMatchObject({ redistributable: false, dataYear: 2024 })
    expect(edition.citation).toContain('Early Warning Project')
  })

  test('explains every chance exactly: the parts add up to the score and to its change', async () => {
    const { visitor } = await startTestNode()
    const { countries } = await visitor(api.getEdition, { params: { edition: latest } })
    for (const { country } of countries.filter((_, index) => index % 8 === 0)) {
      const answer = await visitor(api.getCountryRisk, { params: { edition: latest, country } })
      const { risk, contributions, meanLogOdds, change } = answer
      const score = contributions.reduce((sum, { logOdds }) => sum + logOdds, meanLogOdds)
      expect(Math.abs(score - logit(risk.probability))).toBeLessThan(1e-12)
      if (!change || !risk.previous) continue
      const moved = logit(risk.probability) - logit(risk.previous.probability)
      expect(Math.abs(change.data + change.model - moved)).toBeLessThan(1e-12)
      const byDriver = change.byDriver.reduce((sum, { data }) => sum + data, 0)
      expect(Math.abs(byDriver - change.data)).toBeLessThan(1e-12)
    }
  })

  test('says of Chad what the published comparison says', async () => {
    const { visitor } = await startTestNode()
    const country = 'TCD' as CountryCode
    const { risk, change } = await visitor(api.getCountryRisk, {
      params: { edition: latest, country },
    })
    expect(risk.probability).toBeCloseTo(0.08121, 5)
    expect(risk.previous?.probability).toBeCloseTo(0.1277, 4)
    expect(change?.data).toBeCloseTo(-0.465, 3)
    expect(change?.model).toBeCloseTo(-0.04, 3)
    const by = new Map(change?.byDriver.map(({ driver, data }) => [driver, data]))
    expect(by.get('partyban.new.1')).toBeCloseTo(-0.26, 3)
    expect(by.get('battledeaths.log2')).toBeCloseTo(-0.204, 3)
  })

  test('carries horizon, base rate, interval, record and baselines wherever a chance stands', async () => {
    const { visitor } = await startTestNode()
    const { edition, countries } = await visitor(api.getEdition, { params: { edition: latest } })
    expect(edition.horizon).toEqual({ from: 2025, to: 2026 })
    expect(edition.baseRate).toBeCloseTo(72 / 4864, 10)
    for (const { probability, interval80, rankInterval90, rank } of countries) {
      expect(interval80?.low).toBeLessThanOrEqual(probability)
      expect(rankInterval90?.high).toBeGreaterThanOrEqual(Math.min(rank, 30) - 29)
    }
    const { baselines, definitions } = await visitor(api.getScores, {})
    expect(baselines.map(({ name }) => name)).toContain('terror-scale')
    expect(definitions.A.misses).toHaveLength(12)
  })

  test('keeps the published scores of definitions A, R and B', async () => {
    const { visitor } = await startTestNode()
    const { definitions, baselines } = await visitor(api.getScores, {})
    const { A, R, B } = definitions
    expect(A.pooled).toMatchObject({ rows: 5032, positives: 39 })
    expect(A.pooled.caught).toEqual({ top10: 12, top20: 21, top30: 27 })
    expect(A.pooled.auc).toBeCloseTo(0.82522, 4)
    expect(A.pooled.averagePrecision).toBeCloseTo(0.03057, 4)
    expect(R.pooled).toMatchObject({ rows: 4864, positives: 37 })
    expect(R.pooled.auc).toBeCloseTo(0.8195, 4)
    expect(R.pooled.caught.top30).toBe(24)
    expect(B.pooled).toMatchObject({ rows: 4864, positives: 72 })
    expect(B.pooled.caught).toEqual({ top10: 20, top20: 37, top30: 50 })
    expect(B.pooled.auc).toBeCloseTo(0.8317, 4)
    expect(B.pooled.averagePrecision).toBeCloseTo(0.06014, 4)
    expect(B.pooled.brier).toBeCloseTo(0.01449, 5)
    expect(B.pooled.logLoss).toBeCloseTo(0.06932, 4)
    expect(B.pooled.expectedOverObserved).toBeCloseTo(1.679, 3)
    expect(B.calibration.slope).toBeCloseTo(1.15, 2)
    const terror = baselines.find(({ name }) => name === 'terror-scale')
    expect(terror?.auc).toBeCloseTo(0.861, 3)
    expect(terror?.caught.top30).toBe(56)
  })

  test('says which edition or country it does not have', async () => {
    const { visitor } = await startTestNode()
    const none = visitor(api.getEdition, { params: { edition: '1999' as EditionId } })
    await expect(none).rejects.toMatchObject({ code: 'edition.not-found' })
    const params = { edition: latest, country: 'AND' as CountryCode }
    const tiny = visitor(api.getCountryRisk, { params })
    await expect(tiny).rejects.toMatchObject({ code: 'edition.no-such-country' })
  })

  test('is exported with its terms, only the rows asked for', async () => {
    const { visitor } = await startTestNode()
    const save = (format: 'csv' | 'json' | 'hxl', region?: string) =>
      visitor(api.exportEdition, { params: { edition: latest }, query: { format, region } })
    const all = (await save('csv')).trim().split('\r\n')
    expect(all.filter((line) => /^[A-Z]{3},/.test(line))).toHaveLength(168)
    expect(all.join('\n')).toContain('Licence')
    const africa = (await save('hxl', 'Africa')).split('\r\n')
    expect(africa[1]).toContain('#country+code+v_iso3')
    expect(africa.some((line) => line.startsWith('IND,'))).toBe(false)
    expect(JSON.parse(await save('json')).countries).toHaveLength(168)
  })
})
