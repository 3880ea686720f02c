import { system } from '@tocsin/domain/actor.ts'
import type { Tombstone } from '@tocsin/domain/withdrawal.ts'
import { payloadOf, Signed } from '@tocsin/records/jws.ts'
import type { ErasedList } from '@tocsin/records/stix/withdrawal.ts'
import type { App } from '../app.ts'
import { openVault } from '../identity/secrets.ts'

/**
 * Erases copies that were refused and put in quarantine: whoever handed them over, whatever was
 * altered in them. They are sealed, so each is opened and looked into; the reason why it was refused
 * stays.
 */
export async function eraseSealed(app: App, { object }: Tombstone): Promise<ErasedList> {
  const vault = await openVault(app.node.home)
  return app.db.as(system, async (tx) => {
    const rows = await tx
      .selectFrom('quarantined_record')
      .select(['id', 'sealed'])
      .where('sealed', 'is not', null)
      .execute()
    const holding = rows.filter(({ id, sealed }) => {
      const text = sealed && vault.unseal(sealed, `quarantine-${id}`)
      return text !== undefined && text !== null && speaksOf(text, object)
    })
    if (holding.length === 0) return []
    await tx
      .updateTable('quarantined_record')
      .set({ sealed: null })
      .where(
        'id',
        'in',
        holding.map(({ id }) => id),
      )
      .execute()
    return [{ part: 'quarantine' as const, count: holding.length }]
  })
}

/** What cannot be read may hold anything, and goes too. */
function speaksOf(text: string, object: string): boolean {
  try {
    return JSON.stringify(payloadOf(Signed.parse(JSON.parse(text)))).includes(object)
  } catch {
    return true
  }
}
