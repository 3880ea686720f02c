import { newId } from '@tocsin/domain/id.ts'
import { isSelf } from '@tocsin/domain/people-access.ts'
import type { TableRule } from './access-facts.ts'

/* What a person has looked at in consultations. What is said there stands in the records: network-access-table.ts. */

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
    read: isSelf,
    insert: isSelf,
    update: isSelf,
  },
]
