import type { Actor } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayReadMailed } from '@tocsin/domain/mailed-reply.ts'
import { isSelf } from '@tocsin/domain/people-access.ts'
import type { TableRule } from './access-facts.ts'

/* What a person has looked at in consultations. What is said there stands in the records: network-access-table.ts. */

const isSystem = (actor: Actor): boolean => actor.kind === 'system'

const NOW = '2026-01-01T00:00:00Z'

export const consultationTableRules: readonly TableRule[] = [
  {
    table: 'consultation_look',
    key: 'id',
    touch: 'seen',
    row: ({ person }) => ({
      id: newId(),
      person,
      consultation: newId(),
      looked_at: NOW,
      seen: NOW,
    }),
    read: mayReadMailed,
    insert: isSelf,
    update: isSelf,
  },
  {
    table: 'mailed_reply',
    key: 'id',
    touch: 'attachments',
    row: ({ person }) => ({
      id: newId(),
      person,
      consultation: newId(),
      reply_to: newId(),
      text: 'We agree.',
      attachments: 0,
      received_at: NOW,
    }),
    read: mayReadMailed,
    insert: isSystem,
    update: mayReadMailed,
  },
  {
    table: 'room_notice',
    key: 'id',
    touch: 'attempts',
    row: ({ person }) => ({
      id: newId(),
      person,
      consultation: newId(),
      contribution: newId(),
      kind: 'news',
      attempts: 0,
      made_at: NOW,
      next_at: NOW,
    }),
    read: isSystem,
    insert: isSystem,
    update: isSystem,
  },
]
