import type { Contribution } from '@tocsin/domain/risk.ts'
import type { Shell } from '../shell/context.ts'
import { formatNumber, formatPercent } from '../shell/format.ts'
import { driverName } from './driver-name.ts'

/** One line of reasons: a condition, or the terms that together say one condition. */
export type Reason = {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly logOdds: number
}

type Words = Pick<Shell, 't' | 'has' | 'locale'>

/** Terms that say one condition between them: a place in one of several classes, or a curve. */
const groups = ['reg', 'partyban', 'year'] as const
type Group = (typeof groups)[number]

const plain = (driver: string): string => driver.replaceAll('.', '-').replaceAll('_', '-')

/** The group a term belongs to, if it says nothing alone. */
function groupOf(driver: string): Group | undefined {
  const name = plain(driver)
  return groups.find((group) => name === group || name.startsWith(`${group}-`))
}

/** The words for a term, or for the group of terms it belongs to. */
function reasonName(words: Words, driver: string): string {
  const group = groupOf(driver)
  return group ? words.t(`country.group-${group}`) : driverName(words, driver)
}

/** Terms as people would give the reasons: groups added up, values in units that can be read. */
export function reasonsOf(words: Words, contributions: readonly Contribution[]): Reason[] {
  const single = contributions
    .filter(({ driver }) => !groupOf(driver))
    .map((one) => ({
      key: one.driver,
      name: driverName(words, one.driver),
      value: readable(words, one),
      logOdds: one.logOdds,
    }))
  const together = groups.flatMap((group) => {
    const terms = contributions.filter(({ driver }) => groupOf(driver) === group)
    if (terms.length === 0) return []
    const logOdds = terms.reduce((sum, term) => sum + term.logOdds, 0)
    const name = words.t(`country.group-${group}`)
    return [{ key: group, name, value: groupValue(words, group, terms), logOdds }]
  })
  return [...single, ...together]
}

/** Where among the classes of a group a State stands: the class whose mark is set. */
function groupValue(words: Words, group: Group, terms: readonly Contribution[]): string {
  if (group === 'year') return String(terms.find(({ driver }) => driver === 'year')?.value ?? '')
  const set = terms.find(({ value }) => value === 1)
  if (set) return driverName(words, set.driver)
  return group === 'reg' ? words.t('country.region-other') : ''
}

/** Marks that are one or nought. */
const yesNo = new Set([
  'widetargeting',
  'narrowtargeting',
  'v2csgender-binary',
  'v2mecenefm-binary',
  'minorityrule',
  'pol-killing-approved',
  'social-inequality',
  'even-civilrights',
  'repress-civilsoc',
  'social-power-dist',
  'ios-iccpr1',
  'coup-try-5yr',
  'mk-onset-prev-year',
  'newcountry',
  'mk-ever',
  'includesnonstate',
])

function readable({ t, locale }: Words, { driver, value }: Contribution): string {
  const name = plain(driver)
  if (yesNo.has(name)) return t(value === 1 ? 'country.yes' : 'country.no')
  if (name === 'discrimpop') return formatPercent(locale, value)
  // Columns hold logarithms to base 2: of the population, else of one more than the count; and the root of the rate.
  if (name === 'popsize-log2') return formatNumber(locale, Math.round(2 ** value))
  if (name.endsWith('-log2')) return formatNumber(locale, Math.round(2 ** value - 1))
  if (name.endsWith('-sqrt')) return formatNumber(locale, value ** 2, 1)
  return formatNumber(locale, value, Number.isInteger(value) ? 0 : 2)
}

/** Log-odds too small for two digits to show. */
const least = 0.01

/** What moved an estimate most, terms that say one condition added up; the largest first. */
export function moversOf(
  words: Words,
  moves: readonly { readonly driver: string; readonly moved: number }[],
  shown: number,
): { readonly name: string; readonly moved: number }[] {
  const sums = new Map<string, number>()
  for (const { driver, moved } of moves) {
    const name = reasonName(words, driver)
    sums.set(name, (sums.get(name) ?? 0) + moved)
  }
  return [...sums]
    .map(([name, moved]) => ({ name, moved }))
    .filter(({ moved }) => Math.abs(moved) >= least)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
    .slice(0, shown)
}
