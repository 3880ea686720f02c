import { newId } from '@tocsin/domain/id.ts'
import * as access from '@tocsin/domain/network-access.ts'
import type { Rule, TableRule } from './access-facts.ts'
import { blobOf } from './attachment-access-table.ts'

/* The tables of the area network as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'
const count = () => Math.floor(Math.random() * 2 ** 30)
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
    update: isSystem,
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
      type: 'attachment',
      object: { content: { blob: blobOf(facts) } },
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
      // Nobody who is trusted: the node would write to them while it is looked at.
      state: 'proposed',
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
    table: 'member_directory',
    key: 'organisation',
    touch: 'expires_at',
    row: () => ({
      organisation: newId(),
      recipients: [],
      expires_at: NOW,
      checked_at: NOW,
      // Beyond what the node's own rounds look at while the rules are compared.
      next_at: '2126-01-01T00:00:00Z',
    }),
    read: access.mayReadMembers,
    insert: access.mayManageMembers,
    update: access.mayManageMembers,
  },
  {
    table: 'trust_file',
    key: 'id',
    touch: 'content',
    row: ({ organisation }) => ({
      id: newId(),
      organisation,
      role: 'directory',
      version: count(),
      content: '{}',
      made_at: NOW,
    }),
    read: access.mayManageMembers,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'fingerprint_typing',
    key: 'id',
    touch: 'root',
    row: ({ organisation, person }) => ({
      id: newId(),
      organisation,
      person,
      root: hash(),
      typed_at: NOW,
    }),
    read: access.mayManageMembers,
    insert: access.mayVouchFor,
  },
  {
    table: 'organisation_key_end',
    key: 'id',
    touch: 'ended_at',
    row: ({ organisation }) => ({ id: newId(), organisation, ended_at: NOW }),
    read: () => true,
    insert: isSystem,
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
