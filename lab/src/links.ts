/** How what one node sends gets to another. */
export type Weather = {
  readonly delay: number
  readonly jitter: number
  readonly loss: number
  readonly duplicate: number
  readonly reorder: number
  /** In kbit/s; 0 for no limit. */
  readonly rate: number
  /** Nothing arrives; nobody is told. */
  readonly cut: boolean
}

export const clearWeather: Weather = {
  delay: 0,
  jitter: 0,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  rate: 0,
  cut: false,
}

/** Where one node runs and listens. */
export type Site = {
  /** What stands before a command line, so that it runs there and ends when the lab is killed. */
  readonly before: readonly string[]
  readonly host: string
  readonly port: number
}

/** What joins the nodes. All directions are clear at first; both directions are set apart. */
export type Links = {
  readonly kind: 'network namespaces' | 'loopback proxies'
  /** What such links cannot do to whatever goes over them. */
  readonly leftOut: string | undefined
  readonly sites: readonly Site[]
  /** Where one node reaches another. */
  readonly address: (from: number, to: number) => { readonly host: string; readonly port: number }
  /** Answers, on one line, what was done so far to whatever went over all links. */
  readonly set: (from: number, to: number, weather: Weather) => Promise<string>
  readonly close: () => Promise<void>
}

export const NODE_PORT = 4850

/** Ends with the lab, however the lab ends. */
export const withLab = ['setpriv', '--pdeathsig', 'TERM'] as const

/** Sets all directions between all nodes. */
export async function setAll(
  links: Links,
  weather: (from: number, to: number) => Weather,
): Promise<string> {
  let counts = ''
  for (const from of links.sites.keys()) {
    for (const to of links.sites.keys()) {
      if (from !== to) counts = await links.set(from, to, weather(from, to))
    }
  }
  return counts
}
