import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

type Named = { readonly organisation: OrganisationId; readonly blob: Sha256 }

/** Erases a file: its sealed bytes, also those that are half here, its name and its key. As the system. */
export async function eraseBlob(tx: Tx, { organisation, blob }: Named): Promise<number> {
  await tx
    .deleteFrom('attachment')
    .where('blob', '=', blob)
    .where('matter', 'in', (own) =>
      own.selectFrom('matter').select('matter.id').where('organisation', '=', organisation),
    )
    .execute()
  const rows = await tx
    .deleteFrom('blob')
    .where('organisation', '=', organisation)
    .where('sha256', '=', blob)
    .returning('id')
    .execute()
  return rows.length
}

/** Erases the file that an object tells of, unless another that stands tells of the same. */
export async function eraseFile(
  tx: Tx,
  { organisation, object }: { readonly organisation: OrganisationId; readonly object: string },
): Promise<number> {
  const named = await tx
    .selectFrom('shared_object')
    .select(sql<Sha256 | null>`object -> 'content' ->> 'blob'`.as('blob'))
    .where('id', '=', object)
    .where('organisation', '=', organisation)
    .where('type', '=', 'attachment')
    .executeTakeFirst()
  if (!named?.blob) return 0
  const other = await tx
    .selectFrom('shared_object')
    .select('id')
    .where('organisation', '=', organisation)
    .where('type', '=', 'attachment')
    .where(sql<boolean>`object -> 'content' ->> 'blob' = ${named.blob}`)
    .where('id', '<>', object)
    .executeTakeFirst()
  return other ? 0 : eraseBlob(tx, { organisation, blob: named.blob })
}
