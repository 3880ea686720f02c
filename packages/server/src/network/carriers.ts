import { system } from '@tocsin/domain/actor.ts'
import { isContentFree } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { AgeKey } from '@tocsin/records/age.ts'
import type { Signed } from '@tocsin/records/jws.ts'
import { fromOpenCarrier, openCarrier } from '@tocsin/records/open-carrier.ts'
import { type RecordHeader, readKept, recordText } from '@tocsin/records/record.ts'
import { audienceHandle, openSealed, sealLimit, sealRecords } from '@tocsin/records/seal.ts'
import { identityRef } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'
import { markingOf } from './marking.ts'
import { recipientsOf } from './members.ts'
import { ownAgeKeys } from './own-keys.ts'

/** An object of TAXII that carries one record or more. */
export type Carrier = { readonly type: string; readonly id: string }

/** In whose name it is sent, and to whom: an organisation whose node is elsewhere. */
type Way = {
  readonly from: OrganisationId
  readonly to: OrganisationId
  /** Whether somebody carries it who must not read it, whatever its marking. */
  readonly isRelayed?: boolean
}

/**
 * Puts records into carriers: TLP:CLEAR and TLP:GREEN open, so that any tool reads
 * them; everything else sealed to the key of the audience's epoch, or to the reader where there is no
 * such key yet. What the reader could not open is left out.
 */
export async function packRecords(
  app: App,
  records: readonly Signed[],
  way: Way,
): Promise<readonly Carrier[]> {
  const carriers: Carrier[] = []
  const at = app.clock()
  const read = records.map((record) => ({ record, ...readKept(record) }))
  const keyFor = await app.db.as(system, (tx) => sealingKeys(app, tx, read, way))
  const lots = new Map<string, Lot>()
  for (const one of read) {
    const { record } = one
    const open = way.isRelayed ? undefined : openlyCarried(one)
    if (open) {
      carriers.push(open)
      continue
    }
    const recipient = keyFor(one)
    if (recipient === undefined) continue
    const bytes = recordText(record).length + 1
    let lot = lots.get(recipient)
    if (lot && (lot.records.length === sealLimit.records || lot.bytes + bytes > sealLimit.bytes)) {
      carriers.push(await sealLot(lot, way, at))
      lot = undefined
    }
    lot ??= { recipient, records: [], bytes: 0 }
    lot.records.push(record)
    lot.bytes += bytes
    lots.set(recipient, lot)
  }
  for (const lot of lots.values()) carriers.push(await sealLot(lot, way, at))
  return carriers
}

/** What is closed together; who receives puts it back in order with the rest. */
type Lot = { readonly recipient: string; readonly records: Signed[]; bytes: number }

const sealLot = ({ recipient, records }: Lot, { from }: Way, at: Instant): Promise<Carrier> =>
  sealRecords(records, recipient, { createdBy: identityRef(from), at })

type Read = ReturnType<typeof readKept>

const openlyCarried = ({ record, object }: Read & { readonly record: Signed }) =>
  isContentFree(markingOf(object)) ? undefined : openCarrier(record)

/** Which key seals a record on this way. */
async function sealingKeys(app: App, tx: Tx, read: readonly Read[], { to }: Way) {
  const direct = (await recipientsOf(app, tx, [to])).get(to)
  const audiences = [...new Set(read.map(({ header }) => header.aud))]
  const rows = await tx
    .selectFrom('audience_key')
    .select(['audience_id', 'epoch', 'recipient'])
    .where('audience_id', 'in', audiences)
    .execute()
  const byEpoch = new Map(rows.map((row) => [`${row.audience_id} ${row.epoch}`, row.recipient]))
  return ({ header, object }: Read): string | undefined => {
    // Who is only now made a member has the key of no epoch.
    const isGiven = !['audience', 'audience-key'].includes(object.type)
    return (isGiven ? byEpoch.get(epochOf(header)) : undefined) ?? direct
  }
}

const epochOf = ({ aud, aep }: RecordHeader): string => `${aud} ${aep}`

/** What came in a carrier, and whether whoever carried it could read it. */
export type Unpacked =
  | { readonly records: readonly Signed[]; readonly wasSealed: boolean }
  | { readonly fault: 'not-a-record' | 'unknown-key' }

/** The records in a carrier, their form checked and nothing else. */
export async function unpackCarrier(app: App, carrier: unknown): Promise<Unpacked> {
  if ((carrier as Carrier).type !== 'cpr-sealed') {
    const record = fromOpenCarrier(carrier)
    return record ? { records: [record], wasSealed: false } : { fault: 'not-a-record' }
  }
  const keys = await app.db.as(system, (tx) => openingKeys(app, tx, carrier))
  const opened = await openSealed(carrier, keys)
  if ('records' in opened) return { records: opened.records, wasSealed: true }
  return { fault: opened.fault === 'foreign' ? 'unknown-key' : 'not-a-record' }
}

type Round = {
  readonly taken: readonly Extract<Unpacked, { records: unknown }>[]
  readonly faults: readonly Extract<Unpacked, { fault: unknown }>['fault'][]
}

/**
 * Opens many. What is sealed with a key that comes among them opens in the next round, once whatever
 * came in this one was taken; the last names what nothing opens.
 */
export async function* unpackInRounds(
  app: App,
  carriers: readonly unknown[],
): AsyncGenerator<Round> {
  for (let left = carriers; left.length > 0; ) {
    const closed: unknown[] = []
    const taken: Round['taken'][number][] = []
    const faults: Round['faults'][number][] = []
    for (const carrier of left) {
      const unpacked = await unpackCarrier(app, carrier)
      if (!('fault' in unpacked)) taken.push(unpacked)
      else if (unpacked.fault === 'unknown-key') closed.push(carrier)
      else faults.push(unpacked.fault)
    }
    const isLast = taken.length === 0
    yield {
      taken,
      faults: isLast ? [...faults, ...closed.map(() => 'unknown-key' as const)] : faults,
    }
    if (isLast) return
    left = closed
  }
}

/** The organisations' own keys, and the epoch's that the carrier names. */
async function openingKeys(app: App, tx: Tx, carrier: unknown): Promise<readonly AgeKey[]> {
  const { audience_handle: handle } = carrier as { readonly audience_handle?: unknown }
  const own = await ownAgeKeys(app, tx)
  if (own.some(({ recipient }) => audienceHandle(recipient) === handle)) return own
  const rows = await tx
    .selectFrom('audience_key')
    .select(['recipient', 'sealed_identity'])
    .execute()
  const row = rows.find(({ recipient }) => audienceHandle(recipient) === handle)
  if (!row) return []
  const vault = await openVault(app.node.home)
  const identity = vault.unseal(row.sealed_identity, `age-${row.recipient}`)
  return identity === undefined ? [] : [AgeKey.parse({ identity, recipient: row.recipient })]
}
