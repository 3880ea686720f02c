/** A page of this node to go on to; whatever else an address names is left for the world page. */
export function ownPath(address: string | undefined): string {
  if (!address?.startsWith('/')) return '/world'
  const { origin, pathname, search, hash } = new URL(address, location.origin)
  return origin === location.origin ? `${pathname}${search}${hash}` : '/world'
}
