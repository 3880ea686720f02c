import type { Rule } from './check.ts'
import type { Act, Effect, NodeState } from './history.ts'
import type { ModelRun } from './model-network.ts'

/** What a network with a bug would leave behind, made from a run in which everything was right. */
export type PlantedBug = {
  readonly rule: Rule
  /** Undefined where the run has nothing that the bug could spoil. */
  readonly plant: (run: ModelRun, pick: Pick) => ModelRun | undefined
}

/** Chooses one, always the same for the same seed. */
export type Pick = <T>(all: readonly T[]) => T | undefined

const withNode = (run: ModelRun, node: string, change: Partial<NodeState>): ModelRun => ({
  ...run,
  finals: run.finals.map((state) => (state.node === node ? { ...state, ...change } : state)),
})

const published = ({ history }: ModelRun) => history.filter((act) => act.kind === 'published')
const withdrawnIn = ({ history }: ModelRun) =>
  new Set(history.flatMap((act) => (act.kind === 'withdrawn' ? act.object : [])))

/** An acknowledged record that nobody took back, and one of those who read it besides its author. */
function pickRead(run: ModelRun, pick: Pick) {
  const taken = withdrawnIn(run)
  const act = pick(
    published(run).filter(({ object, readers }) => !taken.has(object) && readers.length > 1),
  )
  const reader =
    act && pick(run.finals.filter((s) => act.readers.includes(s.node) && s.node !== act.node))
  return act && reader && { act, reader }
}

/** A record that was taken back, and one of those who erased it. */
function pickErased(run: ModelRun, pick: Pick, what: Effect['what']) {
  const taken = withdrawnIn(run)
  const targets = new Set(
    published(run).flatMap(({ object, digest }) => (taken.has(object) ? digest : [])),
  )
  const erased = run.finals.flatMap((state) =>
    state.effects
      .filter((effect) => effect.what === what && targets.has(effect.digest))
      .map(({ digest }) => ({ state, digest })),
  )
  return pick(erased)
}

function pickOutsider(run: ModelRun, pick: Pick) {
  const pairs = published(run).flatMap((act) =>
    run.finals.filter(({ node }) => !act.readers.includes(node)).map((state) => ({ act, state })),
  )
  return pick(pairs)
}

