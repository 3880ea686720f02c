import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayPublish } from '@tocsin/domain/network-access.ts'
import type { Facts, Rule, TableRule } from './access-facts.ts'

/* What was taken back, as both rules see it. */

const NOW = '2026-01-01T00:00:00Z'
const hash = () => newId().replaceAll('-', '').repeat(2)
const object = () => `note--${newId()}`

const isSystem: Rule = ({ kind }) => kind === 'system'
const ofOwn: Rule = (actor, facts) => mayReadOwn(actor, facts)
const ownRow = ({ organisation }: Facts) => ({ organisation })

export const withdrawalTableRules: readonly TableRule[] = [
  {
    table: 'tombstone',
    key: 'object_id',
    touch: 'class',
    row: (facts) => ({
      ...{ ...ownRow(facts), object_id: object(), class: 'error', withdrawn_at: NOW },
    }),
    read: ofOwn,
    insert: isSystem,
    update: isSystem,
  },
  {
    table: 'withdrawal',
    key: 'id',
    touch: 'class',
    row: (facts) => ({
      ...{ ...ownRow(facts), id: newId(), object_id: object() },
      ...{ class: 'error', reason: 'R', withdrawn_at: NOW },
    }),
    read: ofOwn,
    insert: (actor, facts) => mayPublish(actor, facts),
  },
  {
    table: 'erasure',
    key: 'withdrawal',
    touch: 'asked',
    row: (facts) => ({
      ...{ ...ownRow(facts), withdrawal: newId(), reader: newId(), record: hash() },
      ...{ asked: 0, next_ask_at: NOW },
    }),
    read: ofOwn,
    insert: isSystem,
    update: isSystem,
  },
  {
    table: 'erasure_task',
    key: 'record',
    touch: 'came_at',
    row: (facts) => ({
      ...{ ...ownRow(facts), record: hash(), reader: newId(), object_id: object() },
      ...{ erased: [], came_at: NOW },
    }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
  },
  {
    // Organisations of no other row here: whoever is waited for hides what it shared.
    table: 'awaited_answer',
    key: 'organisation',
    touch: 'asked',
    row: () => ({
      ...{ organisation: newId(), since: NOW, asked: 0, next_ask_at: NOW, began_at: NOW },
    }),
    read: () => true,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
]
