import { z } from 'zod'
import { CAP_BYTES, type CapRefusal, readXml, writeXml, type XmlElement } from './xml.ts'

/*
 * The Common Alerting Protocol 1.2 (OASIS, 1 July 2010; ITU-T X.1303bis): its elements in the order of
 * the standard, each said once. The same shapes check, read and write a message.
 */

const namespace = 'urn:oasis:names:tc:emergency:cap:1.2'

/** Text of characters that XML 1.0 can hold. */
const Text = z.string().regex(/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u)
/** An instant to the second with a numeric offset; UTC is written `-00:00`, never `Z`. */
const CapTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/)
  .refine(isInstant)
/** Left empty, it is `en-US` by the schema. */
const Language = z.string().regex(/^([a-z]{1,8}(-[a-z0-9]{1,8})*)?$/i)
const Decimal = z.string().regex(/^[-+]?(\d+(\.\d*)?|\.\d+)$/)
const Pair = z.strictObject({ valueName: Text, value: Text })

const Resource = z.strictObject({
  resourceDesc: Text,
  mimeType: Text,
  size: z
    .string()
    .regex(/^[-+]?\d+$/)
    .optional(),
  uri: z
    .string()
    .regex(/^[!-~]*$/)
    .optional(),
  derefUri: Text.optional(),
  digest: Text.optional(),
})

const Area = z.strictObject({
  areaDesc: Text,
  polygon: z.array(Text),
  circle: z.array(Text),
  geocode: z.array(Pair),
  altitude: Decimal.optional(),
  ceiling: Decimal.optional(),
})

const categories = 'Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other'
const responses = 'Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None'

