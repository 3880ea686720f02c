import { mayOperateNode } from '@tocsin/domain/actor.ts'
import { mayPropose, mayReadApproval } from '@tocsin/domain/approval.ts'
import { newId } from '@tocsin/domain/id.ts'
import * as access from '@tocsin/domain/people-access.ts'
import type { Facts, Rule, TableRule } from './access-facts.ts'

/*
 * Every table of the area people as both rules see it: what a row holds for PostgreSQL, and what
 * the pure rules in `domain` say of it. `undefined` for an act means that nobody ever does it.
 */

const NOW = '2026-01-01T00:00:00Z'
const node: Rule = access.isNode
const operates: Rule = mayOperateNode
const secret: Rule = access.mayReadSecrets
const hash = () => newId().replaceAll('-', '').repeat(2)
const ofOrganisation: Rule = access.mayReadOrganisation
const managed: Rule = access.mayManageOrganisation
const credential: Rule = access.mayReadCredential

const secretTable = (table: string, key: string, row: TableRule['row']): TableRule => {
  const touch = key
  return { table, key, touch, row, read: secret, insert: secret, update: secret, remove: secret }
}

const inviting = (facts: Facts) => ({
  kind: facts.link,
  organisation: facts.scope,
  roles: facts.roles,
})

const proposal = (facts: Facts) => ({
  organisation: facts.scope,
  proposer: facts.person,
  proposerRoles: facts.roles,
  approverRoles: facts.others,
})

const written = (facts: Facts) => ({
  actor: facts.author,
  person: facts.author === 'person' ? facts.person : null,
  organisation: facts.scope,
})

export const tableRules: readonly TableRule[] = [
  {
    table: 'organisation',
    key: 'id',
    touch: 'name',
    row: ({ organisation }) => ({
      id: organisation,
      name: 'O',
      kind: 'research',
      made_at: NOW,
    }),
    read: ofOrganisation,
    insert: operates,
    update: operates,
  },
  {
    table: 'person',
    key: 'id',
    touch: 'name',
    row: ({ person, organisation, isDraft }) => ({
      id: person,
      organisation,
      name: 'P',
      // Somebody without a sign-in name is told and answers by a link.
      sign_in_name: isDraft ? null : newId(),
      locale: 'en',
      made_at: NOW,
    }),
    read: access.mayReadPerson,
    insert: (actor, facts) => node(actor, facts) || (facts.isDraft && managed(actor, facts)),
    update: operates,
  },
  {
    table: 'role_grant',
    key: 'id',
    touch: 'role',
    row: ({ person, organisation, role }) => ({
      id: newId(),
      person,
      organisation,
      role,
      granted_at: NOW,
      revoked_at: NOW,
    }),
    read: access.mayReadPerson,
    insert: access.mayGrantRole,
    update: access.mayGrantRole,
  },
  {
    table: 'post',
    key: 'id',
    touch: 'title',
    row: ({ organisation }) => ({ id: newId(), organisation, title: 'T', made_at: NOW }),
    read: ofOrganisation,
    insert: managed,
    update: managed,
  },
  {
    table: 'holding',
    key: 'id',
    touch: 'capacity',
    row: ({ organisation, person }) => ({
      id: newId(),
      post: newId(),
      organisation,
      person,
      capacity: 'main',
      from_day: '2026-01-01',
    }),
    read: ofOrganisation,
    insert: managed,
    update: managed,
  },
  {
    table: 'invitation',
    key: 'id',
    touch: 'used_at',
    row: (facts) => ({
      ...inviting(facts),
      id: newId(),
      token_hash: hash(),
      made_at: NOW,
      used_at: NOW,
    }),
    read: (actor, facts) => access.mayReadInvitation(actor, inviting(facts)),
    insert: (actor, facts) => access.mayInvite(actor, inviting(facts)),
    update: (actor, facts) => access.mayInvite(actor, inviting(facts)),
  },
  {
    table: 'session',
    key: 'id',
    touch: 'device',
    row: ({ person }) => ({
      id: newId(),
      person,
      token_hash: hash(),
      credential: 'key',
      device: '',
      opened_at: NOW,
      seen_at: NOW,
      expires_at: NOW,
    }),
    read: credential,
    insert: node,
    update: node,
    remove: access.mayEndSession,
  },
  {
    table: 'passkey',
    key: 'id',
    touch: 'name',
    row: ({ person }) => ({
      id: newId(),
      person,
      name: 'K',
      public_key: '\\x00',
      counter: 0,
      transports: [],
      made_at: NOW,
    }),
    read: credential,
    insert: node,
    update: node,
    remove: access.mayRemoveCredential,
  },
  {
    table: 'outside_identity',
    key: 'id',
    touch: 'subject',
    row: ({ person }) => ({ id: newId(), issuer: 'i', subject: newId(), person, made_at: NOW }),
    read: credential,
    insert: node,
    remove: access.mayRemoveCredential,
  },
  secretTable('password', 'person', ({ person }) => ({ person, hash: '', set_at: NOW })),
  secretTable('authenticator', 'person', ({ person }) => ({
    person,
    sealed_secret: '',
    last_step: 0,
  })),
  secretTable('recovery_code', 'hash', ({ person }) => ({ hash: hash(), person })),
  secretTable('ceremony', 'id', ({ person }) => ({
    id: newId(),
    purpose: 'enrol',
    person,
    details: {},
    expires_at: NOW,
  })),
  secretTable('sign_in_attempt', 'id', () => ({
    id: newId(),
    address: hash(),
    at: NOW,
    succeeded: false,
  })),
  {
    table: 'identity_provider',
    key: 'id',
    touch: 'name',
    row: () => ({ id: newId(), name: 'I', issuer: newId(), client_id: 'c', made_at: NOW }),
    read: () => true,
    insert: operates,
    update: operates,
    remove: operates,
  },
  {
    table: 'node_setting',
    key: 'name',
    touch: 'set_at',
    row: () => ({ name: newId(), value: {}, set_at: NOW }),
    read: () => true,
    insert: operates,
    update: operates,
    remove: operates,
  },
  {
    table: 'approval',
    key: 'id',
    touch: 'reason',
    row: (facts) => ({
      id: newId(),
      act: {},
      sha256: hash(),
      organisation: facts.scope,
      proposer_roles: facts.roles,
      approver_roles: facts.others,
      proposer: facts.person,
      proposer_credential: 'key',
      proposed_at: NOW,
      expires_at: NOW,
      state: 'waiting',
    }),
    read: (actor, facts) => mayReadApproval(actor, proposal(facts)),
    insert: (actor, facts) => mayPropose(actor, proposal(facts)),
    update: (actor, facts) => mayReadApproval(actor, proposal(facts)),
  },
  {
    table: 'audit_entry',
    key: 'hash',
    touch: 'act',
    row: (facts) => {
      const { actor, person, organisation } = written(facts)
      return {
        seq: Math.floor(Math.random() * 2 ** 50),
        at: NOW,
        actor: { kind: actor, person },
        organisation,
        act: 'a',
        subject: 's',
        details: {},
        previous: hash(),
        hash: hash(),
      }
    },
    read: (actor, facts) => access.mayReadAuditEntry(actor, written(facts)),
    insert: (actor, facts) => access.mayAppendAuditEntry(actor, written(facts)),
  },
]
