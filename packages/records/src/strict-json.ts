import type { Json } from './canonical.ts'

/*
 * The gate before any JSON that others wrote. Two readers of one text must see one value, so what
 * parsers disagree on is refused: keys that stand twice, half characters, numbers that a double does
 * not hold, a mark of byte order. One pass, never deeper than the limit.
 */

/** Why a text is not let in. */
export type JsonFault =
  | 'too-large'
  | 'byte-order-mark'
  | 'not-utf8'
  | 'not-json'
  | 'trailing-bytes'
  | 'too-deep'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'lone-surrogate'
  | 'number'

/** The most that one object of the network may hold, in bytes. */
export const objectLimit = 256 * 1024
const depthLimit = 32

type Read =
  | { readonly value: Json }
  /** Where in the text it was found, in UTF-16 units. */
  | { readonly fault: JsonFault; readonly at: number }

/** Reads JSON that is the same to every reader, or says what keeps it from being so. */
export function readStrictJson(bytes: Uint8Array, limit = objectLimit): Read {
  if (bytes.length > limit) return { fault: 'too-large', at: limit }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { fault: 'not-utf8', at: 0 }
  }
  if (text.startsWith('\ufeff')) return { fault: 'byte-order-mark', at: 0 }
  const reader = new Reader(text)
  try {
    return { value: reader.whole() }
  } catch (error) {
    if (error instanceof Refused) return { fault: error.fault, at: reader.at }
    throw error
  }
}

class Refused extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault)
    this.fault = fault
  }
}

const space = new Set([' ', '\t', '\n', '\r'])
const numberForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
/** No number of a double has a longer text than this. */
const numberLength = 32

class Reader {
  readonly #text: string
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): Json {
    const value = this.#value(0)
    if (this.#next() !== '') throw new Refused('trailing-bytes')
    return value
  }

  #value(depth: number): Json {
    switch (this.#next()) {
      case '{':
        return this.#object(depth + 1)
      case '[':
        return this.#list(depth + 1)
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #object(depth: number): Json {
    const object: Record<string, Json> = {}
    this.#members(depth, '}', () => {
      if (this.#next() !== '"') throw new Refused('not-json')
      const key = this.#string()
      if (key === '__proto__') throw new Refused('forbidden-key')
      if (Object.hasOwn(object, key)) throw new Refused('duplicate-key')
      if (this.#next() !== ':') throw new Refused('not-json')
      this.at += 1
      object[key] = this.#value(depth)
    })
    return object
  }

  #list(depth: number): Json {
    const list: Json[] = []
    this.#members(depth, ']', () => list.push(this.#value(depth)))
    return list
  }

  #members(depth: number, end: string, readOne: () => void): void {
    if (depth > depthLimit) throw new Refused('too-deep')
    this.at += 1
    if (this.#next() === end) {
      this.at += 1
      return
    }
    for (;;) {
      readOne()
      const sign = this.#next()
      if (sign !== ',' && sign !== end) throw new Refused('not-json')
      this.at += 1
      if (sign === end) return
    }
  }

  #string(): string {
    let end = this.at + 1
    while (this.#text[end] !== '"') {
      if (end >= this.#text.length) throw new Refused('not-json')
      end += this.#text[end] === '\\' ? 2 : 1
    }
    let value: string
    try {
      // The platform knows what stands in quotes: escapes, and no bare control characters.
      value = JSON.parse(this.#text.slice(this.at, end + 1))
    } catch {
      throw new Refused('not-json')
    }
    if (!value.isWellFormed()) throw new Refused('lone-surrogate')
    this.at = end + 1
    return value
  }

  /** One text for each number, the one of RFC 8785, and none beyond what every reader holds exactly. */
  #number(): number {
    numberForm.lastIndex = this.at
    const text = numberForm.exec(this.#text)?.[0]
    if (text === undefined) throw new Refused('not-json')
    const value = text.length > numberLength ? Number.NaN : Number(text)
    if (String(value) !== text || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      throw new Refused('number')
    }
    this.at += text.length
    return value
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.at)) throw new Refused('not-json')
    this.at += word.length
    return value
  }

  /** The next sign that is no space, left where it stands; empty at the end. */
  #next(): string {
    while (space.has(this.#text[this.at] ?? '')) this.at += 1
    return this.#text[this.at] ?? ''
  }
}
