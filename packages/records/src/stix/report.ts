import { CountryCode, Day } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { redact, withheldFrom } from '@tocsin/domain/redaction.ts'
import { Report } from '@tocsin/domain/report.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { identityRef, makeObject, nameObject, readContent, sharedParts } from './shared-object.ts'

/**
 * A report as others are told of it: what is said and how it is graded. Who wrote it, whether somebody
 * is at risk by it and where exactly it was are not among its parts, so they cannot leave.
 */
export const SharedReport = z.object({
  ...sharedParts,
  report: Report.shape.id,
  matter: MatterId.nullable(),
  year: z.int(),
  number: z.int().positive(),
  kind: Report.shape.kind,
  what: Report.shape.what,
  fromDay: Day,
  untilDay: Day,
  country: CountryCode.nullable(),
  place: Line.nullable(),
  precision: Report.shape.precision,
  groups: Line.nullable(),
  harm: Report.shape.harm.nullable(),
  sourceGrade: Report.shape.sourceGrade,
  informationGrade: Report.shape.informationGrade,
})
export type SharedReport = Readonly<z.infer<typeof SharedReport>>

export function reportObject(facts: SharedReport): RecordedObject {
  const redacted = [...new Set([...facts.redacted, ...withheldFrom(facts)])].sort()
  const said = redact({ ...facts, redacted }, redacted)
  return makeObject({
    type: 'report',
    id: nameObject('report', facts.report, facts.audience),
    standing: facts,
    stix: {
      name: symbolOf('R', facts),
      description: said.what,
      published: facts.created,
      object_refs: [identityRef(facts.organisation)],
    },
    schema: SharedReport,
    content: said,
  })
}

export const readReportObject = (object: RecordedObject): SharedReport =>
  readContent(SharedReport, object)
