import type { Instant } from '@tocsin/domain/brand.ts'
import { type AudienceId, AudienceVersion } from '@tocsin/domain/network.ts'
import { z } from 'zod'
import { RecordedObject } from './record.ts'

/** A version of an audience as its owner makes it known to everybody in it. */
export const AudienceObject = RecordedObject.extend({
  type: z.literal('audience'),
  object_marking_refs: z.array(z.string()),
  version: AudienceVersion.shape.version,
  name: AudienceVersion.shape.name,
  owner: AudienceVersion.shape.organisation,
  members: AudienceVersion.shape.audience,
  excluded: AudienceVersion.shape.excluded,
  ceiling: AudienceVersion.shape.ceiling,
  reshare: AudienceVersion.shape.reshare,
  effective_at: AudienceVersion.shape.effectiveAt,
  expires_at: AudienceVersion.shape.expiresAt,
})
export type AudienceObject = Readonly<z.infer<typeof AudienceObject>>

type Told = {
  /** When its first version was made, and this one. */
  readonly created: Instant
  readonly modified: Instant
  /** The TLP marking definition that the version itself carries. */
  readonly marking: string
}

/** The object that is published into the audience itself. */
export function audienceObject(version: AudienceVersion, told: Told): AudienceObject {
  return {
    type: 'audience',
    spec_version: '2.1',
    id: `audience--${version.id}`,
    created: told.created,
    modified: told.modified,
    object_marking_refs: [told.marking],
    version: version.version,
    name: version.name,
    owner: version.organisation,
    members: version.audience,
    excluded: version.excluded,
    ceiling: version.ceiling,
    reshare: version.reshare,
    effective_at: version.effectiveAt,
    expires_at: version.expiresAt,
  }
}

/** The version that such an object tells of. */
export function audienceVersion(object: AudienceObject): AudienceVersion {
  return {
    id: object.id.replace('audience--', '') as AudienceId,
    version: object.version,
    name: object.name,
    organisation: object.owner,
    audience: object.members,
    excluded: object.excluded,
    ceiling: object.ceiling,
    reshare: object.reshare,
    effectiveAt: object.effective_at,
    expiresAt: object.expires_at,
  }
}
