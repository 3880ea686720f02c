import { type Actor, mayOperateNode } from '@tocsin/domain/actor.ts'
import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayReadLogs } from '@tocsin/domain/transparency.ts'
import type { Facts, Rule, TableRule } from './access-facts.ts'

/* The tables of the transparency logs as both rules see them. */

/** Beyond what the node's own rounds look at while the rules are compared. */
const LATER = '2126-01-01T00:00:00Z'
const hash = () => newId().replaceAll('-', '').repeat(2)
const count = () => Math.floor(Math.random() * 2 ** 30)

const everybody = () => true
const isSystem = (actor: Actor) => actor.kind === 'system'
const worksFor: Rule = access.mayWorkOnMatter

/** What the log hands out anyway: read by all, written by the node itself. */
const published = (
  table: string,
  key: string,
  row: (facts: Facts) => object,
  rules: Partial<TableRule> = {},
): TableRule => ({
  table,
  key,
  touch: key,
  row: (facts) => ({ organisation: newId(), ...row(facts) }),
  read: everybody,
  insert: isSystem,
  ...rules,
})

export const logTableRules: readonly TableRule[] = [
  published(
    'transparency_log',
    'origin',
    () => ({ origin: newId(), size: 8, signed_at: LATER, checked_at: LATER, cosigned_size: 0 }),
    { update: isSystem },
  ),
  published('log_tile', 'n', () => ({ level: 0, n: count(), bytes: '\\x00' }), {
    update: isSystem,
    remove: isSystem,
  }),
  published('log_checkpoint', 'size', () => ({ size: count(), note: 'N', signed_at: LATER }), {
    remove: isSystem,
  }),
  published('log_cosignature', 'size', () => ({ size: count(), witness: 'W', line: 'L' }), {
    remove: isSystem,
  }),
  published('ended_log', 'origin', () => ({ origin: newId(), note: 'N', ended_at: LATER })),
  published(
    'log_entry',
    'digest',
    ({ organisation }) => ({
      organisation,
      digest: hash(),
      seq: count(),
      is_urgent: false,
      index: 1,
    }),
    { read: worksFor, insert: worksFor, update: isSystem },
  ),
  {
    table: 'known_log',
    key: 'origin',
    touch: 'address',
    row: () => ({
      origin: newId(),
      verifier_key: 'K',
      address: 'A',
      size: 0,
      read_size: 0,
      asked_at: LATER,
    }),
    read: mayReadLogs,
    insert: mayOperateNode,
    update: mayOperateNode,
  },
  {
    table: 'awaited_entry',
    key: 'digest',
    touch: 'due_at',
    row: () => ({ origin: newId(), digest: hash(), due_at: LATER }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
  },
  {
    table: 'log_finding',
    key: 'id',
    touch: 'kind',
    row: () => ({ id: newId(), origin: newId(), kind: 'fork', evidence: {}, found_at: LATER }),
    read: mayReadLogs,
    insert: isSystem,
    update: isSystem,
  },
]
