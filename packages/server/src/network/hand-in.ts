import { ENVELOPE_BYTES, type RecordResult, Status, TAXII } from '@tocsin/api/taxii.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { App } from '../app.ts'
import type { Carrier } from './carriers.ts'
import { callMember } from './members.ts'

const INBOX = '/taxii2/network/collections/inbox/objects/'
const WAIT_MS = 60_000

type Parcel = {
  readonly from: OrganisationId
  readonly to: OrganisationId
  readonly objects: readonly Carrier[]
  /** For whom it is, where the one it is sent to only carries it. */
  readonly carriedTo?: OrganisationId
}

type Sent = { readonly results: readonly RecordResult[] } | { readonly waitMs: number }

/** Hands carriers to a member's node; throws where it is not reached or does not answer as it should. */
export async function handIn(app: App, { from, to, objects, carriedTo }: Parcel): Promise<Sent> {
  const body = Buffer.from(JSON.stringify({ objects, ...(carriedTo && { x_to: carriedTo }) }))
  const answer = await callMember(app, {
    from,
    to,
    method: 'POST',
    path: INBOX,
    body,
    contentType: TAXII,
    headers: { accept: TAXII },
    waitMs: WAIT_MS,
    maxBytes: ENVELOPE_BYTES,
  })
  if (answer.status === 429) {
    return { waitMs: Math.min(600, Number(answer.headers['retry-after']) || 60) * 1000 }
  }
  if (answer.status !== 202) throw new Error(`the inbox answered ${answer.status}`)
  return { results: Status.parse(JSON.parse(answer.body.toString())).x_records }
}
