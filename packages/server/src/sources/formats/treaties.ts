import { dayIn, needed, textIn, yearIn } from './cells.ts'
import { on, placeByIso } from './country-codes.ts'
import type { ImportedObservation } from './format.ts'
import { type Cells, eachRow, RowFault, type RowFormat } from './row-format.ts'

/** Instruments by their number in the UN Treaty Collection: chapter and treaty. */
const byNumber: Readonly<Record<string, string>> = {
  'I-4': 'icj-jurisdiction',
  'IV-1': 'genocide',
  'IV-2': 'icerd',
  'IV-3': 'icescr',
  'IV-4': 'iccpr',
  'IV-5': 'iccpr-op1',
  'IV-6': 'statutory-limitations',
  'IV-7': 'apartheid',
  'IV-8': 'cedaw',
  'IV-9': 'cat',
  'IV-9-b': 'opcat',
  'IV-11': 'crc',
  'IV-11-b': 'op-crc-ac',
  'IV-12': 'iccpr-op2',
  'IV-16': 'cped',
  'V-2': 'refugee-convention',
  'V-5': 'refugee-protocol',
  'XVIII-10': 'rome-statute',
  'XVIII-10-b': 'rome-statute-aggression',
  'XVIII-12': 'untoc',
  'XXVI-2': 'ccw',
  'XXVI-3': 'cwc',
  'XXVI-5': 'mine-ban',
  'XXVI-6': 'cluster-munitions',
  'XXVI-8': 'arms-trade',
}

/**
 * Treaties as two series each, `treaty.<code>.signed` and `treaty.<code>.bound`, with the figure 1
 * in the year of the act. A State that never acted has no figure; what happened after the file was
 * made is not in it.
 */
const acted = (
  who: Pick<ImportedObservation, 'country'>,
  year: string,
  code: string,
  act: 'bound' | 'signed',
): ImportedObservation => ({
  ...who,
  period: year,
  series: `treaty.${code}.${act}`,
  value: 1,
  low: null,
  high: null,
})

const shared = { name: 'treaties', source: 'treaties' } as const

/** Signatures and ratifications with their days, as the UN Treaty Collection lists them. */
export const treatyActions: RowFormat = {
  ...shared,
  required: ['untc_no', 'treaty', 'iso3', 'signed', 'bound', 'bound_by'],
  known: /^(participant|raw_signature|raw_action)$/,
  start: eachRow((cells) => {
    const number = needed(textIn, cells, 'untc_no')
    const code = byNumber[number]
    if (!code) throw new RowFault('series', { value: number.slice(0, 60) })
    const years = (['signed', 'bound'] as const).flatMap((act) =>
      textIn(cells, act) === '' ? [] : [[act, dayIn(cells, act).slice(0, 4)] as const],
    )
    return on(placeByIso(cells, 'iso3'), (country) => ({
      observations: years.map(([act, year]) => acted({ country }, year, code, act)),
    }))
  }),
}

/** States parties to human rights instruments with the year they were bound. */
export const treatyStatus: RowFormat = {
  ...shared,
  required: ['instrument', 'iso3', 'state_party', 'year_bound', 'status'],
  known: /^(member|signatory|no_action|note)$/,
  start: eachRow((cells) => {
    const code = codeIn(cells)
    const year = textIn(cells, 'year_bound') === '' ? undefined : yearIn(cells, 'year_bound')
    return on(placeByIso(cells, 'iso3'), (country) => ({
      observations: year === undefined ? [] : [acted({ country }, String(year), code, 'bound')],
    }))
  }),
}

function codeIn(cells: Cells): string {
  const instrument = needed(textIn, cells, 'instrument')
  if (!/^[a-z]+[0-9]?(_[a-z0-9]+)*$/.test(instrument)) {
    throw new RowFault('series', { value: instrument.slice(0, 60) })
  }
  return instrument.replaceAll('_', '-')
}