/** Names of bugs that such software has had, and the rule that must see each. */
export const plantedBugs: Readonly<Record<string, PlantedBug>> = {
  'a reader loses a record in a crash': {
    rule: 'lost',
    plant: (run, pick) => {
      const found = pickRead(run, pick)
      if (!found) return undefined
      const { act, reader } = found
      const isOther = ({ digest }: { digest: string }) => digest !== act.digest
      return withNode(run, reader.node, {
        holdings: reader.holdings.filter(isOther),
        readable: reader.readable.filter(isOther),
        effects: reader.effects.filter(isOther),
      })
    },
  },
  'a record is acknowledged before it is committed': {
    rule: 'lost',
    plant: (run, pick) => {
      const act = pick(published(run))
      if (!act) return undefined
      const never: Act = { ...act, object: 'report--never', digest: 'never', seq: act.seq + 1_000 }
      return { ...run, history: [...run.history, never] }
    },
  },
  'a record waits for ever for one that is here': {
    rule: 'lost',
    plant: (run, pick) => {
      const found = pickRead(run, pick)
      if (!found) return undefined
      const { act, reader } = found
      const holdings = reader.holdings.map((one) =>
        one.digest === act.digest ? { ...one, isWaiting: true } : one,
      )
      return withNode(run, reader.node, { holdings })
    },
  },
  'what comes twice has its effect twice': {
    rule: 'twice',
    plant: (run, pick) => {
      const state = pick(run.finals.filter(({ effects }) => effects.length > 0))
      const effect = state && pick(state.effects)
      return state && effect && withNode(run, state.node, { effects: [...state.effects, effect] })
    },
  },
  'a record is shown before what its author said earlier': {
    rule: 'out-of-order',
    plant: (run, pick) => {
      const plain = published(run).filter(({ isUrgent }) => !isUrgent)
      const pairs = run.finals.flatMap((state) => {
        const placeOf = (digest: string) =>
          state.effects.findIndex((one) => one.what === 'shown' && one.digest === digest)
        return plain.flatMap((one) =>
          plain
            .filter((other) => isBefore(one, other))
            .map((other) => ({ state, from: placeOf(one.digest), to: placeOf(other.digest) }))
            .filter(({ from, to }) => from >= 0 && to >= 0),
        )
      })
      const pair = pick(pairs)
      if (!pair) return undefined
      const { state, from, to } = pair
      const [one, other] = [state.effects[from], state.effects[to]]
      if (!one || !other) return undefined
      return withNode(run, state.node, { effects: state.effects.with(from, other).with(to, one) })
    },
  },
  'an author leaves out a number': {
    rule: 'gap',
    plant: (run, pick) => {
      const state = pick(run.finals.filter(({ holdings }) => holdings.length > 0))
      const last = state && pick(state.holdings)
      if (!state || !last) return undefined
      const isLater = (one: typeof last) =>
        one.author === last.author && one.audience === last.audience && one.seq >= last.seq
      const holdings = state.holdings.map((one) =>
        isLater(one) ? { ...one, seq: one.seq + 1 } : one,
      )
      return withNode(run, state.node, { holdings })
    },
  },
  'an author restored from a backup numbers anew': {
    rule: 'fork',
    plant: (run, pick) => {
      const act = pick(published(run))
      if (!act) return undefined
      const other: Act = { ...act, object: 'report--other', digest: 'other', word: 'other' }
      return { ...run, history: [...run.history, other] }
    },
  },
  'whoever is shut out is sent it all the same': {
    rule: 'leaked',
    plant: (run, pick) => {
      const found = pickOutsider(run, pick)
      const original = run.finals
        .flatMap(({ holdings }) => holdings)
        .find(({ digest, content }) => digest === found?.act.digest && content !== null)
      if (!found || !original) return undefined
      const { node, holdings } = found.state
      return withNode(run, node, { holdings: [...holdings, original] })
    },
  },
  'whoever is shut out is shown it for a moment': {
    rule: 'leaked',
    plant: (run, pick) => {
      const found = pickOutsider(run, pick)
      if (!found) return undefined
      const { node, effects } = found.state
      const { digest } = found.act
      return withNode(run, node, {
        effects: [...effects, { what: 'shown', digest }, { what: 'hidden', digest }],
      })
    },
  },
  'a relay writes what it carries into its log': {
    rule: 'leaked',
    plant: (run, pick) => {
      const found = pickOutsider(run, pick)
      if (!found) return undefined
      const { node, words } = found.state
      return withNode(run, node, { words: [...words, found.act.word] })
    },
  },
  'a node makes up a record': {
    rule: 'invented',
    plant: (run, pick) => {
      const state = pick(run.finals)
      if (!state) return undefined
      const made = { object: 'report--made-up', digest: 'made-up', content: 'made up' }
      return withNode(run, state.node, { readable: [...state.readable, made] })
    },
  },
  'a byte changes on the way': {
    rule: 'differs',
    plant: (run, pick) => {
      const found = pickRead(run, pick)
      if (!found) return undefined
      const { act, reader } = found
      const holdings = reader.holdings.map((one) =>
        one.digest === act.digest ? { ...one, content: `${one.content}.` } : one,
      )
      return withNode(run, reader.node, { holdings })
    },
  },
  'what was not acknowledged reaches some of its readers': {
    rule: 'differs',
    plant: (run, pick) => {
      const known = new Set(published(run).map(({ digest }) => digest))
      const loose = run.finals.flatMap((state) =>
        state.holdings
          .filter(({ content, author }) => content !== null && author !== state.node)
          .filter(({ digest }) => !known.has(digest))
          .map(({ digest }) => ({ state, digest })),
      )
      const one = pick(loose)
      if (!one) return undefined
      const holdings = one.state.holdings.filter(({ digest }) => digest !== one.digest)
      return withNode(run, one.state.node, { holdings })
    },
  },
  'a reader stays with the older version': {
    rule: 'not-shown',
    plant: (run, pick) => {
      const stale = run.finals.flatMap((state) =>
        state.readable.flatMap((shown) => {
          const older = state.holdings.find(
            ({ object, digest, content }) =>
              object === shown.object && digest !== shown.digest && content !== null,
          )
          return older ? [{ state, shown, older }] : []
        }),
      )
      const found = pick(stale)
      if (!found) return undefined
      const { state, shown, older } = found
      const readable = state.readable.map((one) =>
        one === shown ? { ...one, digest: older.digest } : one,
      )
      return withNode(run, state.node, { readable })
    },
  },
  'a reader erases the record and not what people read': {
    rule: 'not-erased',
    plant: (run, pick) => {
      const found = pickErased(run, pick, 'hidden')
      if (!found) return undefined
      const { state, digest } = found
      const object = published(run).find((act) => act.digest === digest)?.object ?? ''
      const left = { object, digest, content: 'still there' }
      return withNode(run, state.node, { readable: [...state.readable, left] })
    },
  },
  'a word of what was erased stays in an index': {
    rule: 'not-erased',
    plant: (run, pick) => {
      const found = pickErased(run, pick, 'emptied')
      const word = published(run).find(({ digest }) => digest === found?.digest)?.word
      if (!found || !word) return undefined
      return withNode(run, found.state.node, { words: [...found.state.words, word] })
    },
  },
  'what was erased comes back from a peer, and is erased again': {
    rule: 'returned',
    plant: (run, pick) => {
      const found = pickErased(run, pick, 'emptied')
      if (!found) return undefined
      const { state, digest } = found
      const back: Effect[] = [
        { what: 'kept', digest },
        { what: 'emptied', digest },
      ]
      return withNode(run, state.node, { effects: [...state.effects, ...back] })
    },
  },
  'a record is refused without a word': {
    rule: 'no-reason',
    plant: (run, pick) => {
      const state = pick(run.finals)
      if (!state) return undefined
      return withNode(run, state.node, {
        refused: [...state.refused, { digest: null, reason: null }],
      })
    },
  },
  'the nodes agree too late': {
    rule: 'late',
    plant: (run, pick) => {
      const state = pick(run.finals)
      return state && withNode(run, state.node, { at: '2026-03-01T10:02:00.001Z' })
    },
  },
  'a node is not looked at': {
    rule: 'nothing-shown',
    plant: (run, pick) => {
      const state = pick(run.finals)
      return { ...run, finals: run.finals.filter((one) => one !== state) }
    },
  },
}

type Said = ReturnType<typeof published>[number]

const isBefore = (one: Said, other: Said): boolean =>
  one.node === other.node && one.audience === other.audience && one.seq < other.seq
