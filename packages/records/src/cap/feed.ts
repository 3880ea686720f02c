import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { WarningLevel } from '@tocsin/domain/level.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { RECORD } from './profile.ts'
import { writeXml, type XmlElement } from './xml.ts'

/*
 * CAP messages announced in an Atom feed (RFC 4287), as OASIS describes it in "Example Practices: CAP
 * Feeds": one entry for each message, which is fetched where its link says.
 */

/** One message of CAP: the entry that made it names it. */
export type Announced = {
  readonly digest: Sha256
  readonly at: Instant
  readonly kind: 'warning.sent' | 'warning.updated' | 'warning.cancelled'
  readonly title: string
  readonly locale: Locale
  readonly author: string
  readonly level: WarningLevel
  readonly marking: Marking
  /** Where the message is read. */
  readonly address: string
}

/** Whose feed it is, by the name of its node, and where it is read. */
type Feed = { readonly name: string; readonly address: string }

const NAMESPACE = 'http://www.w3.org/2005/Atom'
/** An empty feed changed last before there was any. */
const NEVER = '1970-01-01T00:00:00.000Z'

/** The feed in the order in which the messages are given; the same messages make the same bytes. */
export function writeFeed({ name, address }: Feed, announced: readonly Announced[]): string {
  const updated =
    announced
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? NEVER
  return writeXml(
    element('feed', [
      leaf('id', address),
      leaf('title', name),
      leaf('updated', updated),
      element('author', [leaf('name', name)]),
      link({ rel: 'self', type: 'application/atom+xml', href: address }),
      ...announced.map(entryOf),
    ]),
    NAMESPACE,
  )
}

const entryOf = (one: Announced): XmlElement =>
  element(
    'entry',
    [
      leaf('id', RECORD + one.digest),
      leaf('title', one.title),
      leaf('updated', one.at),
      element('author', [leaf('name', one.author)]),
      category('kind', one.kind),
      category('level', String(one.level)),
      category('marking', one.marking),
      link({ rel: 'alternate', type: 'application/cap+xml', href: one.address }),
    ],
    { 'xml:lang': one.locale },
  )

type Attributes = Readonly<Record<string, string>>

const element = (
  name: string,
  children: readonly XmlElement[],
  attributes: Attributes = {},
): XmlElement => ({ name, attributes, text: '', children })

const leaf = (name: string, text: string): XmlElement => ({ name, text, children: [] })

const link = (attributes: Attributes): XmlElement => element('link', [], attributes)

const category = (scheme: string, term: string): XmlElement =>
  element('category', [], { scheme: `urn:cp:warning:${scheme}`, term })
