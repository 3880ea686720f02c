import { createHash } from 'node:crypto'
import pg from 'pg'

/** So many statements have a name at most: each stays in the memory of every connection. */
const MOST_NAMES = 500
/** Longer ones are lists of values, which hardly come a second time in the same length. */
const LONGEST = 6000

const names = new Map<string, string>()

/** The name of a statement by its text; undefined for those that are better planned each time. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || text.length > LONGEST || names.size >= MOST_NAMES) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
  names.set(text, name)
  return name
}

type Query = (text: unknown, values?: unknown, callback?: unknown) => unknown

/**
 * A connection that gives each statement with parameters a name, so that PostgreSQL reads it once
 * and keeps its plan. Who asks is no part of a plan: the claims are read whenever it runs.
 */
export class NamingClient extends pg.Client {
  // The driver has a dozen ways to ask; whatever is no text with parameters goes on as it came.
  override query: pg.Client['query'] = ((text, values, callback) => {
    const ask = super.query as Query
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 && nameOf(text)
    return name
      ? ask.call(this, { name, text, values }, callback)
      : ask.call(this, text, values, callback)
  }) as Query as pg.Client['query']
}
