import type { Links } from './links.ts'
import { openNamespaces, whyNoNamespaces } from './namespaces.ts'
import { openProxies } from './proxies.ts'

/** Namespaces where they may be made, loopback proxies otherwise, with the reason. */
export async function openLinks(
  count: number,
  seed: number,
  wanted: 'best' | 'proxies',
): Promise<{ readonly links: Links; readonly why: string | undefined }> {
  const why = wanted === 'proxies' ? 'they were asked for' : whyNoNamespaces()
  const links = why === undefined ? openNamespaces(count, seed) : openProxies(count, seed)
  return { links: await links, why }
}
