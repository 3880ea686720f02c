import { v5, v7 } from 'uuid'

/** A new UUIDv7: unique, and ordered by the time it was made. The brand is the caller's. */
export function newId<Id extends string>(): Id {
  return v7() as Id
}

/** Of this product alone, so that nobody else's names meet ours. */
const NAMES = 'a1f1e7b0-6f0d-5e0e-9c57-0a6d2f7c4b11'

/** The UUIDv5 of a name: the same name has the same id on every node. */
export const idOfName = (name: string): string => v5(name, NAMES)
