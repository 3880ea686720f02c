import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { Level } from '@tocsin/domain/level.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { DIGEST_LEVEL } from '@tocsin/domain/notice-timing.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import type { WorkingCalendar } from '@tocsin/domain/working-calendar.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { requirePerson } from '../identity/step-up.ts'

type About = { readonly matter: MatterId; readonly notification: NotificationId | null }

/** How grave what a notice tells of is, and by when it is to be acknowledged. */
export async function gravityOf(
  tx: Tx,
  { matter, notification }: About,
): Promise<{ readonly level: Level; readonly acknowledgeBy: Instant | null }> {
  if (!notification) {
    const { level } = await tx
      .selectFrom('matter')
      .select('level')
      .where('id', '=', matter)
      .executeTakeFirstOrThrow()
    return { level, acknowledgeBy: null }
  }
  const { draft, acknowledge_by } = await tx
    .selectFrom('notification')
    .innerJoin('warning', 'warning.id', 'notification.warning')
    .select(['draft', 'acknowledge_by'])
    .where('notification.id', '=', notification)
    .executeTakeFirstOrThrow()
  return { level: WarningDraft.parse(draft).level, acknowledgeBy: acknowledge_by }
}

type Reader = { readonly person: PersonId; readonly organisation: OrganisationId }

/** Those who want a daily digest of what is no graver than this, and when their own office works. */
export async function listDigests(
  tx: Tx,
  readers: readonly Reader[],
  level: Level,
): Promise<ReadonlyMap<PersonId, WorkingCalendar>> {
  if (level > DIGEST_LEVEL || readers.length === 0) return new Map()
  const wanting = await tx
    .selectFrom('notice_preference')
    .select('person')
    .where('digest', '=', true)
    .where(
      'person',
      'in',
      readers.map(({ person }) => person),
    )
    .execute()
  const wants = new Set(wanting.map(({ person }) => person))
  const digests = new Map<PersonId, WorkingCalendar>()
  for (const { person, organisation } of readers) {
    if (!wants.has(person)) continue
    digests.set(person, (await readClockSettings(tx, organisation)).calendar)
  }
  return digests
}

type Preference = { readonly digest: boolean }

/** How the person wants to be told of what is not urgent: at once, until they say otherwise. */
export async function readNoticePreference(app: App, actor: Actor): Promise<Preference> {
  const { person } = requirePerson(actor)
  const row = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('notice_preference')
      .select('digest')
      .where('person', '=', person)
      .executeTakeFirst(),
  )
  return row ?? { digest: false }
}

/** Whoever wants no digest any more gets at once what was kept for it. */
export async function setNoticePreference(
  app: App,
  actor: Actor,
  { digest }: Preference,
): Promise<Preference> {
  const { person } = requirePerson(actor)
  const at = app.clock()
  await app.db.as(actor, async (tx) => {
    await tx
      .insertInto('notice_preference')
      .values({ id: person, person, digest, set_at: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ digest, set_at: at }))
      .execute()
    const deed = { at, actor, act: 'notices.preference-set', subject: person }
    await recordAudit(tx, { ...deed, details: { digest } })
  })
  if (!digest) {
    // As the system: the outbox is nobody's own.
    await app.db.as(system, (tx) =>
      tx
        .updateTable('delivery')
        .set({ next_at: at })
        .where('person', '=', person)
        .where('state', '=', 'queued')
        .where('reason', '=', 'digest')
        .execute(),
    )
  }
  return { digest }
}
