import { v7 } from 'uuid'

/** A new UUIDv7: unique, and ordered by the time it was made. The brand is the caller's. */
export function newId<Id extends string>(): Id {
  return v7() as Id
}
