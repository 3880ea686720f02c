import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { Level } from '@tocsin/domain/level.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { DIGEST_LEVEL } from '@tocsin/domain/notice-timing.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import type { WorkingCalendar } from '@tocsin/domain/working-time.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from '../docket/clocks.ts'

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
