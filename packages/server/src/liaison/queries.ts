import type { LiaisonDesk, ListedNote, MatterLiaison } from '@tocsin/api/liaison.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import { nextSteps } from '@tocsin/domain/liaison.ts'
import { type LiaisonNote, mayBeTold } from '@tocsin/domain/liaison-note.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { findCountry } from '../countries/queries.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listReceived, listSent } from './exchange.ts'
import { listFindable, offeredOf } from './findings.ts'
import { listOffices } from './offices.ts'
import { checkOf, noteOf, requestOf } from './store.ts'

const MOST = 200

/** Everything between the organisation and the UN Office. */
export async function readDesk(
  app: App,
  actor: Actor,
  { exercise }: { readonly exercise: boolean },
): Promise<LiaisonDesk> {
  const { organisation } = requirePerson(actor)
  const asOf = app.clock()
  const received = await listReceived(app, actor, { exercise, limit: MOST })
  return app.db.as(actor, async (tx) => {
    const requests = await tx
      .selectFrom('liaison_request')
      .selectAll()
      .where('organisation', '=', organisation)
      .orderBy('made_at', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute()
    const checks = await tx
      .selectFrom('capacity_check')
      .selectAll()
      .where('organisation', '=', organisation)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute()
    const matters = await tx
      .selectFrom('matter')
      .select(['id', 'year', 'number', 'title'])
      .where('organisation', '=', organisation)
      .where('is_exercise', '=', false)
      .where('closed_at', 'is', null)
      .orderBy('year', 'desc')
      .orderBy('number', 'desc')
      .limit(MOST)
      .execute()
    const isOver = ({ state }: { readonly state: LiaisonDesk['requests'][number]['state'] }) =>
      nextSteps(state).length === 0
    const all = requests.map(requestOf)
    return {
      ...{ asOf, organisation, matters },
      requests: [...all.filter((one) => !isOver(one)), ...all.filter(isOver)],
      checks: checks.map(checkOf),
      notes: await listDeskNotes(tx, { organisation, exercise }),
      offices: [...(await listOffices(tx, organisation))],
      received,
      countries: namesOf(received.flatMap(({ note }) => mentionedIn(note.content))),
    }
  })
}

type Whose = Pick<LiaisonDesk, 'organisation'> & { readonly exercise: boolean }

async function listDeskNotes(tx: Tx, { organisation, exercise }: Whose): Promise<ListedNote[]> {
  const rows = await tx
    .selectFrom('liaison_note')
    .innerJoin('matter', 'matter.id', 'liaison_note.matter')
    .selectAll('liaison_note')
    .select(['matter.year', 'matter.number', 'matter.title'])
    .where('liaison_note.organisation', '=', organisation)
    .where('liaison_note.is_exercise', '=', exercise)
    .orderBy('liaison_note.made_at', 'desc')
    .orderBy('liaison_note.id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map(({ year, number, title, ...row }) => ({ ...noteOf(row), year, number, title }))
}

/** The names of States by their code. */
const namesOf = (codes: readonly (CountryCode | null)[]): MatterLiaison['countries'] =>
  Object.fromEntries(
    codes.flatMap((code) => (code === null ? [] : [[code, findCountry(code)?.names ?? {}]])),
  )

/** The States that a note speaks of. */
const mentionedIn = ({ country, findings }: LiaisonNote['content']) => [
  country,
  ...findings.map((one) => ('country' in one ? one.country : null)),
]

/** What on a matter a note may tell of, and the notes that were made: for its own organisation alone. */
export async function readMatterLiaison(
  app: App,
  actor: Actor,
  id: MatterId,
): Promise<MatterLiaison> {
  const asOf = app.clock()
  return app.db.as(actor, async (tx) => {
    const matter = await getMatter(tx, id)
    if (!mayReadOwn(actor, matter)) throw new Problem('matter.not-found')
    const notes = await tx
      .selectFrom('liaison_note')
      .selectAll()
      .where('matter', '=', id)
      .orderBy('made_at', 'desc')
      .orderBy('id', 'desc')
      .execute()
    const offered = (await listFindable(tx, matter)).map(offeredOf)
    const made = notes.map(noteOf)
    const told = [
      ...offered.map(({ finding }) => finding),
      ...made.flatMap(({ content }) => content.findings),
    ]
    return {
      ...{ asOf, matter, offered },
      countries: namesOf([
        matter.country,
        ...told.map((one) => ('country' in one ? one.country : null)),
      ]),
      offices: [...(await listOffices(tx, matter.organisation))],
      mayGo: mayBeTold(matter.marking),
      notes: made,
      sent: await listSent(tx, matter.organisation, made),
    }
  })
}
