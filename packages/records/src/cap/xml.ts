import { SaxesParser } from 'saxes'

/** Why a text is not one of our Common Alerting Protocol messages; the first reason found. */
export type CapFault =
  // The bytes.
  | 'too-large'
  | 'not-utf8'
  // XML that is refused before anything is made of it, or is none.
  | 'doctype'
  | 'entity'
  | 'instruction'
  | 'not-xml-1.0'
  | 'not-well-formed'
  | 'too-deep'
  // What CAP 1.2 does not know, or knows in another place.
  | 'namespace'
  | 'attribute'
  | 'unknown-element'
  | 'wrong-order'
  | 'duplicate-element'
  | 'missing-element'
  | 'mixed-content'
  | 'bad-value'
  // A sound CAP message that our profile does not make.
  | 'not-in-profile'

/** A fault and the element it was found in, such as `alert/info/urgency`. */
export type CapRefusal = { readonly fault: CapFault; readonly at: string }

/** An element with either text or elements in it, never both. */
export type XmlElement = {
  readonly name: string
  /** Written where they are given; what we read has none. */
  readonly attributes?: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** The most that is read or written: a message must pass thin links. */
export const CAP_BYTES = 256 * 1024
/** CAP nests five deep. */
const DEPTH = 8

class Refused extends Error {
  readonly refusal: CapRefusal

  constructor(fault: CapFault, at: string) {
    super(fault)
    this.refusal = { fault, at }
  }
}

type Open = { name: string; text: string; children: XmlElement[] }

/**
 * Reads XML 1.0 in UTF-8 whose elements all belong to one namespace. Without document type, entities
 * of its own, processing instructions and attributes nothing in it can reach out or grow; comments
 * say nothing and are passed over. Never throws.
 */
export function readXml(bytes: Uint8Array, namespace: string): XmlElement | CapRefusal {
  if (bytes.length > CAP_BYTES) return { fault: 'too-large', at: '' }
  try {
    return parse(decode(bytes), namespace)
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refused('not-utf8', '')
  }
}

function parse(text: string, namespace: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: Open[] = []
  let root: XmlElement | undefined
  const at = () => open.map(({ name }) => name).join('/')
  const refuse = (fault: CapFault): never => {
    throw new Refused(fault, at())
  }
  const add = (said: string) => {
    const last = open.at(-1)
    if (last) last.text += said
  }
  parser.on('error', ({ message }) => refuse(/entity/.test(message) ? 'entity' : 'not-well-formed'))
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') refuse('not-xml-1.0')
    if (encoding !== undefined && !/^utf-8$/i.test(encoding)) refuse('not-utf8')
  })
  parser.on('doctype', () => refuse('doctype'))
  parser.on('processinginstruction', () => refuse('instruction'))
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('opentag', ({ local, uri, attributes }) => {
    open.push({ name: local, text: '', children: [] })
    if (open.length > DEPTH) refuse('too-deep')
    if (uri !== namespace) refuse('namespace')
    // Only what declares a namespace may stand here.
    const isForeign = ({ prefix, name }: { prefix: string; name: string }) =>
      prefix !== 'xmlns' && name !== 'xmlns'
    if (Object.values(attributes).some(isForeign)) refuse('attribute')
  })
  parser.on('closetag', () => {
    const { name, text: said, children } = open.at(-1) as Open
    const isBlank = /^[ \t\n]*$/.test(said)
    if (children.length > 0 && !isBlank) refuse('mixed-content')
    open.pop()
    const element = { name, text: children.length > 0 ? '' : said, children }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
  })
  parser.write(text).close()
  return root ?? refuse('not-well-formed')
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Left as they are, a reader would make a line feed or a space of them.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}
const escaped = (text: string, signs: RegExp) => text.replace(signs, (sign) => escapes[sign] ?? '')

/** The XML of an element tree, without white space between elements; text must be XML characters. */
export function writeXml(root: XmlElement, namespace: string): string {
  const write = ({ name, attributes = {}, text, children }: XmlElement): string => {
    const said = Object.entries(attributes).map(
      ([key, value]) => ` ${key}="${escaped(value, /[&<>"\r\n\t]/g)}"`,
    )
    const inner = escaped(text, /[&<>\r]/g) + children.map(write).join('')
    return `<${name}${said.join('')}>${inner}</${name}>`
  }
  const attributes = { xmlns: namespace, ...root.attributes }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write({ ...root, attributes })}`
}
