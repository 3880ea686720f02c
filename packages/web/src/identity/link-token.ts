const KEY = 'tocsin-link'

/**
 * The token behind the `#` of a link. It leaves the address bar at once, so that nobody reads it from
 * there or from the history; the tab keeps it until it is used, for a reload or a change of language.
 */
export function takeLink(): string | null {
  const token = location.hash.slice(1)
  if (token) {
    sessionStorage.setItem(KEY, token)
    history.replaceState(history.state, '', `${location.pathname}${location.search}`)
  }
  return sessionStorage.getItem(KEY)
}

/** After the link was used, or is found to be used up. */
export function forgetLink(): void {
  sessionStorage.removeItem(KEY)
}
