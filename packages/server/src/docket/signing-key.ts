import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'

/** The organisation's key, made known when it first signs. */
export async function signingKey(app: App, tx: Tx, organisation: OrganisationId, at: Instant) {
  const seed = (await openVault(app.node.home)).signingSeed(organisation)
  const publicKey = publicKeyOf(seed)
  const kid = `${organisation}/${publicKey.slice(0, 12)}`
  await tx
    .insertInto('organisation_key')
    .values({ id: kid, organisation, public_key: publicKey, made_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return { kid, seed }
}
