import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { AgeKey, newAudienceKey } from '@tocsin/records/seal.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'

/** By which an organisation of this node is sealed to; made when first asked for. */
export async function ownRecipient(
  app: App,
  tx: Tx,
  organisation: OrganisationId,
): Promise<string> {
  const [known] = await recipientsOf(tx, [organisation])
  if (known) return known.recipient
  const { identity, recipient } = await newAudienceKey()
  const vault = await openVault(app.node.home)
  await tx
    .insertInto('age_recipient')
    .values({
      recipient,
      organisation,
      sealed_identity: vault.seal(identity, `age-${recipient}`),
      made_at: app.clock(),
    })
    .execute()
  return recipient
}

/** The newest recipient key of each of these, as far as it is known. */
export const recipientsOf = (tx: Tx, organisations: readonly OrganisationId[]) =>
  tx
    .selectFrom('age_recipient')
    .distinctOn('organisation')
    .select(['organisation', 'recipient'])
    .where('organisation', 'in', [...organisations])
    .orderBy('organisation')
    .orderBy('made_at', 'desc')
    .execute()

/** All keys that open what was sealed to organisations of this node. */
export async function ownKeys(app: App, tx: Tx): Promise<readonly AgeKey[]> {
  const vault = await openVault(app.node.home)
  const rows = await tx
    .selectFrom('age_recipient')
    .select(['recipient', 'sealed_identity'])
    .where('sealed_identity', 'is not', null)
    .execute()
  return rows.flatMap(({ recipient, sealed_identity }) => {
    const identity = vault.unseal(sealed_identity ?? '', `age-${recipient}`)
    return identity === undefined ? [] : [AgeKey.parse({ identity, recipient })]
  })
}
