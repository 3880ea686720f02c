/** Prints a figure beside its limit; one that is not met makes the whole measurement fail. */
export function againstLimit(what: string, figure: number, limit: number, unit: string): void {
  const met = figure <= limit
  const said = figure < 100 ? figure.toFixed(2) : figure.toFixed(0)
  const ratio = (figure / limit).toFixed(2)
  console.log(
    `${what}: ${said} ${unit} (limit ${limit}, ratio ${ratio})  ${met ? 'met' : 'NOT MET'}`,
  )
  if (!met) process.exitCode = 1
}
