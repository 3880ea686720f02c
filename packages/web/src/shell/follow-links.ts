import type { AnyRouter } from '@tanstack/react-router'

/** Answered by the node itself, not drawn here: files to save and choices kept in cookies. */
const elsewhere = /^\/(api|openapi\.json|assets|map)(\/|$)|[?&](lang|theme|text|keys)=/

/**
 * Goes to the node's own pages without loading everything anew. Links are plain links, in the hundreds
 * on some pages: one listener for all of them costs a slow phone less than a component for each. A link
 * marked `data-stay` changes the page it stands on and leaves the reader where they were.
 */
export function followLinks(router: AnyRouter, document: Document): void {
  document.addEventListener('click', (event) => {
    const link = linkOf(event)
    const href = link?.getAttribute('href')
    if (!link || !href || !isOwnPage(href) || link.hasAttribute('download')) return
    event.preventDefault()
    goTo(router, href, link.hasAttribute('data-stay'))
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== 'get') return
    event.preventDefault()
    const fields = [...new FormData(form)].filter(([, value]) => value !== '')
    const query = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]))
    goTo(router, `${new URL(form.action).pathname}?${query}`, form.hasAttribute('data-stay'))
  })
}

function goTo(router: AnyRouter, href: string, stay: boolean): void {
  void router.navigate({ href, resetScroll: !stay, replace: false })
}

const isOwnPage = (href: string): boolean => href.startsWith('/') && !elsewhere.test(href)

/** The link that a plain click of the main button asks for. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const { button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented, target } = event
  const plain = button === 0 && !(ctrlKey || metaKey || shiftKey || altKey || defaultPrevented)
  return plain && target instanceof Element ? target.closest('a') : null
}
