import { randomBytes } from 'node:crypto'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId, AudienceVersion } from '@tocsin/domain/network.ts'
import { audienceObject } from '@tocsin/records/audience-object.ts'
import { digestOf, publicKeyOf, type Signed } from '@tocsin/records/jws.ts'
import { openCarrier } from '@tocsin/records/open-carrier.ts'
import { type RecordedObject, signRecord } from '@tocsin/records/record.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { SigningKey } from '@tocsin/server/network/message-signature.ts'
import type pg from 'pg'

/** A member of whom there is no more than its key: what it sends is made here. */
export type Sender = SigningKey & { readonly organisation: OrganisationId }

/** Puts a new member into a node's trust store, as two officers would. */
export async function pinSender(owner: pg.Client): Promise<Sender> {
  const organisation = newId<OrganisationId>()
  const seed = new Uint8Array(randomBytes(32))
  const kid = `${organisation}/key`
  await owner.query(
    `insert into organisation (id, name, kind, made_at) values ($1, $2, 'focal-point', now())`,
    [organisation, `Member ${organisation.slice(-4)}`],
  )
  await owner.query(
    `insert into member (organisation, address, root, state, made_at)
      values ($1, 'http://127.0.0.1:9/', repeat('a', 64), 'pinned', now())`,
    [organisation],
  )
  await owner.query(
    `insert into member_key (id, organisation, public_key, made_at) values ($1, $2, $3, now())`,
    [kid, organisation, publicKeyOf(seed)],
  )
  return { organisation, kid, seed }
}

/** A member's feed to an audience of its own with one reader: each call signs the next record. */
export function openFeed({ organisation, kid, seed }: Sender, reader: OrganisationId) {
  const audience = newId<AudienceId>()
  let aseq = 0
  let last: Signed | undefined
  const next = (object: RecordedObject): Signed => {
    aseq += 1
    last = signRecord(
      {
        alg: 'Ed25519',
        kid,
        typ: 'cpr+jws',
        cty: 'application/stix+json;version=2.1',
        org: organisation,
        aud: audience,
        aep: 0,
        aseq,
        aprev: last ? digestOf(last) : null,
        refs: [],
        salt: randomBytes(16).toString('base64url'),
      },
      object,
      seed,
    )
    return last
  }
  const at = systemClock()
  const version: AudienceVersion = {
    id: audience,
    version: 1,
    name: 'Rivers',
    organisation,
    audience: [reader],
    excluded: [],
    ceiling: 'TLP:GREEN',
    reshare: 'never',
    effectiveAt: at,
    expiresAt: null,
  }
  const told = { created: at, modified: at, marking: markingRef('TLP:GREEN') }
  return {
    /** What makes the audience known: sent first. */
    first: () => carrierOf(next(audienceObject(version, told) as RecordedObject)),
    next: (content: string) => carrierOf(next(note(content, systemClock()))),
  }
}

function carrierOf(record: Signed): RecordedObject {
  const carrier = openCarrier(record)
  if (!carrier) throw new Error('this cannot be carried openly')
  return carrier
}

const note = (content: string, at: Instant): RecordedObject => ({
  type: 'note',
  spec_version: '2.1',
  id: `note--${crypto.randomUUID()}`,
  created: at,
  modified: at,
  object_marking_refs: [markingRef('TLP:GREEN')],
  content,
  object_refs: [],
})
