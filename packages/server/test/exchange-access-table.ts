import { newId } from '@tocsin/domain/id.ts'
import * as access from '@tocsin/domain/network-access.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* The tables by which records travel, as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'
const hash = () => newId().replaceAll('-', '').repeat(2)
let turn = 0

const isSystem: Rule = ({ kind }) => kind === 'system'
const publishes: Rule = (actor, facts) => access.mayPublish(actor, facts)
const operates: Rule = (actor) => access.mayReadFaults(actor)

export const exchangeTableRules: readonly TableRule[] = [
  {
    table: 'record_head',
    key: 'audience_id',
    touch: 'seq',
    row: ({ organisation }) => ({ organisation, audience_id: newId(), seq: 0, known_seq: 0 }),
    read: publishes,
    insert: publishes,
    update: publishes,
  },
  {
    table: 'record_queue',
    key: 'id',
    touch: 'urgency',
    row: ({ organisation }) => ({
      id: ++turn,
      member: newId(),
      digest: hash(),
      organisation,
      urgency: 0,
      attempts: 0,
      next_at: NOW,
      made_at: NOW,
    }),
    read: access.mayReadQueue,
    insert: publishes,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'missing_record',
    key: 'audience_id',
    touch: 'attempts',
    row: ({ organisation }) => ({
      organisation,
      audience_id: newId(),
      from_seq: 1,
      to_seq: 1,
      digest: hash(),
      noted_at: NOW,
      attempts: 0,
      next_at: NOW,
    }),
    read: operates,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'quarantined_record',
    key: 'id',
    touch: 'size',
    row: ({ organisation }) => ({
      id: newId(),
      member: organisation,
      reason: 'too-large',
      size: 1,
      refused_at: NOW,
    }),
    read: operates,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
]
