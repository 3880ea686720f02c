import { system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'

const LIFE_MS = 10 * 60 * 1000

/** What is asked of somebody between two requests. */
export type Purpose =
  | 'sign-in'
  | 'step-up'
  | 'add-passkey'
  | 'set-fallback'
  | 'enrol'
  | 'provider'
  /** A passkey signs what an organisation votes. */
  | 'ballot'

type Ceremony = {
  readonly purpose: Purpose
  readonly person: PersonId | null
  readonly details: object
}

/** Remembers a challenge for ten minutes; answers its id, which is what the client sends back. */
export async function startCeremony(app: App, ceremony: Ceremony): Promise<string> {
  const now = app.clock()
  const id = newId<string>()
  const { purpose, person } = ceremony
  const details = JSON.stringify(ceremony.details)
  await app.db.as(system, async (tx) => {
    await tx.deleteFrom('ceremony').where('expires_at', '<', now).execute()
    const row = { id, purpose, person, details, expires_at: addMilliseconds(now, LIFE_MS) }
    await tx.insertInto('ceremony').values(row).execute()
  })
  return id
}

type Expected = {
  readonly id: string
  readonly purpose: Purpose
  readonly person: PersonId | null
}

/**
 * Takes what was remembered, once: whatever comes of it, the same answer never counts twice. A
 * ceremony that belongs to another person or purpose does not exist.
 */
export async function takeCeremony<S extends z.ZodType>(
  app: App,
  expected: Expected,
  details: S,
): Promise<z.infer<S>> {
  return app.db.as(system, (tx) => takeCeremonyIn(app, tx, expected, details))
}

/** The same in the caller's transaction: if that fails, a mistyped code can be typed again. */
export async function takeCeremonyIn<S extends z.ZodType>(
  app: App,
  tx: Tx,
  { id, purpose, person }: Expected,
  details: S,
): Promise<z.infer<S>> {
  const row = await tx
    .deleteFrom('ceremony')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('person', person === null ? 'is' : '=', person)
    .where('expires_at', '>', app.clock())
    .returning('details')
    .executeTakeFirst()
  if (!row) throw new Problem('identity.ceremony-over')
  return details.parse(row.details)
}
