import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* Actions on matters, what is said of them, and the notes to the Security Council, as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'

const reads: Rule = (actor, { matter }) => access.mayReadMatter(actor, matter)
const owns: Rule = (actor, { matter }) => access.mayReadOwn(actor, matter)
const works: Rule = (actor, { matter }) => access.mayWorkOnMatter(actor, matter)

export const planTableRules: readonly TableRule[] = [
  {
    table: 'action',
    key: 'id',
    touch: 'title',
    row: ({ matter, person }) => ({
      id: newId(),
      matter: matter.id,
      status: 'contemplated',
      title: 'T',
      lead: 'L',
      expected_effect: 'E',
      how_we_will_know: 'H',
      risk_factors: [],
      commitments: [],
      is_regional: false,
      uses_force: false,
      planned_by: person,
      planned_at: NOW,
      moved_at: NOW,
    }),
    read: reads,
    insert: works,
    update: works,
  },
  {
    table: 'action_progress',
    key: 'id',
    touch: 'what',
    row: ({ matter }) => ({
      id: newId(),
      action: newId(),
      matter: matter.id,
      what: 'W',
      evidence: [],
      at: NOW,
    }),
    read: reads,
    insert: works,
  },
  {
    table: 'action_review',
    key: 'id',
    touch: 'what',
    row: ({ matter }) => ({
      id: newId(),
      action: newId(),
      matter: matter.id,
      what: 'W',
      as_expected: 'yes',
      at: NOW,
    }),
    read: reads,
    insert: works,
  },
  {
    table: 'article_54_note',
    key: 'id',
    touch: 'how',
    // Each on a matter of its own or sent: a matter has one draft.
    row: ({ matter, isDraft }) => ({
      id: newId(),
      matter: matter.id,
      made_at: NOW,
      told: [],
      ...(!isDraft && { sent_at: NOW, sent_on: '2026-01-01', how: 'H', signed_by: 'S' }),
    }),
    read: (actor, facts) => (facts.isDraft ? owns : reads)(actor, facts),
    insert: works,
    update: works,
  },
]
