import type { RecordResult } from '@tocsin/api/taxii.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { digestOf, readHeader, type Signed } from '@tocsin/records/jws.ts'
import { RecordHeader } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import { type Received, receiveRecords } from './receive.ts'

/** What came in one carrier. */
export type Taken = { readonly records: readonly Signed[]; readonly wasSealed: boolean }

/**
 * Takes in what came in many carriers, in the order in which each author said it, whatever is sealed
 * and what is not; answers what became of each record.
 */
export async function receiveAll(
  app: App,
  carriers: readonly Taken[],
  from: OrganisationId,
): Promise<readonly RecordResult[]> {
  const arrived = inOrder(carriers)
  const received = await receiveRecords(app, arrived, from)
  return arrived.map(({ record }, index) => ({
    digest: digestOf(record),
    result: received[index] as Received,
  }))
}

/** The records of many carriers, each author's in the order in which it said them. */
export const inOrder = (carriers: readonly Taken[]) =>
  carriers
    .flatMap(({ records, wasSealed }) => records.map((record) => ({ record, wasSealed })))
    .map((one) => ({ ...one, seq: readHeader(RecordHeader, one.record)?.aseq ?? 0 }))
    .sort((one, other) => one.seq - other.seq)
