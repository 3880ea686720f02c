type Numbered = { readonly year: number; readonly number: number; readonly isExercise?: boolean }

/**
 * How a matter, report, warning, consultation or decision is cited: `M-2026/3`; drills are counted apart and say so.
 * The last part of a warning's is typed by whoever sends or cancels it.
 */
export function symbolOf(
  letter: 'C' | 'D' | 'M' | 'R' | 'W',
  { year, number, isExercise }: Numbered,
): string {
  return `${isExercise ? 'EX-' : ''}${letter}-${year}/${number}`
}
