import { z } from 'zod'

/*
 * What the lab writes down while it runs. The checker believes this and nothing that a node says of
 * itself: who may read a record stands here as the load meant it, not as a node has it in a row.
 */

const telling = {
  node: z.string(),
  object: z.string(),
  audience: z.string(),
  /** Exactly who may read it, the author among them. */
  readers: z.array(z.string()),
  /** Has its effect when it comes, even before what its author said earlier. */
  isUrgent: z.boolean(),
  /** Stands in its text and nowhere else. */
  word: z.string(),
  at: z.string(),
}

const Act = z.discriminatedUnion('kind', [
  /** A node takes part, for this organisation. */
  z.strictObject({ kind: z.literal('joined'), node: z.string(), at: z.string() }),
  /** Something is about to be told; whether it was is known only once it is acknowledged. */
  z.strictObject({ kind: z.literal('tried'), ...telling }),
  /** The node has acknowledged it: from here on it must not get lost. */
  z.strictObject({
    kind: z.literal('published'),
    ...telling,
    digest: z.string(),
    seq: z.int().positive(),
  }),
  /** Somebody takes an object back in all its versions; from here on it may be gone anywhere. */
  z.strictObject({
    kind: z.literal('withdrawing'),
    node: z.string(),
    object: z.string(),
    at: z.string(),
  }),
  /** The node has acknowledged it: from here on, once the links are whole, it must be gone. */
  z.strictObject({
    kind: z.literal('withdrawn'),
    node: z.string(),
    object: z.string(),
    at: z.string(),
  }),
  /** All links are whole again, all nodes run, and nothing more is told. */
  z.strictObject({ kind: z.literal('healed'), at: z.string() }),
])
export type Act = Readonly<z.infer<typeof Act>>
export type ActOf<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>

/** A history as it stands in its file: one act on each line. */
export const readHistory = (text: string): Act[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Act.parse(JSON.parse(line)))

/** A record as a node keeps it. */
export type Holding = {
  readonly digest: string
  readonly object: string
  readonly author: string
  readonly audience: string
  readonly seq: number
  readonly previous: string | null
  /** Hash of the record as it is kept, byte for byte; null where nothing is left of it. */
  readonly content: string | null
  /** Kept, and of no effect until what its author said before is here. */
  readonly isWaiting: boolean
}

/** What people see of an object. */
export type Readable = {
  readonly object: string
  readonly digest: string
  readonly content: string
}

/** What happened to a record on a node, in the order in which it happened. */
export type Effect = {
  readonly what: 'kept' | 'emptied' | 'shown' | 'hidden'
  readonly digest: string
}

type Refused = { readonly digest: string | null; readonly reason: string | null }

/** All that the lab found on one node at one moment. */
export type NodeState = {
  readonly node: string
  readonly at: string
  readonly holdings: readonly Holding[]
  readonly readable: readonly Readable[]
  readonly effects: readonly Effect[]
  readonly refused: readonly Refused[]
  /** The words of records that stand anywhere in the node's database, files or logs, in clear. */
  readonly words: readonly string[]
}
