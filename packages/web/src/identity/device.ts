const browsers = {
  Edg: 'Edge',
  OPR: 'Opera',
  Firefox: 'Firefox',
  Chrome: 'Chrome',
  Safari: 'Safari',
}
const systems = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  'Mac OS': 'macOS',
  Linux: 'Linux',
}

/** Browser and system out of what a browser calls itself; all of it where neither is known. */
export function deviceIn(agent: string): string {
  // The order matters: each browser also names those it wants to be taken for.
  const named = [browsers, systems].flatMap(
    (names) => Object.entries(names).find(([mark]) => agent.includes(mark))?.[1] ?? [],
  )
  return named.join(', ') || agent
}
