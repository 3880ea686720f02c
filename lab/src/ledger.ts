import type { Act, ActOf, NodeState } from './history.ts'

/** What was told, as the load meant it; acknowledged or not. */
type Told = ActOf<'tried'> | ActOf<'published'>

/** What follows from a history. */
export type Ledger = {
  readonly nodes: readonly string[]
  /** By object: who told it, to exactly whom. All versions of one object have the same readers. */
  readonly told: ReadonlyMap<string, Told>
  /** By the word that stands in its text. */
  readonly toldByWord: ReadonlyMap<string, Told>
  /** Acknowledged records, by digest. */
  readonly published: ReadonlyMap<string, ActOf<'published'>>
  /** Objects that somebody began to take back, and those where that was acknowledged. */
  readonly withdrawing: ReadonlySet<string>
  readonly withdrawn: ReadonlySet<string>
  readonly healedAt: string | undefined
}

export function readLedger(history: readonly Act[]): Ledger {
  const all = <Kind extends Act['kind']>(kind: Kind) =>
    history.filter((act): act is ActOf<Kind> => act.kind === kind)
  const told = [...all('tried'), ...all('published')]
  return {
    nodes: all('joined').map(({ node }) => node),
    told: new Map(told.map((act) => [act.object, act])),
    toldByWord: new Map(told.map((act) => [act.word, act])),
    published: new Map(all('published').map((act) => [act.digest, act])),
    withdrawing: new Set(all('withdrawing').map(({ object }) => object)),
    withdrawn: new Set(all('withdrawn').map(({ object }) => object)),
    healedAt: all('healed').at(-1)?.at,
  }
}

/** Which object each record is about, as far as the history or any node knows. */
export function objectsByDigest(
  { published }: Ledger,
  states: readonly NodeState[],
): ReadonlyMap<string, string> {
  const held = states.flatMap(({ holdings }) => holdings)
  return new Map([...held, ...published.values()].map(({ digest, object }) => [digest, object]))
}

/** What nodes tell each other of their own accord: the load does not know of each. */
const ownTypes = ['audience', 'audience-key', 'withdrawal', 'receipt']

export const isOfTheNetwork = (object: string): boolean =>
  ownTypes.some((type) => object.startsWith(`${type}--`))
