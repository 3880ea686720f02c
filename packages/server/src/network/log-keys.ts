import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { formatVerifierKey, verifierKeyOf } from '@tocsin/records/log/note.ts'
import type { App } from '../app.ts'
import { openVault } from '../identity/secrets.ts'

/** The node's address without its scheme, as logs and witnesses are named (C2SP). */
const placeOf = ({ node }: App): string => node.origin.replace(/^https?:\/\//, '')

export const originOfLog = (app: App, organisation: OrganisationId): string =>
  `${placeOf(app)}/log/${organisation}`

/** The key that signs the checkpoints of an organisation's log: made from the vault, kept nowhere. */
export async function logSeed(app: App, organisation: OrganisationId): Promise<Uint8Array> {
  return (await openVault(app.node.home)).signingSeed(`log-${organisation}`)
}

/** Who this node is as a witness. */
export async function witnessOf(app: App) {
  const seed = (await openVault(app.node.home)).signingSeed('witness')
  return { name: `${placeOf(app)}/witness`, seed }
}

/** What others need to watch the log of this organisation and to have theirs cosigned here. */
export async function publicLogKeys(app: App, organisation: OrganisationId, origin: string) {
  const { name, seed } = await witnessOf(app)
  return {
    verifierKey: formatVerifierKey(verifierKeyOf(origin, 'note', await logSeed(app, organisation))),
    witnessKey: formatVerifierKey(verifierKeyOf(name, 'cosignature', seed)),
  }
}

/**
 * The entries that only fill up a batch: random to everybody else, so that nobody can tell by a log's
 * growth when its organisation was busy; the node itself can make them again, and so knows an entry
 * that was put in their place.
 */
export async function paddingOf(
  app: App,
  organisation: OrganisationId,
): Promise<(index: number) => string> {
  const { fingerprint } = await openVault(app.node.home)
  return (index) => fingerprint(`log-padding ${organisation} ${index}`)
}
