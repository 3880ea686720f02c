import { newId } from '@tocsin/domain/id.ts'
import * as access from '@tocsin/domain/network-access.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* The tables of what an organisation shares, as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'
const publishes: Rule = access.mayPublish

export const sharingTableRules: readonly TableRule[] = [
  {
    table: 'audience_terms',
    key: 'id',
    touch: 'version',
    row: ({ organisation }) => ({ id: newId(), version: 1, organisation, terms: {} }),
    read: access.mayReadOwnSharing,
    insert: publishes,
  },
  {
    table: 'sharing',
    key: 'id',
    touch: 'asks_who_read',
    row: ({ organisation }) => ({
      id: newId(),
      organisation,
      kind: 'matter',
      item: newId(),
      audience_id: newId(),
      redacted: [],
      asks_who_read: false,
      made_at: NOW,
    }),
    read: access.mayReadOwnSharing,
    insert: publishes,
    update: publishes,
  },
  {
    table: 'sharing_stop',
    key: 'id',
    touch: 'lifted_at',
    row: ({ organisation }) => ({ id: newId(), organisation, member: newId(), stopped_at: NOW }),
    read: access.mayReadOwnSharing,
    insert: publishes,
    update: publishes,
  },
  {
    table: 'taken_up',
    key: 'matter',
    touch: 'object_id',
    row: ({ organisation }) => ({
      matter: newId(),
      organisation,
      object_id: newId(),
      author: newId(),
      marking: 'TLP:RED',
      reshare: 'never',
      delegates: [],
      taken_up_at: NOW,
    }),
    read: access.mayReadOwnSharing,
    insert: publishes,
  },
]
