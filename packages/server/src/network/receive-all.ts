import type { RecordResult } from '@tocsin/api/taxii.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { digestOf, type Signed } from '@tocsin/records/jws.ts'
import type { App } from '../app.ts'
import { receiveRecords } from './receive.ts'

/** What came in one carrier. */
export type Taken = { readonly records: readonly Signed[]; readonly wasSealed: boolean }

/** Takes in what came in many carriers, in their order; answers what became of each record. */
export async function receiveAll(
  app: App,
  carriers: readonly Taken[],
  from: OrganisationId,
): Promise<readonly RecordResult[]> {
  const results: RecordResult[] = []
  let at = 0
  while (at < carriers.length) {
    const { wasSealed } = carriers[at] as Taken
    const end = carriers.findIndex((one, index) => index > at && one.wasSealed !== wasSealed)
    const alike = carriers.slice(at, end < 0 ? undefined : end)
    const records = alike.flatMap((one) => one.records)
    const received = await receiveRecords(app, records, from, { wasSealed })
    for (const [index, result] of received.entries()) {
      results.push({ digest: digestOf(records[index] as Signed), result })
    }
    at += alike.length
  }
  return results
}
