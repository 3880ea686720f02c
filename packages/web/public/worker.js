/*
 * The one worker of this site: a browser allows no second. It shows that there is a notice, and where the node cannot
 * be reached it answers with a bare page and the application's own files. What the node says it never keeps.
 */

// Another build is another address, and so another worker with files of its own.
const build = new URL(self.location.href).searchParams.get('build')
const files = `tocsin-${build}`
const bare = '/offline'

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(files)
    await cache.add(new Request(bare, { cache: 'no-cache' }))
    await self.skipWaiting()
  }
  event.waitUntil(keep())
})

self.addEventListener('activate', (event) => {
  const clear = async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name !== files).map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(clear())
})

// Answered by the node alone: its interface, its files to save, and the pages of notices, which need no script.
const elsewhere = /^\/(api|openapi\.json|map|a|c)(\/|$)/

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || elsewhere.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

const page = (request) => fetch(request).catch(() => caches.match(bare))

/** Names carry a hash of the content: what is here is never old. */
async function asset(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    const cache = await caches.open(files)
    await cache.put(request, answer.clone())
  }
  return answer
}

// It knows no more than that there is a notice, and opens the page that the node named; what the page says is
// asked for then.
self.addEventListener('push', (event) => {
  const { title, path, tag, locale } = event.data.json()
  const shown = { tag, lang: locale, dir: locale === 'ar' ? 'rtl' : 'ltr' }
  const kept = { data: { path }, requireInteraction: true, renotify: true }
  event.waitUntil(self.registration.showNotification(title, { ...shown, ...kept }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = new URL(event.notification.data.path, self.location.origin)
  // Only pages of this node.
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url))
})
