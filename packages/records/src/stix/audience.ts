import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { AudienceVersion } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { SharingTerms } from '@tocsin/domain/sharing.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent } from './shared-object.ts'

/** A version of an audience as its members are told of it: whom its groups are made of, not which. */
export const SharedAudience = AudienceVersion.extend({
  ...SharingTerms.pick({ delegates: true, isRosterClosed: true, isAuthorWithheld: true }).shape,
  organisationName: Line,
  /** Names of the organisations that are mentioned, for whoever has not met them. */
  names: z.array(z.object({ organisation: OrganisationId, name: Line })).max(600),
  madeAt: Instant,
})
export type SharedAudience = Readonly<z.infer<typeof SharedAudience>>

/** The first version's time names when the audience was made; the ceiling is its own marking. */
export const audienceObject = (facts: SharedAudience, created: Instant): RecordedObject =>
  makeObject({
    type: 'audience',
    id: nameObject('audience', facts.id, facts.id),
    standing: { ...facts, marking: facts.ceiling, created, modified: facts.madeAt },
    stix: { name: facts.name },
    schema: SharedAudience,
    content: facts,
  })

export const readAudienceObject = (object: RecordedObject): SharedAudience =>
  readContent(SharedAudience, object)
