import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { formatVerifierKey, verifierKeyOf } from '@tocsin/records/log/note.ts'
import type { App } from '../app.ts'
import { openVault } from '../identity/secrets.ts'

/** The node's address without its scheme, as logs and witnesses are named (C2SP). */
const placeOf = ({ node }: App): string => node.origin.replace(/^https?:\/\//, '')

/** What an organisation's first log is called. */
export const originOfLog = (app: App, organisation: OrganisationId): string =>
  `${placeOf(app)}/log/${organisation}`

/** What the log is called that takes the place of one that ended: by its beginning, in seconds. */
export const nextOrigin = (app: App, organisation: OrganisationId, at: Instant): string =>
  `${originOfLog(app, organisation)}/${Math.floor(Date.parse(at) / 1000)}`

/** The part of a log's name that stays where its node moves. */
const nameIn = (origin: string): string => origin.slice(origin.indexOf('/log/') + 5)

/** The key that signs the checkpoints of a log: made from the vault, kept nowhere. */
export async function logSeed(app: App, origin: string): Promise<Uint8Array> {
  return (await openVault(app.node.home)).signingSeed(`log-${nameIn(origin)}`)
}

/** Who this node is as a witness. */
export async function witnessOf(app: App) {
  const seed = (await openVault(app.node.home)).signingSeed('witness')
  return { name: `${placeOf(app)}/witness`, seed }
}

/** What others need to watch this log and to have theirs cosigned here. */
export async function publicLogKeys(app: App, origin: string) {
  const { name, seed } = await witnessOf(app)
  return {
    verifierKey: formatVerifierKey(verifierKeyOf(origin, 'note', await logSeed(app, origin))),
    witnessKey: formatVerifierKey(verifierKeyOf(name, 'cosignature', seed)),
  }
}

/**
 * The entries that only fill up a batch: random to everybody else, so that nobody can tell by a log's
 * growth when its organisation was busy; the node itself can make them again, and so knows an entry
 * that was put in their place.
 */
export async function paddingOf(app: App, origin: string): Promise<(index: number) => string> {
  const { fingerprint } = await openVault(app.node.home)
  return (index) => fingerprint(`log-padding ${nameIn(origin)} ${index}`)
}
