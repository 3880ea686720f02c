import type { PersonActor, Role } from '@tocsin/domain/actor.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Executors } from '../approvals/four-eyes.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** Something that happened so many hours before now, done by the commands that people use. */
export type Scene = {
  readonly hoursAgo: number
  readonly play: (stage: Stage) => Promise<void>
}

/** Somebody who acts: who they are, and what their organisation lets them do. */
export type Player = {
  readonly person: PersonId
  readonly organisation: OrganisationId
  readonly roles: readonly Role[]
}

/** Where a story is played: the node at a moment of the past, and what is called what in the story. */
export type Stage = {
  readonly app: App
  readonly executors: Executors
  /** The moment that lies so many hours before now. */
  readonly at: (hoursAgo: number) => Instant
  /** A player of the story, as the commands know people. */
  readonly as: (name: string) => PersonActor
  readonly organisation: (name: string) => OrganisationId
  readonly office: (name: string) => PostId
  readonly matter: (name: string) => MatterId
  readonly warning: (name: string) => WarningId
}

export type Cast = {
  readonly players: ReadonlyMap<string, Player>
  readonly organisations: ReadonlyMap<string, OrganisationId>
  readonly offices: ReadonlyMap<string, PostId>
}

/** Something that the story calls by a name; a name nobody bears is a mistake in the story. */
function named<Thing>(all: ReadonlyMap<string, Thing>, name: string): Thing {
  const thing = all.get(name)
  if (thing === undefined) throw new Error(`the story knows nobody and nothing called ${name}`)
  return thing
}

/** The same id whenever the story uses the name, made when it is first used. */
function naming<Id extends string>(): (name: string) => Id {
  const known = new Map<string, Id>()
  return (name) => {
    const id = known.get(name) ?? newId<Id>()
    known.set(name, id)
    return id
  }
}

type Given = {
  readonly app: App
  readonly executors: Executors
  readonly cast: Cast
  readonly now: Instant
}

export function openStage({ app, executors, cast, now }: Given): Stage {
  return {
    app,
    executors,
    at: (hoursAgo) => addMilliseconds(now, -hoursAgo * HOUR_MS),
    as: (name) => {
      const { person, organisation, roles } = named(cast.players, name)
      const credential = `demonstration-${person}`
      const steppedUpUntil = addMilliseconds(now, DAY_MS)
      const session = newId<PersonActor['session']>()
      const who = { person, organisation, roles: [...roles], session, credential, steppedUpUntil }
      return { kind: 'person', ...who }
    },
    organisation: (name) => named(cast.organisations, name),
    office: (name) => named(cast.offices, name),
    matter: naming<MatterId>(),
    warning: naming<WarningId>(),
  }
}

type Rounds = {
  /** When the next rung of any clock falls due; undefined where none does. */
  readonly nextDue: () => Promise<Instant | undefined>
  readonly round: () => Promise<void>
  readonly setClock: (at: Instant) => void
}

/**
 * Plays the scenes in the order in which they happened. Between two of them every rung that fell due
 * is told at its own time, as the node would have done.
 */
export async function playScenes(
  stage: Stage,
  scenes: readonly Scene[],
  { nextDue, round, setClock }: Rounds,
): Promise<void> {
  const runUntil = async (end: Instant) => {
    for (let due = await nextDue(); due && due <= end; due = await nextDue()) {
      setClock(due)
      await round()
    }
    setClock(end)
    await round()
  }
  const ordered = scenes.toSorted((a, b) => b.hoursAgo - a.hoursAgo)
  for (const { hoursAgo, play } of ordered) {
    await runUntil(stage.at(hoursAgo))
    await play(stage)
  }
  await runUntil(stage.at(0))
}

/** When the next rung is to be told or the next warning ends; undefined where nothing is to come. */
export async function findNextDue(app: App): Promise<Instant | undefined> {
  const { due } = await app.db.as(system, async (tx) => {
    const { rows } = await sql<{ due: Instant | null }>`select least(
      (select min(due_at) from clock_step where done_at is null),
      (select min(expires_at) from warning where state = 'sent')) as due`.execute(tx)
    return rows[0] ?? { due: null }
  })
  return due ?? undefined
}
