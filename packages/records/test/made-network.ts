import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { publicKeyOf, type Signed } from '../src/jws.ts'
import { type RecordedObject, type RecordHeader, signRecord } from '../src/record.ts'

/** An organisation of the network whose key everybody knows; nothing of it is secret or random. */
export const seed = new Uint8Array(32).fill(7)
export const organisation = '01900000-0000-7000-8000-000000000001' as OrganisationId
export const audience = '01900000-0000-7000-8000-000000000002' as AudienceId
export const kid = `${organisation}/a`
export const createdBy = 'identity--01900000-0000-4000-8000-000000000001'

export const keyOf = (name: string, by: OrganisationId): string | undefined =>
  name === kid && by === organisation ? publicKeyOf(seed) : undefined

export const header = (aseq = 1, aprev: Sha256 | null = null): RecordHeader => ({
  alg: 'Ed25519',
  kid,
  typ: 'cpr+jws',
  cty: 'application/stix+json;version=2.1',
  org: organisation,
  aud: audience,
  aep: 0,
  aseq,
  aprev,
  refs: ['0'.repeat(64) as Sha256],
  salt: 'a'.repeat(43),
})

export const object = (content = 'Chalk marks on doors, “Лower” 科夫.'): RecordedObject => ({
  type: 'note',
  spec_version: '2.1',
  id: 'note--01900000-0000-4000-8000-000000000003',
  created_by_ref: createdBy,
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  content,
  object_refs: [createdBy],
})

export const madeRecord = (aseq = 1, content?: string): Signed =>
  signRecord(header(aseq), object(content), seed)
