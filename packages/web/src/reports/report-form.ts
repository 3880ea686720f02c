import { Marking } from '@tocsin/domain/audience.ts'
import type { CountryCode, Day } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  type Estimate,
  Harm,
  InformationGrade,
  PlacePrecision,
  Report,
  type ReportForm,
  type ReportId,
  SourceGrade,
} from '@tocsin/domain/report.ts'
import { textOf } from '../identity/ActForm.tsx'

/**
 * The report that the form's fields say. Throws the problem that the node itself would answer, with
 * the field, where estimates cannot be: nothing is sent that is known to be refused.
 */
export function reportIn(fields: FormData, id: string, isExercise: boolean): ReportForm {
  const optional = (name: string) => textOf(fields, name) || null
  return {
    id: id as ReportId,
    matter: optional('matter') as MatterId | null,
    kind: Report.shape.kind.parse(textOf(fields, 'kind')),
    what: textOf(fields, 'what'),
    fromDay: textOf(fields, 'fromDay') as Day,
    untilDay: textOf(fields, 'untilDay') as Day,
    country: optional('country') as CountryCode | null,
    place: optional('place'),
    precision: PlacePrecision.nullable().parse(optional('precision')),
    groups: optional('groups'),
    harm: harmIn(fields),
    sourceGrade: SourceGrade.parse(textOf(fields, 'sourceGrade')),
    informationGrade: InformationGrade.parse(textOf(fields, 'informationGrade')),
    marking: Marking.parse(textOf(fields, 'marking')),
    // Whoever is not sure is handled as being at risk.
    someoneAtRisk: textOf(fields, 'someoneAtRisk') !== 'no',
    isExercise,
  }
}

/** Estimates by kind of harm. What is left empty is unknown and is not sent: unknown is not zero. */
export function harmIn(fields: FormData): ReportForm['harm'] {
  const harm: Partial<Record<Harm, Estimate>> = {}
  for (const kind of Harm.options) {
    const [low, best, high] = (['low', 'best', 'high'] as const).map((part) =>
      numberOf(textOf(fields, `${kind}-${part}`)),
    )
    if (low === undefined && best === undefined && high === undefined) continue
    if (low === undefined || high === undefined) throw refused(kind)
    const isInOrder = low <= (best ?? low) && (best ?? high) <= high && low <= high
    if (!isInOrder || ![low, best ?? low, high].every(isCount)) throw refused(kind)
    harm[kind] = { low, best: best ?? null, high }
  }
  return harm
}

const numberOf = (text: string): number | undefined => (text === '' ? undefined : Number(text))
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < 100_000_000

const refused = (path: Harm) =>
  new Problem('request.invalid', { issues: [{ path, code: 'estimate' }] })