const Info = z.strictObject({
  language: Language.optional(),
  category: z.array(z.enum(categories.split(' '))).min(1),
  event: Text,
  responseType: z.array(z.enum(responses.split(' '))),
  urgency: z.enum(['Immediate', 'Expected', 'Future', 'Past', 'Unknown']),
  severity: z.enum(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']),
  certainty: z.enum(['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown']),
  audience: Text.optional(),
  eventCode: z.array(Pair),
  effective: CapTime.optional(),
  onset: CapTime.optional(),
  expires: CapTime.optional(),
  senderName: Text.optional(),
  headline: Text.optional(),
  description: Text.optional(),
  instruction: Text.optional(),
  web: z
    .string()
    .regex(/^[!-~]*$/)
    .optional(),
  contact: Text.optional(),
  parameter: z.array(Pair),
  resource: z.array(Resource),
  area: z.array(Area),
})
export type CapInfo = Readonly<z.infer<typeof Info>>

/** One message, without a signature in it: authenticity comes from the record that it names. */
export const CapAlert = z.strictObject({
  identifier: Text,
  sender: Text,
  sent: CapTime,
  status: z.enum(['Actual', 'Exercise', 'System', 'Test', 'Draft']),
  msgType: z.enum(['Alert', 'Update', 'Cancel', 'Ack', 'Error']),
  source: Text.optional(),
  scope: z.enum(['Public', 'Restricted', 'Private']),
  restriction: Text.optional(),
  addresses: Text.optional(),
  code: z.array(Text),
  note: Text.optional(),
  references: Text.optional(),
  incidents: Text.optional(),
  info: z.array(Info),
})
export type CapAlert = Readonly<z.infer<typeof CapAlert>>

function isInstant(text: string): boolean {
  const [, time = '', hours = '', minutes = ''] = /^(.{19})[-+](\d\d):(\d\d)$/.exec(text) ?? []
  const at = Date.parse(`${time}Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== time) return false
  return Number(minutes) < 60 && Number(hours) * 60 + Number(minutes) <= 14 * 60
}

type Tree = { readonly [name: string]: string | Tree | readonly (string | Tree)[] | undefined }

/** The XML of a message, or what about it cannot be written. */
export function writeAlert(alert: CapAlert): { readonly xml: string } | CapRefusal {
  const checked = CapAlert.safeParse(alert)
  if (!checked.success) return refusalOf(checked.error)
  const xml = writeXml(elementOf('alert', checked.data as Tree, CapAlert), namespace)
  const bytes = new TextEncoder().encode(xml).length
  return bytes > CAP_BYTES ? { fault: 'too-large', at: 'alert' } : { xml }
}

/** Reads any CAP 1.2 message within our subset of XML, or says what is wrong with it. Never throws. */
export function readAlert(bytes: Uint8Array): { readonly alert: CapAlert } | CapRefusal {
  const root = readXml(bytes, namespace)
  if ('fault' in root) return root
  if (root.name !== 'alert') return { fault: 'unknown-element', at: root.name }
  const tree = treeOf(root, CapAlert, 'alert')
  if (isRefusal(tree)) return tree
  const checked = CapAlert.safeParse(tree)
  return checked.success ? { alert: checked.data } : refusalOf(checked.error)
}

/** Where the schema stopped: lists are not counted, as the standard names elements. */
function refusalOf({ issues }: z.ZodError): CapRefusal {
  const names = issues[0]?.path.filter((part) => typeof part === 'string') ?? []
  return { fault: 'bad-value', at: ['alert', ...names].join('/') }
}

/** What stands at a name: whether often, whether always, and the elements in it where it is no text. */
function placeOf(schema: z.ZodType) {
  const isList = schema instanceof z.ZodArray
  const one = schema instanceof z.ZodOptional ? schema.unwrap() : schema
  const inner = isList ? schema.element : one
  return {
    isList,
    isNeeded: !schema.safeParse(isList ? [] : undefined).success,
    shape: inner instanceof z.ZodObject ? inner : undefined,
  }
}

function elementOf(name: string, tree: Tree, schema: z.ZodObject): XmlElement {
  const children = Object.entries(schema.shape).flatMap(([child, rule]) => {
    const { shape } = placeOf(rule)
    const value = tree[child]
    if (value === undefined) return []
    const values = Array.isArray(value) ? value : [value]
    return values.map((one: string | Tree) =>
      shape ? elementOf(child, one as Tree, shape) : leaf(child, one as string),
    )
  })
  return { name, text: '', children }
}

const leaf = (name: string, text: string): XmlElement => ({ name, text, children: [] })

const isRefusal = (read: object | string): read is CapRefusal =>
  typeof read === 'object' && typeof (read as CapRefusal).fault === 'string'

type Value = string | Tree

/** An element as the object that its schema describes. */
function treeOf(element: XmlElement, schema: z.ZodObject, at: string): Tree | CapRefusal {
  const misplaced = findMisplaced(element, schema, at)
  if (misplaced) return misplaced
  const tree: Record<string, Value | Value[]> = {}
  for (const [name, rule] of Object.entries(schema.shape)) {
    const { isList, isNeeded, shape } = placeOf(rule)
    const here = `${at}/${name}`
    const children = element.children.filter((child) => child.name === name)
    if (isNeeded && children.length === 0) return { fault: 'missing-element', at: here }
    const values = children.map((child) =>
      shape ? treeOf(child, shape, here) : textOf(child, here),
    )
    const refusal = values.find(isRefusal)
    if (refusal) return refusal
    const [first] = values
    if (isList) tree[name] = values as Value[]
    else if (first !== undefined) tree[name] = first as Value
  }
  return tree
}

const textOf = ({ text, children }: XmlElement, at: string): string | CapRefusal =>
  children.length > 0 ? { fault: 'mixed-content', at } : text

/** The first child that the schema does not know here, or knows in another place or once only. */
function findMisplaced(
  { text, children }: XmlElement,
  schema: z.ZodObject,
  at: string,
): CapRefusal | undefined {
  if (text.trim() !== '') return { fault: 'mixed-content', at }
  const names = Object.keys(schema.shape)
  for (const [index, { name }] of children.entries()) {
    const here = `${at}/${name}`
    if (!names.includes(name)) return { fault: 'unknown-element', at: here }
    const before = children[index - 1]?.name
    if (before === undefined) continue
    if (names.indexOf(name) < names.indexOf(before)) return { fault: 'wrong-order', at: here }
    const isTwice = before === name && !placeOf(schema.shape[name]).isList
    if (isTwice) return { fault: 'duplicate-element', at: here }
  }
  return undefined
}
