import { newId } from '@tocsin/domain/id.ts'
import * as access from '@tocsin/domain/network-access.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* The tables of the area network as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'
const hash = () => newId().replaceAll('-', '').repeat(2)

const isSystem: Rule = ({ kind }) => kind === 'system'
const publishes: Rule = (actor, { matter }) => access.mayPublish(actor, matter)

const readers = ({ matter: { organisation, audience, excluded } }: Parameters<Rule>[1]) => ({
  organisation,
  audience,
  excluded,
})

export const networkTableRules: readonly TableRule[] = [
  {
    table: 'audience',
    key: 'id',
    touch: 'name',
    row: (facts) => ({
      ...readers(facts),
      id: newId(),
      version: 1,
      name: 'A',
      ceiling: 'TLP:RED',
      reshare: 'never',
      effective_at: NOW,
      made_at: NOW,
    }),
    read: (actor, { matter }) => access.mayReadAudience(actor, matter),
    insert: publishes,
  },
  {
    table: 'network_record',
    key: 'digest',
    touch: 'marking',
    row: (facts) => ({
      ...readers(facts),
      digest: hash(),
      audience_id: newId(),
      epoch: 0,
      seq: 1,
      object_type: 'note',
      object_id: 'note--1',
      modified: NOW,
      marking: 'TLP:RED',
      statement: {},
      kept_at: NOW,
      xid: '1',
      waiting: false,
    }),
    read: (actor, { matter }) => access.mayReadRecords(actor, matter),
    insert: publishes,
    update: isSystem,
  },
  {
    table: 'shared_object',
    key: 'id',
    touch: 'marking',
    row: (facts) => ({
      ...readers(facts),
      id: newId(),
      digest: hash(),
      audience_id: newId(),
      type: 'note',
      object: {},
      marking: 'TLP:RED',
      created: NOW,
      modified: NOW,
      kept_at: NOW,
    }),
    read: (actor, { matter }) => access.mayReadShared(actor, matter),
    insert: publishes,
    update: publishes,
    remove: isSystem,
  },
  {
    table: 'member',
    key: 'organisation',
    touch: 'address',
    row: () => ({
      organisation: newId(),
      address: 'https://node.example',
      root: hash(),
      state: 'pinned',
      made_at: NOW,
    }),
    read: access.mayReadMembers,
    insert: access.mayManageMembers,
    update: access.mayManageMembers,
  },
  {
    table: 'member_key',
    key: 'id',
    touch: 'public_key',
    row: ({ organisation }) => ({ id: newId(), organisation, public_key: 'k', made_at: NOW }),
    read: access.mayReadMembers,
    insert: access.mayManageMembers,
    remove: access.mayManageMembers,
  },
  {
    table: 'request_nonce',
    key: 'id',
    touch: 'expires_at',
    row: () => ({ id: newId(), expires_at: NOW }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
]
