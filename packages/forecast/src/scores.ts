/** A chance that was given (0 to 1), what came of it (0 or 1), and the rank it had among its peers. */
export type Scored = {
  readonly chance: number
  readonly outcome: number
  /** 1 for the highest of its year; ties share the better rank. */
  readonly rank: number
  readonly year: number
}

/** How well chances told outcomes apart, and how well their size agreed with what came. */
export type Scores = {
  readonly rows: number
  readonly positives: number
  /** Area under the ROC curve: the chance that a positive row scores above a negative; ties count half. */
  readonly auc: number
  /** Mean over the years that have both outcomes of the year's own AUC. */
  readonly withinYearAuc: number
  /** Step-wise average precision, no interpolation; equal scores are one step. */
  readonly averagePrecision: number
  /** Mean squared error of the chances, and that of the base rate given to everybody. */
  readonly brier: number
  readonly brierOfBaseRate: number
  /** Mean negative log-likelihood in nats, chances kept off 0 and 1 by 1e-6. */
  readonly logLoss: number
  readonly logLossOfBaseRate: number
  /** Sum of chances over the number of positives: above 1 the chances were too high. */
  readonly expectedOverObserved: number
  /** Positives among the first 10, 20 and 30 of their year. */
  readonly caught: { readonly top10: number; readonly top20: number; readonly top30: number }
  /** Mean over the years with positives of the share caught in the top 30. */
  readonly recall30ByYear: number
}

const clip = 1e-6

/** Scores rows of one definition. Throws a RangeError when one of the two outcomes never occurs. */
export function scoreRows(rows: readonly Scored[]): Scores {
  const positives = rows.filter(({ outcome }) => outcome === 1)
  if (positives.length === 0 || positives.length === rows.length) {
    throw new RangeError('scores need rows of both outcomes')
  }
  const baseRate = positives.length / rows.length
  const within = (limit: number) => positives.filter(({ rank }) => rank <= limit).length
  const ofBaseRate = rows.map((row) => ({ ...row, chance: baseRate }))
  return {
    rows: rows.length,
    positives: positives.length,
    auc: areaUnderCurve(rows),
    withinYearAuc: mean([...byYear(rows).values()].filter(hasBoth).map(areaUnderCurve)),
    averagePrecision: averagePrecision(rows),
    brier: brier(rows),
    brierOfBaseRate: brier(ofBaseRate),
    logLoss: logLoss(rows),
    logLossOfBaseRate: logLoss(ofBaseRate),
    expectedOverObserved: sum(rows.map(({ chance }) => chance)) / positives.length,
    caught: { top10: within(10), top20: within(20), top30: within(30) },
    recall30ByYear: mean(
      [...byYear(positives).values()].map(
        (year) => year.filter(({ rank }) => rank <= 30).length / year.length,
      ),
    ),
  }
}

/** The rows of each year, in the order the years first appear. */
export function byYear<Row extends { readonly year: number }>(
  rows: readonly Row[],
): ReadonlyMap<number, readonly Row[]> {
  return Map.groupBy(rows, ({ year }) => year)
}

const hasBoth = (rows: readonly Scored[]): boolean =>
  rows.some(({ outcome }) => outcome === 1) && rows.some(({ outcome }) => outcome === 0)

/**
 * How many positives would stand among the first so many of their year if lots were drawn among rows
 * of equal chance. Whole numbers where no two are equal; a ranking that knows nothing gets its share.
 */
export function expectedCaught(
  rows: readonly Pick<Scored, 'chance' | 'outcome' | 'year'>[],
  places: number,
): number {
  const ofYears = [...byYear(rows).values()].map((year) => {
    let taken = 0
    let found = 0
    for (const { positives, negatives } of stepsOf(year)) {
      const size = positives + negatives
      found += positives * Math.min(1, Math.max(0, places - taken) / size)
      taken += size
    }
    return found
  })
  return sum(ofYears)
}

/** By mid-ranks (Mann and Whitney 1947): equal scores share the mean of their ranks. */
export function areaUnderCurve(rows: readonly Pick<Scored, 'chance' | 'outcome'>[]): number {
  const steps = stepsOf(rows)
  let below = 0
  let positives = 0
  let area = 0
  for (const step of steps.toReversed()) {
    area += step.positives * (below + step.negatives / 2)
    below += step.negatives
    positives += step.positives
  }
  return area / (positives * below)
}

function averagePrecision(rows: readonly Scored[]): number {
  let seen = 0
  let found = 0
  let area = 0
  for (const { positives, negatives } of stepsOf(rows)) {
    seen += positives + negatives
    found += positives
    area += positives * (found / seen)
  }
  return area / found
}

type Step = { positives: number; negatives: number }

/** From the highest score down, how many of each outcome stand at each different score. */
function stepsOf(rows: readonly Pick<Scored, 'chance' | 'outcome'>[]): Step[] {
  const ordered = rows.toSorted((a, b) => b.chance - a.chance)
  const steps: Step[] = []
  let last = Number.NaN
  for (const { chance, outcome } of ordered) {
    if (chance !== last) steps.push({ positives: 0, negatives: 0 })
    last = chance
    const step = steps[steps.length - 1] as Step
    if (outcome === 1) step.positives += 1
    else step.negatives += 1
  }
  return steps
}

const brier = (rows: readonly Scored[]): number =>
  mean(rows.map(({ chance, outcome }) => (chance - outcome) ** 2))

const logLoss = (rows: readonly Scored[]): number =>
  mean(
    rows.map(({ chance, outcome }) => {
      const kept = Math.min(Math.max(chance, clip), 1 - clip)
      return -Math.log(outcome === 1 ? kept : 1 - kept)
    }),
  )

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
