import type { AudienceSentence } from '@tocsin/api/sharing.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { isOfStateConcerned, plainTerms, type SharingVersion } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { Tx } from '../database/database.ts'
import { listVersions, versionsAt } from './audiences.ts'
import { listParties, type NamedParty, partyOf } from './parties.ts'
import { sentenceOf } from './sentence.ts'
import { listSharings } from './share.ts'

type MatterReaders = {
  /** Every organisation that anybody could name, by name: of these some read and the others do not. */
  readonly parties: readonly NamedParty[]
  /** Whether that organisation reads the matter, here or on its own node. */
  readonly mayRead: (id: OrganisationId) => boolean
  /** Organisations whose nodes are elsewhere and do not get it, with the reason. */
  readonly notSent: AudienceSentence['notReaders']
  readonly isRosterClosed: boolean
}

/**
 * Who reads a matter: on this node by its own audience, elsewhere by the audiences that it is shared
 * with. Runs as the system.
 */
export async function readMatterReaders(
  tx: Tx,
  matter: Matter,
  at: Instant,
): Promise<MatterReaders> {
  const parties = await listParties(tx)
  const isHere = (id: OrganisationId) => partyOf(parties, id).standing === 'here'
  const { organisation, id: item } = matter
  const sharings = await listSharings(tx, { organisation, item })
  const versions = await Promise.all(
    sharings.map(async ({ audience }) => versionsAt(await listVersions(tx, audience), at)),
  )
  const known = versions.flatMap(({ current, pending }) =>
    current ? [{ version: current, pending }] : [],
  )
  const asked =
    known.length > 0 ? known : [{ version: unshared(matter, parties), pending: undefined }]
  const sentences: AudienceSentence[] = []
  for (const one of asked) sentences.push(await sentenceOf(tx, { ...one, thing: matter, at }))
  const elsewhere = new Set(
    sentences.flatMap(({ readers }) => readers.map((reader) => reader.organisation)),
  )
  // The reason by the matter's own audience; a party that reads by another one reads.
  const notSent = (sentences[0]?.notReaders ?? []).filter(
    (left) => !isHere(left.organisation) && !elsewhere.has(left.organisation),
  )
  return {
    parties,
    mayRead: (id) => (isHere(id) ? isInAudience(matter, id) : elsewhere.has(id)),
    notSent,
    isRosterClosed: known.some(({ version }) => version.isRosterClosed),
  }
}

/** A matter that nobody elsewhere gets: kept from some, and from the others for want of an audience. */
function unshared(matter: Matter, parties: readonly NamedParty[]): SharingVersion {
  const { organisation, excluded } = matter
  const owner = partyOf(parties, organisation)
  const concerned = parties.filter((party) => isOfStateConcerned(matter, owner, party))
  return {
    ...plainTerms,
    id: matter.id as string as AudienceId,
    version: 1,
    name: symbolOf('M', matter),
    organisation,
    members: [],
    audience: [],
    excluded: [...excluded, ...concerned.map(({ id }) => id)],
    effectiveAt: matter.openedAt,
  }
}
