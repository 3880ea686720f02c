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
    row: ({ organisation, matter }) => ({
      id: ++turn,
      member: matter.organisation,
      digest: hash(),
      organisation,
      urgency: 0,
      attempts: 0,
      next_at: NOW,
      made_at: NOW,
    }),
    read: (actor, { organisation, matter }) =>
      access.mayReadQueue(actor, { organisation, member: matter.organisation }),
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
  {
    table: 'push_status',
    key: 'id',
    touch: 'body',
    row: ({ organisation }) => ({ id: newId(), member: organisation, body: {}, made_at: NOW }),
    read: (actor, { organisation }) => access.mayReadStatus(actor, organisation),
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'peer',
    key: 'member',
    touch: 'failures',
    row: () => ({
      member: newId(),
      failures: 0,
      pull_failures: 0,
      minute: 0,
      records: 0,
      bytes: 0,
      next_push_at: NOW,
      next_pull_at: NOW,
    }),
    read: operates,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'sync_cursor',
    key: 'member',
    touch: 'next',
    row: ({ organisation }) => ({ member: newId(), organisation, collection: 'a', next: '1' }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'network_client',
    key: 'id',
    touch: 'label',
    row: ({ organisation }) => ({
      id: newId(),
      organisation,
      label: 'A',
      ceiling: 'TLP:CLEAR',
      token_hash: hash(),
      made_at: NOW,
      expires_at: NOW,
    }),
    read: operates,
    insert: operates,
    update: operates,
  },
  {
    table: 'audience_key',
    key: 'audience_id',
    touch: 'recipient',
    row: ({ organisation }) => ({
      audience_id: newId(),
      epoch: 1,
      organisation,
      version: 1,
      recipient: 'a',
      sealed_identity: 'b',
      made_at: NOW,
    }),
    read: (actor) => access.mayReadSeals(actor),
    insert: isSystem,
  },
  {
    table: 'carried_record',
    key: 'id',
    touch: 'attempts',
    row: ({ organisation }) => ({
      id: newId(),
      organisation,
      member: newId(),
      carrier: {},
      attempts: 0,
      next_at: NOW,
      made_at: NOW,
    }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
]
