import { Day } from '@tocsin/domain/brand.ts'

/** The days that somebody wrote, one a line, and the first line that does not begin with one. */
export function holidaysIn(text: string): { readonly days: readonly Day[]; readonly bad?: number } {
  const lines = text.split('\n').map((line) => line.trim())
  const read = lines.map((line) => Day.safeParse(line.slice(0, 10)).data)
  const bad = lines.findIndex((line, index) => line !== '' && read[index] === undefined)
  const days = [...new Set(read.filter((day) => day !== undefined))].sort()
  return bad === -1 ? { days } : { days, bad: bad + 1 }
}
