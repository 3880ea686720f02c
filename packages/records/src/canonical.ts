/** Any JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * The one text of a JSON value (RFC 8785): keys in UTF-16 order, no space. Two equal values have
 * equal texts, so a hash of the text names the value. Throws a TypeError on what JSON cannot hold.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('lone surrogate')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not finite')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonicalJson(key)}:${canonicalJson(member(value, key))}`)
  return `{${members.join(',')}}`
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

function member(value: { readonly [key: string]: Json }, key: string): Json {
  const found = value[key]
  if (found === undefined) throw new TypeError(`${key} is undefined`)
  return found
}
