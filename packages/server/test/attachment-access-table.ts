import * as access from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayReadShared } from '@tocsin/domain/network-access.ts'
import type { Facts, Rule, TableRule } from './access-facts.ts'

/* Files and their sealed bytes, as both rules see them. */

const NOW = '2026-01-01T00:00:00Z'

const isSystem: Rule = ({ kind }) => kind === 'system'
/** Whoever may read the matter's file here, or a record that was shared of it. */
const reads: Rule = (actor, { matter }) => mayReadShared(actor, matter)

/** The sealed bytes that both a file of the matter and a shared record name. */
export const blobOf = ({ matter }: Pick<Facts, 'matter'>) => matter.id.replaceAll('-', '').repeat(2)

export const attachmentTableRules: readonly TableRule[] = [
  {
    table: 'attachment',
    key: 'id',
    touch: 'name',
    row: (facts) => ({
      id: newId(),
      matter: facts.matter.id,
      name: 'a.pdf',
      media_type: 'application/pdf',
      size: 1,
      sha256: blobOf(facts),
      blob: blobOf(facts),
      sealed_identity: '',
      added_at: NOW,
    }),
    read: (actor, { matter }) => access.mayReadMatter(actor, matter),
    insert: (actor, { matter }) => access.mayWorkOnMatter(actor, matter),
    remove: isSystem,
  },
  {
    table: 'blob',
    key: 'id',
    touch: 'size',
    row: (facts) => ({
      id: facts.matter.id,
      organisation: facts.matter.organisation,
      sha256: blobOf(facts),
      size: 1,
      kept: 1,
      touched_at: NOW,
      attempts: 0,
    }),
    read: reads,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
  {
    table: 'blob_piece',
    key: 'blob',
    touch: 'n',
    row: ({ matter }) => ({ blob: matter.id, n: 0, bytes: '\\x00' }),
    read: reads,
    insert: isSystem,
    update: isSystem,
    remove: isSystem,
  },
]
