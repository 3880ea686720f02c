import { assesses, opens, reports, reviews, type Said } from '../acts.ts'
import type { Scene } from '../stage.ts'

const DAY = 24
/** Twenty-four months. */
const MONTHS = 24
const LONG_AGO = 730
const INCIDENTS = 600
const SITUATION_REPORTS = 40
/** What came in since yesterday and lies loose, to be looked at this morning. */
const LOOSE = 9

type Land = {
  readonly matter: string
  readonly by: string
  readonly analyst: string
  readonly country: string
  readonly title: string
  readonly places: readonly string[]
  readonly groups: readonly string[]
}

/** Each watches its own State first, its own with the same questions as any other. */
const lands: readonly Land[] = [
  {
    matter: 'watch/ardenia',
    by: 'M. Oren',
    analyst: 'A. Sabel',
    country: 'XAR',
    title: 'Standing watch, Ardenia',
    places: ['Lower Corve', 'Upper Ard', 'Teshun', 'Market quarter', 'Ard crossroads'],
    groups: ['Sarrin', 'Tolme', 'herders', 'seasonal workers'],
  },
  {
    matter: 'watch/belmara',
    by: 'K. Pell',
    analyst: 'K. Pell',
    country: 'XBE',
    title: 'Standing watch, Belmara',
    places: ['Border districts', 'River port', 'Hill towns'],
    groups: ['Sarrin', 'Oudan'],
  },
  {
    matter: 'watch/region',
    by: 'S. Ilven',
    analyst: 'S. Ilven',
    country: 'XCO',
    title: 'Standing watch, Marrow and the northern pass',
    places: ['Marrow', 'Northern pass', 'Coast'],
    groups: ['Marrow villagers', 'people in flight', 'Nevie'],
  },
]

const texts: readonly ((place: string, group: string) => Said)[] = [
  (place, group) => ({ what: `A stall of ${group} was overturned in ${place}. Nobody was hurt.` }),
  (place, group) => ({ what: `Insults against ${group} were painted on a wall in ${place}.` }),
  (place, group) => ({
    what: `A quarrel over water in ${place}; two of the ${group} were hurt.`,
    harm: { injured: { low: 2, best: 2, high: 3 } },
  }),
  (place, group) => ({
    what: `A meeting in ${place} asks that ${group} be kept out of the market.`,
  }),
  (place, group) => ({
    what: `Families of ${group} left ${place} for some days after threats by telephone.`,
    harm: { displaced: { low: 10, best: null, high: 40 } },
  }),
  (place, group) => ({
    what: `A house of ${group} in ${place} burned down. The cause is not known.`,
    informationGrade: '3',
  }),
  (place, group) => ({
    what: `Elders in ${place} and ${group} agreed on a common guard for the harvest.`,
  }),
  (place, group) => ({
    what: `A young man of ${group} was found dead near ${place}. An inquiry is open.`,
    harm: { killed: { low: 1, best: 1, high: 1 } },
    someoneAtRisk: true,
  }),
]

/** The same figures each time: a story is told alike whoever loads it. */
function drawing(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const grades = ['A', 'B', 'B', 'C', 'C', 'D', 'F'] as const
const credibilities = ['1', '2', '2', '3', '4', '6'] as const

function incidents(): readonly Scene[] {
  const draw = drawing(2014)
  const pick = <Thing>(all: readonly Thing[]): Thing => all[draw(all.length)] as Thing
  return Array.from({ length: INCIDENTS }, (_, index) => {
    const land = pick(lands)
    const [place, group] = [pick(land.places), pick(land.groups)]
    const isLoose = index < LOOSE
    // The nearer to now, the more there are.
    const ago = isLoose ? 2 + draw(22) : 30 + (LONG_AGO * DAY - 60) * (draw(10_000) / 10_000) ** 1.4
    const said: Said = {
      sourceGrade: pick(grades),
      informationGrade: pick(credibilities),
      ...pick(texts)(place, group),
      place,
      groups: group,
      precision: pick(['adm-2', 'half-degree', '11-km'] as const),
    }
    return isLoose
      ? reports(ago, 'A. Sabel', null, said)
      : reports(ago, land.analyst, land.matter, said)
  })
}

function situationReports(): readonly Scene[] {
  const draw = drawing(1948)
  return Array.from({ length: SITUATION_REPORTS }, (_, index) => {
    const land = lands[index % lands.length] as Land
    const place = land.places[draw(land.places.length)] as string
    const ago = 40 + ((LONG_AGO * DAY - 100) / SITUATION_REPORTS) * index
    return reports(ago, land.analyst, land.matter, {
      kind: 'situation',
      what: `Monthly situation report, ${place}: tensions as in the month before; no report was missing.`,
      place,
      precision: 'adm-1',
      informationGrade: '2',
    })
  })
}

/** Two years of ordinary watching: 600 incidents, 40 situation reports, a review each quarter. */
export const watch: readonly Scene[] = [
  ...lands.flatMap(({ matter, by, analyst, country, title, places }) => [
    opens(LONG_AGO * DAY, analyst, matter, {
      title,
      summary:
        'What is watched without any present concern. The baseline of every State, our own first.',
      country,
      place: places[0] ?? null,
    }),
    assesses(LONG_AGO * DAY - 12, analyst, matter, {
      level: 0,
      confidence: 'moderate',
      reasons: 'Watch.',
    }),
    ...Array.from({ length: Math.floor((MONTHS * 30) / 80) }, (_, quarter) =>
      reviews((LONG_AGO - 75 - quarter * 80) * DAY, by, matter, 'Watched on, no change.', 85),
    ),
  ]),
  ...incidents(),
  ...situationReports(),
]
