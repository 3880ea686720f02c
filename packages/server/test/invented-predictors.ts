import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'

// Real codes of the Correlates of War project, so that the States are found.
const codes = [
  2, 20, 70, 90, 100, 101, 130, 135, 140, 145, 150, 155, 200, 210, 220, 230, 290, 310, 325, 350,
  380, 432, 475, 501,
]
const [first, last] = [1985, 1997]

/** The text of a predictors file like the real ones, invented: small, so that a test can build from it. */
export function inventedPredictors(seed: number): string {
  const random = new MersenneTwister(seed)
  const onset = new Map<string, number>()
  const key = (code: number, year: number) => `${code} ${year}`
  const strain = codes.map(() => random.uniform())
  codes.forEach((code, place) => {
    for (let year = first; year <= last; year++) {
      const chance = (strain[place] ?? 0) * 0.25
      onset.set(key(code, year), random.uniform() < chance ? 1 : 0)
    }
  })
  const of = (code: number, year: number) => onset.get(key(code, year)) ?? 0
  const header =
    'ewp_name,ccode,year,mk_onset,mk_onset_1,mk_onset_2,mk_onset_1or2,strain,battledeaths.log2,coup.try.5yr,year_sq'
  const rows = codes.flatMap((code, place) =>
    Array.from({ length: last - first + 1 }, (_, index) => {
      const year = first + index
      const [one, two] = [of(code, year + 1), of(code, year + 2)]
      const strainNow = ((strain[place] ?? 0) + random.uniform() / 4).toFixed(3)
      const battle = (8 * random.uniform() * (strain[place] ?? 0)).toFixed(2)
      const coup = random.uniform() < 0.2 ? 1 : 0
      const both = Math.max(one, two)
      return [
        `"State ${code}"`,
        code,
        year,
        of(code, year),
        one,
        two,
        both,
        strainNow,
        battle,
        coup,
        year ** 2,
      ].join(',')
    }),
  )
  return `${header}\n${rows.join('\n')}\n`
}
