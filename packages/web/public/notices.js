/*
 * Shows that there is a notice. It knows no more than that, keeps nothing, and opens the page that
 * the node named; what the page says is asked for then.
 */
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
