import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { actsAtOnce } from '@tocsin/domain/network.ts'
import type { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { LabAudience } from '../acquaint.ts'
import { readersIn } from './audiences.ts'
import type { Act } from './history.ts'
import type { LabNode } from './lab-node.ts'
import { newWord } from './look.ts'

/** Something an organisation has told, of which it may tell a newer version. */
type Said = { readonly object: RecordedObject; readonly audience: LabAudience }

export type Load = {
  readonly nodes: readonly LabNode[]
  readonly audiences: readonly LabAudience[]
  readonly random: MersenneTwister
  readonly write: (act: Act) => void
}

const WARNINGS = 0.15
const NEWER_VERSIONS = 0.2
const WITHDRAWALS = 0.1

/**
 * Answers a function that has somebody tell somebody something, or take it back, and writes down what
 * came of it.
 */
export function openLoad(load: Load): () => Promise<void> {
  const { nodes, random } = load
  const saidBy = new Map<OrganisationId, Said[]>(nodes.map((node) => [node.organisation, []]))
  return async () => {
    const node = nodes[random.index(nodes.length)]
    const said = node && saidBy.get(node.organisation)
    if (!node || !said) return
    const before = said[random.index(Math.max(1, said.length))]
    const draw = random.uniform()
    if (before && draw < WITHDRAWALS) {
      // No newer version of what is being taken back, whether or not that is acknowledged.
      said.splice(said.indexOf(before), 1)
      return takeBack(node, before.object.id, load.write)
    }
    await tell(load, node, said, before && draw < WITHDRAWALS + NEWER_VERSIONS ? before : undefined)
  }
}

async function tell(
  { audiences, random, write }: Load,
  { organisation, ask }: LabNode,
  said: Said[],
  before: Said | undefined,
): Promise<void> {
  const mine = audiences.filter((one) => readersIn(one).includes(organisation))
  const audience = before?.audience ?? mine[random.index(mine.length)]
  if (!audience) return
  const word = newWord()
  const object = before ? newer(before.object, word) : draft(random, word)
  const telling = {
    node: organisation,
    object: object.id,
    audience: audience.id,
    readers: [...readersIn(audience)],
    isUrgent: actsAtOnce(object.type),
    word,
  }
  write({ kind: 'tried', ...telling, at: systemClock() })
  const order = { do: 'tell', organisation, audience: audience.id, object } as const
  // Not acknowledged: nobody knows whether it was told, and the checker allows for both.
  const done = await ask(order).catch(() => undefined)
  if (!done) return
  write({ kind: 'published', ...telling, ...done, at: systemClock() })
  if (!telling.isUrgent && !before) said.push({ object, audience })
}

async function takeBack(node: LabNode, object: string, write: Load['write']): Promise<void> {
  const { organisation } = node
  write({ kind: 'withdrawing', node: organisation, object, at: systemClock() })
  const order = { do: 'withdraw', organisation, object } as const
  const isDone = await node.ask(order).then(
    () => true,
    () => false,
  )
  if (isDone) write({ kind: 'withdrawn', node: organisation, object, at: systemClock() })
}

function draft(random: MersenneTwister, word: string): RecordedObject {
  const at = systemClock()
  const type = random.uniform() < WARNINGS ? 'atrocity-alert' : 'note'
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${crypto.randomUUID()}`,
    created: at,
    modified: at,
    object_marking_refs: [markingRef('TLP:AMBER+STRICT')],
    content: sentence(word),
    object_refs: [],
  }
}

const newer = (object: RecordedObject, word: string): RecordedObject => ({
  ...object,
  modified: systemClock(),
  content: sentence(word),
})

const sentence = (word: string): string =>
  `Houses in Sarrin were marked with chalk at night; who saw it calls it ${word}.`
