/**
 * A page of this node to go on to; whatever else an address names is left for where everybody
 * begins. Whole, because a path that begins with two slashes, as `/..//other.example` does, is another site's address.
 */
export function ownAddress(address: string | undefined, own: string): string {
  const start = new URL('/', own).href
  if (!address?.startsWith('/') || !URL.canParse(address, own)) return start
  const { origin, href } = new URL(address, own)
  return origin === own ? href : start
}
