import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Facts, Rule, TableRule } from './access-facts.ts'

/* The tables of the areas docket, reports and warnings as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'
/** Beyond what the node's own rounds look at while the rules are compared. */
const LATER = '2126-01-01T00:00:00Z'
const hash = () => newId().replaceAll('-', '').repeat(2)
const count = () => Math.floor(Math.random() * 2 ** 30)

const reads: Rule = (actor, { matter }) => access.mayReadMatter(actor, matter)
const owns: Rule = (actor, { matter }) => access.mayReadOwn(actor, matter)
const works: Rule = (actor, { matter }) => access.mayWorkOnMatter(actor, matter)
const readsOwn: Rule = access.mayReadOwn
const worksFor: Rule = access.mayWorkOnMatter

/** Something that hangs on a matter: read by its audience, changed by its owner. */
const onMatter = (
  table: string,
  touch: string,
  row: (facts: Facts) => object,
  rules: Partial<TableRule> = {},
): TableRule => ({
  table,
  key: 'id',
  touch,
  row: (facts) => ({ id: newId(), matter: facts.matter.id, ...row(facts) }),
  read: reads,
  insert: works,
  update: works,
  ...rules,
})

export const docketTableRules: readonly TableRule[] = [
  {
    table: 'matter',
    key: 'id',
    touch: 'title',
    row: ({ matter }) => ({
      ...matter,
      year: 2026,
      number: count(),
      title: 'M',
      summary: 'M',
      level: 2,
      marking: 'TLP:AMBER+STRICT',
      is_exercise: false,
      stations: {},
      opened_at: NOW,
      review_by: NOW,
      head_seq: 0,
    }),
    read: reads,
    insert: works,
    update: works,
  },
  onMatter(
    'warning',
    'saved_at',
    ({ matter, isDraft, person }) => ({
      organisation: matter.organisation,
      year: 2026,
      number: count(),
      state: isDraft ? 'draft' : 'sent',
      draft: {},
      sha256: hash(),
      written_by: person,
      saved_by: person,
      saved_at: NOW,
      expires_at: LATER,
      is_exercise: false,
    }),
    {
      read: (actor, facts) => (facts.isDraft ? owns : reads)(actor, facts),
      remove: (actor, facts) => facts.isDraft && works(actor, facts),
    },
  ),
  {
    table: 'entry',
    key: 'digest',
    touch: 'text',
    row: ({ matter }) => ({
      digest: hash(),
      matter: matter.id,
      seq: count(),
      kind: 'matter.opened',
      at: NOW,
      author: {},
      facts: {},
      statement: {},
    }),
    read: reads,
    insert: works,
  },
  {
    table: 'warning_signature',
    key: 'id',
    touch: 'name',
    row: ({ matter, person }) => ({
      id: newId(),
      warning: newId(),
      matter: matter.id,
      person,
      name: 'P',
      credential: 'key',
      at: NOW,
    }),
    read: owns,
    insert: works,
    remove: works,
  },
  onMatter('notification', 'state', ({ organisation }) => ({
    warning: newId(),
    post: newId(),
    organisation,
    authority: 'A',
    office: 'O',
    legal_basis: 'L',
    state: 'queued',
    acknowledge_by: NOW,
    link_expires_at: NOW,
    code_tries: 0,
  })),
  onMatter('clock', 'kind', () => ({ kind: 'review', level: 2, started_at: NOW, due_at: LATER })),
  onMatter('clock_step', 'tell', () => ({
    clock: newId(),
    tell: 'deputy',
    percent: 100,
    due_at: LATER,
    missed: false,
  })),
  onMatter(
    'delivery',
    'channel',
    ({ person }) => ({
      notification: newId(),
      person,
      channel: 'e-mail',
      step: 'warned',
      state: 'queued',
      attempts: 0,
      may_repeat: false,
      next_at: LATER,
      made_at: NOW,
      level: 3,
    }),
    { read: owns },
  ),
  {
    table: 'report',
    key: 'id',
    touch: 'what',
    row: ({ organisation, person }) => ({
      id: newId(),
      organisation,
      year: 2026,
      number: count(),
      kind: 'incident',
      what: 'W',
      from_day: '2026-01-01',
      until_day: '2026-01-01',
      harm: {},
      source_grade: 'B',
      information_grade: '2',
      marking: 'TLP:AMBER+STRICT',
      someone_at_risk: false,
      is_exercise: false,
      written_by: person,
      written_at: NOW,
    }),
    read: readsOwn,
    insert: worksFor,
    update: worksFor,
  },
  {
    table: 'exercise',
    key: 'id',
    touch: 'played',
    row: ({ organisation, person }) => ({
      id: newId(),
      matter: newId(),
      source: newId(),
      organisation,
      speed: 100,
      participants: [],
      source_from: NOW,
      entries: 3,
      played: 1,
      warnings: {},
      started_by: person,
      started_at: NOW,
      paused_ms: 0,
      ended_at: NOW,
    }),
    read: worksFor,
    insert: worksFor,
    update: worksFor,
  },
]
