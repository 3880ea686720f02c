import { ParseOption, XmlDocument, type XmlElement, XmlXPath } from 'libxml2-wasm'

export type AtomEntry = {
  readonly id: string
  readonly title: string
  readonly author: string
  readonly href: string
  readonly terms: readonly string[]
}

const spaces = { a: 'http://www.w3.org/2005/Atom' }

/**
 * Reads an Atom feed with a library that has no part in our writer, and throws where RFC 4287 is not
 * kept: an element that must be there once is not, an IRI is none, a date is none, an entry without
 * content has no alternate link, two entries have one id.
 */
export function readAtomFeed(xml: string): readonly AtomEntry[] {
  using document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE })
  const { root } = document
  const all = (at: XmlElement, path: string) =>
    at.find(XmlXPath.compile(path, spaces)).map((node) => node.content)
  const one = (at: XmlElement, path: string): string => {
    const found = all(at, path)
    if (found.length !== 1) throw new Error(`${found.length} of ${path}`)
    return found[0] ?? ''
  }
  const checked = (at: XmlElement) => {
    const id = one(at, 'a:id')
    new URL(id)
    const updated = one(at, 'a:updated')
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(updated)) throw new Error(updated)
    return { id, updated, title: one(at, 'a:title'), author: one(at, 'a:author/a:name') }
  }
  if (root.name !== 'feed' || root.namespaceUri !== spaces.a) throw new Error(root.name)
  const feed = checked(root)
  new URL(one(root, "a:link[@rel='self'][@type='application/atom+xml']/@href"))
  const entries = root.find(XmlXPath.compile('a:entry', spaces)).map((node) => {
    const entry = node as XmlElement
    const { updated, ...said } = checked(entry)
    if (updated > feed.updated) throw new Error('the feed is older than an entry')
    const href = one(entry, "a:link[@rel='alternate'][@type='application/cap+xml']/@href")
    new URL(href)
    return { ...said, href, terms: all(entry, 'a:category[@scheme]/@term') }
  })
  if (new Set(entries.map(({ id }) => id)).size !== entries.length) throw new Error('one id twice')
  return entries
}
