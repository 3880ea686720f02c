const SCRIPT = 'script[type="module"][src]'
const FILES = '/assets/'

/** Names the application that is at work: the file it begins with, whose name carries a hash of all. */
export const buildOf = (): string =>
  document.querySelector<HTMLScriptElement>(SCRIPT)?.src.split('/').at(-1) ?? ''

/** The site's one worker; undefined where the browser has none, or the node is reached without TLS. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined
  return navigator.serviceWorker.register(`/worker.js?build=${encodeURIComponent(buildOf())}`)
}

/**
 * Keeps the files that the page in front of the reader was drawn with, so that it can be drawn without a link. They
 * hold no content and the browser has them already; from then on the worker keeps what is loaded. False where the
 * browser has no worker.
 */
export async function keepFiles(): Promise<boolean> {
  if (!(await registerWorker())) return false
  await navigator.serviceWorker.ready
  const cache = await caches.open(`tocsin-${buildOf()}`)
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
  const own = loaded.filter((name) => name.startsWith(location.origin + FILES))
  for (const name of new Set(own)) if (!(await cache.match(name))) await cache.add(name)
  return true
}
