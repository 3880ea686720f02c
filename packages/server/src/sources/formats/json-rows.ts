import { Problem } from '@tocsin/domain/problem.ts'
import type { RowReason } from '@tocsin/domain/source.ts'
import { longestLine, newlines } from './text.ts'

/** One record of a JSON text, its nested values under dotted names. */
export type JsonRecord = {
  readonly line: number
  readonly fields: ReadonlyMap<string, string>
  readonly fault?: RowReason
}

const marks = /["{}[\]]/g
const endOfString = /["\\]/g
// Publishers nest five levels at most; brackets without end would fill the memory.
const deepest = 50

/**
 * The objects that stand directly in a list, whatever lies around the list: a publisher's answer,
 * its pages one after the other, or a collection of features. Each is parsed for itself, so that
 * a file of any length is read in little memory and a bad record has its line.
 */
export async function* jsonRecords(
  text: AsyncIterable<string>,
): AsyncGenerator<readonly JsonRecord[]> {
  const scan = new RecordScan()
  for await (const piece of text) {
    const records = scan.read(piece)
    if (records.length > 0) yield records
  }
  scan.end()
}

class RecordScan {
  #rest = ''
  #at = 0
  #line = 1
  #inString = false
  /** What is open, innermost last: `{`, `[`, or `R` for a record. */
  readonly #open: string[] = []

  read(piece: string): readonly JsonRecord[] {
    this.#rest += piece
    const records: JsonRecord[] = []
    let start = this.#open.includes('R') ? 0 : -1
    let done = 0
    for (let mark = this.#next(); mark !== ''; mark = this.#next()) {
      const at = this.#at - 1
      if (mark === '{' && this.#open.at(-1) === '[' && start === -1) {
        this.#open.push('R')
        start = at
        this.#line += newlines(this.#rest.slice(done, start))
        done = start
      } else if (mark === '{' || mark === '[') this.#nest(mark)
      else if (this.#close(mark) === 'R') {
        const record = this.#rest.slice(start, this.#at)
        records.push({ line: this.#line, ...parsed(record) })
        this.#line += newlines(record)
        done = this.#at
        start = -1
      }
    }
    this.#keepFrom(start === -1 ? this.#at : start, done)
    return records
  }

  end(): void {
    const cut = this.#open.length > 0 || this.#inString
    if (cut) throw new Problem('source.cut-off', { line: this.#line })
  }

  #keepFrom(kept: number, done: number): void {
    this.#line += newlines(this.#rest.slice(done, kept))
    this.#rest = this.#rest.slice(kept)
    this.#at -= kept
    if (this.#rest.length > longestLine) {
      throw new Problem('source.line-too-long', { line: this.#line })
    }
  }

  /** The next bracket outside strings, or nothing when the text so far has none. */
  #next(): string {
    for (;;) {
      if (this.#inString && !this.#leaveString()) return ''
      marks.lastIndex = this.#at
      const found = marks.exec(this.#rest)
      this.#at = found ? found.index + 1 : this.#rest.length
      if (!found) return ''
      if (found[0] !== '"') return found[0]
      this.#inString = true
    }
  }

  #leaveString(): boolean {
    for (;;) {
      endOfString.lastIndex = this.#at
      const found = endOfString.exec(this.#rest)
      const escaping = found?.[0] === '\\'
      if (!found || (escaping && found.index + 1 >= this.#rest.length)) {
        this.#at = found ? found.index : this.#rest.length
        return false
      }
      this.#at = found.index + (escaping ? 2 : 1)
      if (!escaping) {
        this.#inString = false
        return true
      }
    }
  }

  #nest(mark: string): void {
    if (this.#open.length >= deepest) throw new Problem('source.not-json', { line: this.#line })
    this.#open.push(mark)
  }

  #close(mark: string): string {
    const opened = this.#open.pop()
    const fits = mark === ']' ? opened === '[' : opened === '{' || opened === 'R'
    if (!opened || !fits) throw new Problem('source.not-json', { line: this.#line })
    return opened
  }
}

function parsed(text: string): Omit<JsonRecord, 'line'> {
  const fields = new Map<string, string>()
  try {
    flatten(JSON.parse(text), '', fields)
  } catch {
    return { fields, fault: 'not-json' }
  }
  return { fields }
}

// A feature of a map holds its columns as properties and its place as coordinates.
function flatten(
  object: Readonly<Record<string, unknown>>,
  under: string,
  into: Map<string, string>,
) {
  for (const [name, value] of Object.entries(object)) {
    if (Array.isArray(value)) into.set(under + name, value.join(' ').slice(0, 1000))
    else if (typeof value === 'object' && value !== null) {
      const below = name === 'properties' ? under : `${under}${name}.`
      flatten(value as Readonly<Record<string, unknown>>, below, into)
    } else into.set(under + name, value === null ? '' : String(value))
  }
}
