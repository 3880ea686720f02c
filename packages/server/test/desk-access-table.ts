import type { Actor } from '@tocsin/domain/actor.ts'
import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayReachDevice, mayReachPerson } from '@tocsin/domain/people-access.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* What an organisation and its people set for themselves, and the node's own tables of the desk. */

const NOW = '2026-01-01T00:00:00Z'
const hash = () => newId().replaceAll('-', '').repeat(2)

const heartbeats = ['clocks', 'notices']
let turn = 0

const readsOwn: Rule = access.mayReadOwn
const worksFor: Rule = access.mayWorkOnMatter
const ownsPreference: Rule = access.maySetOwnNotices
const isSystem = (actor: Actor) => actor.kind === 'system'
const everybody = () => true

export const deskTableRules: readonly TableRule[] = [
  {
    table: 'notice_preference',
    key: 'id',
    touch: 'digest',
    row: ({ person }) => ({ id: newId(), person, digest: true, set_at: NOW }),
    read: ownsPreference,
    insert: ownsPreference,
    update: ownsPreference,
  },
  {
    table: 'clock_setting',
    key: 'id',
    touch: 'value',
    row: ({ organisation }) => ({ id: newId(), organisation, value: {}, set_at: NOW }),
    read: readsOwn,
    insert: worksFor,
    update: worksFor,
  },
  {
    table: 'contact',
    key: 'id',
    touch: 'address',
    row: ({ organisation, person }) => ({
      id: newId(),
      person,
      organisation,
      channel: newId(),
      address: 'a@b.example',
      preference: 0,
      made_at: NOW,
    }),
    read: mayReachPerson,
    insert: mayReachPerson,
    update: mayReachPerson,
    remove: mayReachPerson,
  },
  {
    table: 'push_subscription',
    key: 'id',
    touch: 'device',
    row: ({ person }) => ({
      id: newId(),
      person,
      fingerprint: hash(),
      sealed: '',
      device: '',
      made_at: NOW,
    }),
    read: mayReachDevice,
    insert: mayReachDevice,
    update: mayReachDevice,
    remove: mayReachDevice,
  },
  {
    table: 'channel_pace',
    key: 'id',
    touch: 'asked',
    row: () => ({ id: newId(), minute: NOW, asked: 0 }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
  },
  {
    table: 'organisation_key',
    key: 'id',
    touch: 'public_key',
    row: ({ organisation }) => ({ id: newId(), organisation, public_key: 'k', made_at: NOW }),
    read: everybody,
    insert: worksFor,
  },
  {
    table: 'outage',
    key: 'id',
    touch: 'noticed_at',
    row: () => ({
      id: newId(),
      heartbeat: 'clocks',
      silent_since: NOW,
      noticed_at: NOW,
      ended_at: NOW,
      alarmed: [],
      relieved: [],
    }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
  },
  {
    table: 'numbering',
    key: 'id',
    touch: 'last',
    row: ({ organisation }) => ({ id: newId(), organisation, last: 1 }),
    read: worksFor,
    insert: worksFor,
    update: worksFor,
  },
  {
    table: 'trigger_date',
    key: 'id',
    touch: 'title',
    row: ({ organisation, person }) => ({
      id: newId(),
      organisation,
      kind: 'election',
      title: 'T',
      from_day: '2026-01-01',
      until_day: '2026-01-02',
      lead_days: 30,
      changed_by: person,
      changed_at: NOW,
    }),
    read: readsOwn,
    insert: worksFor,
    update: worksFor,
    remove: worksFor,
  },
  {
    table: 'calendar_feed',
    key: 'id',
    touch: 'used_at',
    // Each is somebody else's: a person has one that works.
    row: () => ({ id: newId(), person: newId(), password_hash: hash(), made_at: NOW }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'heartbeat',
    key: 'id',
    touch: 'beat_at',
    // The node writes these two rows itself, also while the rules are compared.
    row: () => ({ id: heartbeats[turn++ % 2], beat_at: NOW, seen_at: NOW }),
    read: everybody,
    insert: isSystem,
    update: isSystem,
  },
]
