import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayReadOrgans, maySpeakForOrgan } from '@tocsin/domain/organ-agenda.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* Organs, their rules, and what stands on their agendas, as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'

const reads: Rule = (actor, { matter }) => access.mayReadMatter(actor, matter)
const node: Rule = (actor) => actor.kind === 'system'

export const agendaTableRules: readonly TableRule[] = [
  {
    table: 'organ',
    key: 'id',
    touch: 'name',
    row: ({ organisation }) => ({
      ...{ id: newId(), organisation, name: 'N', office: newId(), made_at: NOW },
    }),
    read: mayReadOrgans,
    insert: maySpeakForOrgan,
    update: maySpeakForOrgan,
  },
  {
    table: 'trigger_rule',
    key: 'id',
    touch: 'reasons',
    row: ({ organisation, person }) => ({
      ...{ id: newId(), rule: newId(), version: 1, organ: newId(), organisation },
      ...{ condition: {}, answer_hours: 1, is_in_force: true, set_by: person, set_at: NOW },
    }),
    read: mayReadOrgans,
    insert: maySpeakForOrgan,
  },
  {
    table: 'agenda_item',
    key: 'id',
    touch: 'due_at',
    row: ({ matter }) => ({
      ...{ id: newId(), organ: newId(), matter: matter.id, tabled_at: NOW, due_at: NOW },
    }),
    read: reads,
    insert: node,
    update: node,
  },
  {
    table: 'agenda_ground',
    key: 'id',
    touch: 'about',
    row: ({ matter }) => ({
      ...{ id: newId(), item: newId(), matter: matter.id, rule: newId(), version: newId() },
      ...{ episode: 'E', arises_at: NOW, added_at: NOW },
    }),
    read: reads,
    insert: node,
  },
  {
    table: 'agenda_answer',
    key: 'id',
    touch: 'text',
    row: ({ matter }) => ({
      ...{ id: newId(), item: newId(), matter: matter.id, outcome: 'decided', text: 'T', at: NOW },
    }),
    read: reads,
    insert: node,
  },
]
