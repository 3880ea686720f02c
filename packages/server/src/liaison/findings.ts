import type { OfferedFinding } from '@tocsin/api/liaison.ts'
import { mayBeTold } from '@tocsin/domain/liaison-note.ts'
import {
  type ChosenThing,
  findingOf,
  leftOutOf,
  type WarningFacts,
} from '@tocsin/domain/liaison-redaction.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import { listActionsOn } from '../action-plans/queries.ts'
import type { Tx } from '../database/database.ts'
import { listDatesOn } from '../docket/calendar.ts'
import { listReportsOn } from '../reports/queries.ts'

/** Something that a note may tell of, with what it is known by here and how it is marked. */
export type Findable = ChosenThing & {
  readonly id: string
  readonly name: string
  readonly marking: Matter['marking']
}

/** Everything on the matter that the actor may see and that a note may tell of. */
export async function listFindable(tx: Tx, matter: Matter): Promise<Findable[]> {
  const { id: on, marking, isExercise } = matter
  const reports = await listReportsOn(tx, on)
  const warnings = await listSentWarnings(tx, matter)
  const dates = await listDatesOn(tx, on)
  const actions = await listActionsOn(tx, on)
  return [
    ...reports.map((thing): Findable => {
      const name = symbolOf('R', { ...thing, isExercise })
      return { kind: 'report', id: thing.id, name, marking: thing.marking, factors: [], thing }
    }),
    ...warnings,
    ...dates.map((thing): Findable => {
      const { id, title: name } = thing
      return { kind: 'date', id, name, marking, factors: [TRIGGERS], thing }
    }),
    ...actions.map((thing): Findable => {
      const { id, title: name, riskFactors: factors } = thing
      return { kind: 'action', id, name, marking, factors, thing }
    }),
  ]
}

/** Days that may set violence off belong to the factor of triggers. */
const TRIGGERS = 8

async function listSentWarnings(tx: Tx, matter: Matter): Promise<Findable[]> {
  const { isExercise, marking } = matter
  const rows = await tx
    .selectFrom('warning')
    .select(['id', 'year', 'number', 'draft', 'sent_at'])
    .where('matter', '=', matter.id)
    .where('sent_at', 'is not', null)
    .orderBy('sent_at')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, year, number, draft, sent_at: sentAt }): Findable[] => {
    if (sentAt === null) return []
    const { level, confidence, populations, windowFrom, windowUntil } = WarningDraft.parse(draft)
    const thing: WarningFacts = { level, confidence, populations, windowFrom, windowUntil, sentAt }
    const name = symbolOf('W', { year, number, isExercise })
    return [{ kind: 'warning', id, name, marking, factors: [], thing }]
  })
}

export const offeredOf = (one: Findable): OfferedFinding => ({
  kind: one.kind,
  id: one.id,
  name: one.name,
  finding: findingOf(one, (text) => text),
  leftOut: leftOutOf(one),
  factors: [...one.factors],
  mayGo: mayBeTold(one.marking),
})

/** Names of persons that the actor may see: what is written for a note is looked through for them. */
export async function listNames(tx: Tx): Promise<string[]> {
  const people = await tx.selectFrom('person').select('name').execute()
  return people.map(({ name }) => name)
}
