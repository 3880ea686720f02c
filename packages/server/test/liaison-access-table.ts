import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Rule, TableRule } from './access-facts.ts'

/* What stands between an organisation and the UN Office, as both rules see it. */

const NOW = '2026-01-01T00:00:00Z'

const reads: Rule = (actor, { organisation }) => access.mayReadOwn(actor, { organisation })
const works: Rule = (actor, { organisation }) => access.mayWorkOnMatter(actor, { organisation })

export const liaisonTableRules: readonly TableRule[] = [
  {
    table: 'liaison_request',
    key: 'id',
    touch: 'subject',
    row: ({ organisation, person, matter }) => ({
      id: newId(),
      organisation,
      kind: 'training',
      direction: 'to-office',
      subject: 'S',
      text: 'T',
      locale: 'en',
      matter: matter.id,
      state: 'drafted',
      made_by: person,
      made_at: NOW,
      steps: [],
    }),
    read: reads,
    insert: works,
    update: works,
  },
  {
    table: 'capacity_check',
    key: 'id',
    touch: 'made_by',
    row: ({ organisation }) => ({ id: newId(), organisation, answers: {}, made_by: 'M', at: NOW }),
    read: reads,
    insert: works,
  },
  {
    table: 'liaison_note',
    key: 'id',
    touch: 'how',
    row: ({ organisation, matter }) => ({
      id: newId(),
      organisation,
      // Whose the note is says who reads it, not who reads its matter.
      matter: matter.id,
      locale: 'en',
      content: {},
      chosen: [],
      marking: 'TLP:AMBER',
      is_exercise: false,
      made_at: NOW,
    }),
    read: reads,
    insert: works,
    update: works,
  },
]
