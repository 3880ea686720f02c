import { CountryCode, Instant } from '@tocsin/domain/brand.ts'
import { Confidence, Level } from '@tocsin/domain/level.ts'
import { MatterId, Stations } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { redact } from '@tocsin/domain/redaction.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { identityRef, makeObject, nameObject, readContent, sharedParts } from './shared-object.ts'

/** A matter as others are told of it: where it stands, and nothing of its reports. */
export const SharedMatter = z.object({
  ...sharedParts,
  matter: MatterId,
  year: z.int(),
  number: z.int().positive(),
  title: Line,
  summary: Paragraphs.nullable(),
  country: CountryCode.nullable(),
  place: Line.nullable(),
  level: Level,
  certainty: Confidence.nullable(),
  stations: Stations,
  openedAt: Instant,
  reviewBy: Instant.nullable(),
  /** The latest review, and why the level was kept or changed. */
  review: z.object({ signedAt: Instant, reasons: Paragraphs.nullable() }).nullable(),
  closing: z.object({ closedAt: Instant, reasons: Paragraphs.nullable() }).nullable(),
})
export type SharedMatter = Readonly<z.infer<typeof SharedMatter>>

/** Confidence as STIX counts it: low, medium and high of its own scale. */
const counted: Readonly<Record<Confidence, number>> = { low: 15, moderate: 50, high: 85 }

export function matterObject(facts: SharedMatter): RecordedObject {
  const said = redact(facts, facts.redacted)
  return makeObject({
    type: 'grouping',
    id: nameObject('grouping', facts.matter, facts.audience),
    standing: facts,
    stix: {
      name: said.title,
      description: said.summary ?? undefined,
      context: 'unspecified',
      confidence: said.certainty === null ? undefined : counted[said.certainty],
      external_references: [{ source_name: 'Tocsin', external_id: symbolOf('M', facts) }],
      object_refs: [identityRef(facts.organisation)],
    },
    schema: SharedMatter,
    content: said,
  })
}

export const readMatterObject = (object: RecordedObject): SharedMatter =>
  readContent(SharedMatter, object)
