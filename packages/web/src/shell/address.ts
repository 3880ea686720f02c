export type Search = Readonly<Record<string, string>>

/** The address of a page in a given state: every state of a page is one that can be linked to. */
export function addressTo(path: string, search: Search = {}): string {
  const query = writeSearch(search)
  return `${path}${query}`
}

/** A query as plain text, so that addresses stay short and forms without script make the same ones. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))
  return pairs.length === 0 ? '' : `?${query}`
}

export function readSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query))
}

/** A State's page in the edition that is looked at; without one, always the newest. */
export function countryAddress(country: string, search: Search): string {
  return addressTo(`/country/${country}`, { edition: search['edition'] ?? '' })
}
