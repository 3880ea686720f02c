import type { Actor } from '@tocsin/domain/actor.ts'
import { OrganisationId } from '@tocsin/domain/brand.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { type MatterId, MatterOpening } from '@tocsin/domain/matter.ts'
import { ReshareRule } from '@tocsin/domain/network.ts'
import type { Acknowledgement } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { markingFrom } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { receiptObject } from '@tocsin/records/stix/receipt.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { insertMatter } from '../docket/opening.ts'
import { appendEntry } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import { publishRecord } from './publish.ts'
import { requireShared, type SharedThing } from './shared.ts'

/* What ours does with what another organisation shared: acknowledge, say it was read, take it up. */

async function nameOf(tx: Tx, id: OrganisationId): Promise<string> {
  const { name } = await tx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return name
}

/** What every receipt of ours about something says. */
async function receiptFor(app: App, tx: Tx, organisation: OrganisationId, thing: SharedThing) {
  const { audience, digest, id: about, line } = thing
  return {
    organisation,
    organisationName: await nameOf(tx, organisation),
    audience,
    marking: markingFrom(line.marking),
    isExercise: line.isExercise,
    key: 'own',
    about,
    digest,
    givenAt: app.clock(),
  }
}

async function isGiven(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('shared_object')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** In the organisation's name: it arrives at the author and stands in the record of its matter. */
export async function acknowledgeShared(
  app: App,
  actor: Actor,
  id: string,
  given: Acknowledgement,
): Promise<void> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation } = requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    const thing = await requireShared(tx, actor, id)
    if (thing.object.type !== 'atrocity-alert') throw new Problem('sharing.not-a-warning')
    const receipt = await receiptFor(app, tx, organisation, thing)
    const object = receiptObject({
      ...receipt,
      ...given,
      kind: 'acknowledgement',
      notification: null,
      authority: receipt.organisationName,
    })
    if (await isGiven(tx, object.id)) throw new Problem('letter.acknowledged')
    const { audience, digest } = thing
    await publishRecord(app, tx, { organisation, audience, object, refs: [digest] })
    const { givenAt: at } = receipt
    await recordAudit(tx, { at, actor, act: 'sharing.acknowledged', subject: id })
  })
}

/** Once for the organisation, and only where the author asks. Who of its people read it is not said. */
export async function markRead(app: App, actor: Actor, id: string): Promise<{ told: boolean }> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    const thing = await requireShared(tx, actor, id)
    if (thing.content['asks_who_read'] !== true) return { told: false }
    const receipt = await receiptFor(app, tx, organisation, thing)
    const object = receiptObject({ ...receipt, kind: 'read' })
    if (await isGiven(tx, object.id)) return { told: true }
    const { audience, digest } = thing
    await publishRecord(app, tx, { organisation, audience, object, refs: [digest] })
    return { told: true }
  })
}

/** Opens a matter that says what it came from; for its own people until its author lets others in. */
export async function takeUp(
  app: App,
  actor: Actor,
  id: string,
  { matter }: { readonly matter: MatterId },
): Promise<{ matter: MatterId }> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    await holdId(tx, matter)
    const thing = await requireShared(tx, actor, id)
    const known = await tx
      .selectFrom('taken_up')
      .select('matter')
      .where('organisation', '=', organisation)
      .where('object_id', '=', id)
      .executeTakeFirst()
    if (known) return known
    const { content, line, organisation: author, digest } = thing
    await insertMatter(app, tx, actor, openingOf(thing, matter))
    await tx
      .insertInto('taken_up')
      .values({
        ...{ matter, organisation, object_id: id, author },
        marking: markingFrom(line.marking),
        reshare: ReshareRule.catch('never').parse(content['reshare']),
        delegates: OrganisationId.array().catch([]).parse(content['delegates']),
        taken_up_at: app.clock(),
      })
      .execute()
    const isWithheld = content['is_author_withheld'] === true
    const facts = {
      object: id,
      digest,
      // The record of a matter may be read by others one day: who must not be named is not.
      from: isWithheld ? null : String(content['organisation_name'] ?? ''),
    }
    await appendEntry(app, tx, { matter, kind: 'matter.taken-up', actor, facts })
    return { matter }
  })
}

const letters: Readonly<Record<string, 'M' | 'W' | 'R'>> = {
  grouping: 'M',
  'atrocity-alert': 'W',
  report: 'R',
}

const Cited = z.object({ year: z.int(), number: z.int() })

/**
 * Named by its symbol and its author alone: what others said stays where it can be erased when they
 * take it back. What it is about, people write in their own words.
 */
function openingOf({ content, object, line }: SharedThing, id: MatterId): MatterOpening {
  const letter = letters[object.type]
  const cited = Cited.safeParse(content).data
  const { isExercise } = line
  const symbol = letter && cited ? symbolOf(letter, { ...cited, isExercise }) : object.type
  const isWithheld = content['is_author_withheld'] === true
  const name = isWithheld ? symbol : `${symbol}, ${String(content['organisation_name'] ?? '')}`
  return MatterOpening.parse({
    id,
    title: name.slice(0, 200),
    summary: name,
    country: line.country,
    place: null,
    marking: markingFrom(line.marking),
    audience: [],
    excluded: [],
    isExercise: line.isExercise,
  })
}
