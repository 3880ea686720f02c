/** Verbal terms of likelihood, always written beside their figures. */
export type LikelihoodTerm =
  | 'remote'
  | 'very-unlikely'
  | 'unlikely'
  | 'even'
  | 'likely'
  | 'very-likely'
  | 'almost-certain'

const upTo: readonly (readonly [number, LikelihoodTerm])[] = [
  [5, 'remote'],
  [19, 'very-unlikely'],
  [44, 'unlikely'],
  [55, 'even'],
  [80, 'likely'],
  [95, 'very-likely'],
]

/** The term for whole per cent, from 0 to 100, as intelligence and climate assessments grade them. */
export function likelihoodOf(percent: number): LikelihoodTerm {
  return upTo.find(([most]) => percent <= most)?.[1] ?? 'almost-certain'
}
