import type { Docket, DocketRow } from '@tocsin/api/docket.ts'
import { type Actor, type PersonActor, system } from '@tocsin/domain/actor.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { maySignForMatter, mayWork } from '@tocsin/domain/docket-access.ts'
import { docketPartOf, Stations } from '@tocsin/domain/matter.ts'
import { MINUTES, type MorningItem, minutesToRead, planMorning } from '@tocsin/domain/morning.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import { signaturesNeeded } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import { countApprovalsFor } from '../approvals/queries.ts'
import { requirePerson } from '../identity/step-up.ts'
import { getOrganisation, listOrganisationNames } from '../people/queries.ts'
import { listDrafts, type OpenDraft } from '../warnings/queries.ts'
import { readClockSettings } from './clocks.ts'
import { type Today, todayOf } from './day.ts'
import {
  countDueMatters,
  type DocketLine,
  listDocketLines,
  readDocketFacts,
} from './docket-rows.ts'

const DAY_MS = 86_400_000

/** The open matters of the actor, by the clock that runs out first, and what needs the actor. */
export async function readDocket(
  app: App,
  actor: Actor,
  { exercise, rows: limit }: { readonly exercise: boolean; readonly rows: number },
): Promise<Docket> {
  const person = requirePerson(actor)
  const wanted = { organisation: person.organisation, exercise }
  const asOf = app.clock()
  const docket = await app.db.as(actor, async (tx) => {
    const settings = await readClockSettings(tx, person.organisation)
    const today = todayOf(asOf, settings.calendar.timeZone)
    const drafts = await listDrafts(tx, wanted)
    const lines = await listDocketLines(tx, wanted, limit)
    const rows = lines.map((line) => rowOf(line, { today, settings, drafts, person }))
    const since = addMilliseconds(asOf, -DAY_MS)
    const { counts, clocksSeenAt, nextEscalation, looseReports, ...came } = await readDocketFacts(
      tx,
      wanted,
      today,
      since,
    )
    const { id, name, country } = await getOrganisation(tx, person.organisation)
    return {
      asOf,
      organisation: { id, name, country },
      counts,
      rows,
      morning: planMorning([
        ...draftsFor(person, drafts),
        ...rows.flatMap((row) => clockItem(person, row)),
        ...waiting('approve', exercise ? 0 : await countApprovalsFor(tx, person, asOf)),
        ...waiting('triage', mayWork(person) ? looseReports : 0),
      ]),
      news: { since, ...came },
      nextEscalation,
      clocksSeenAt,
    }
  })
  const others = docket.rows
    .map(({ organisation }) => organisation)
    .filter((organisation) => organisation !== person.organisation)
  // Whoever may read a matter may know whose it is: the name, and nothing more.
  const names =
    others.length === 0
      ? new Map<string, string>()
      : await app.db.as(system, (tx) => listOrganisationNames(tx, others))
  return { ...docket, names: Object.fromEntries(names) }
}

/** How many matters run out today or have run out: for the bar of every page. */
export async function readDue(app: App, actor: Actor): Promise<{ readonly due: number }> {
  const { organisation } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    const { calendar } = await readClockSettings(tx, organisation)
    const today = todayOf(app.clock(), calendar.timeZone)
    return { due: await countDueMatters(tx, { organisation, exercise: false }, today) }
  })
}

type Known = {
  readonly today: Today
  readonly settings: ClockSettings
  readonly drafts: readonly OpenDraft[]
  readonly person: PersonActor
}

function rowOf(line: DocketLine, { today, settings, drafts, person }: Known): DocketRow {
  const { next_tell: tell } = line
  const clock = line.kind && {
    kind: line.kind,
    startedAt: line.started_at,
    dueAt: line.clock_due,
    waitingFor: line.waiting_for,
    nextStep: tell === null ? null : { tell, dueAt: line.next_due },
  }
  const isOwn = line.organisation === person.organisation
  const office = tell === null || tell === 'addressee' || tell === 'deputy' ? undefined : tell
  const draft = drafts.find(({ matter }) => matter === line.id)
  return {
    id: line.id,
    organisation: line.organisation,
    year: line.year,
    number: line.number,
    title: line.title,
    country: line.country,
    place: line.place,
    level: line.level,
    marking: line.marking,
    isExercise: line.is_exercise,
    stations: Stations.parse(line.stations),
    openedAt: line.opened_at,
    part: docketPartOf(clock ?? undefined, today),
    clock,
    // The clocks of a matter run by its owner's settings, which only its owner knows.
    tellsNobody: isOwn && office !== undefined && settings.offices[office] === null,
    escalatedAt: line.told ?? [],
    missed: line.missed,
    draft: draft
      ? {
          warning: draft.warning,
          savedAt: draft.savedAt,
          signatures: draft.signedBy.length,
          signaturesNeeded: signaturesNeeded(draft.level),
          isReturned: draft.isReturned,
        }
      : null,
  }
}

const nothing = { matter: null, title: null, warning: null, level: null, dueAt: null, count: 1 }

/** Drafts that wait for this person's signature, or that came back to their writer. */
function draftsFor(person: PersonActor, drafts: readonly OpenDraft[]): MorningItem[] {
  const { organisation } = person
  return drafts.flatMap((draft): MorningItem[] => {
    const { matter, title, warning, level, characters } = draft
    const about = { ...nothing, matter, title, warning, level }
    if (draft.isReturned) {
      const isWriter = draft.writtenBy === person.person
      return isWriter ? [{ ...about, kind: 'amend', minutes: MINUTES.amend }] : []
    }
    const waits =
      maySignForMatter(person, { organisation }) && !draft.signedBy.includes(person.person)
    return waits ? [{ ...about, kind: 'sign', minutes: minutesToRead(characters) }] : []
  })
}

/** What somebody must do about a clock that has run out, or that runs out today. */
function clockItem(person: PersonActor, row: DocketRow): MorningItem[] {
  const { clock, part, title, level, id: matter } = row
  if (!clock || row.organisation !== person.organisation) return []
  if (part !== 'over-time' && part !== 'today') return []
  const about = { ...nothing, matter, title, level, dueAt: clock.dueAt }
  if (clock.kind === 'review') {
    const isMine = maySignForMatter(person, row)
    return isMine ? [{ ...about, kind: 'review', minutes: MINUTES.review }] : []
  }
  return mayWork(person) ? [{ ...about, kind: 'chase', minutes: MINUTES.chase }] : []
}

/** Acts that wait for a second person, and reports on no matter. */
const waiting = (kind: 'approve' | 'triage', count: number): MorningItem[] =>
  count === 0 ? [] : [{ ...nothing, kind, count, minutes: count * MINUTES[kind] }]
