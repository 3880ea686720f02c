import type { LadderStep } from '@tocsin/api/docket.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { RungOffice } from '@tocsin/domain/service-clock.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from './clocks.ts'

/** The rungs of all clocks of a matter that were told, passed over, or are still to come. */
const listRungs = (tx: Tx, { id }: Matter) =>
  tx
    .selectFrom('clock_step')
    .innerJoin('clock', 'clock.id', 'clock_step.clock')
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .leftJoin('action', 'action.id', 'clock.action')
    .leftJoin('agenda_item', 'agenda_item.id', 'clock.agenda_item')
    .leftJoin('organ', 'organ.id', 'agenda_item.organ')
    .leftJoin('post as answering', (join) =>
      join.on((on) =>
        on.or([
          on('answering.id', '=', on.ref('action.office')),
          on('answering.id', '=', on.ref('organ.office')),
        ]),
      ),
    )
    .select(({ fn }) => [
      fn.coalesce('notification.authority', 'action.title', 'organ.name').as('about'),
      fn.coalesce('notification.office', 'answering.title').as('addressed'),
    ])
    .select([
      'clock_step.id as id',
      'clock.kind as clock',
      'tell',
      'clock_step.due_at as dueAt',
      'done_at as doneAt',
      'clock_step.outcome',
      'reason',
      'told_post',
      'missed',
      'answered_for as answeredForAt',
    ])
    .where('clock_step.matter', '=', id)
    .where((where) =>
      where.or([
        where('clock_step.outcome', 'is', null),
        where('clock_step.outcome', '<>', 'not-needed'),
      ]),
    )
    .orderBy('clock_step.due_at')
    .orderBy('clock_step.id')
    .execute()

/**
 * As the system: the ladder with the offices that were told; its own organisation also reads which
 * will be, as its settings stand now.
 */
export async function nameOffices(tx: Tx, matter: Matter, isOwn: boolean): Promise<LadderStep[]> {
  const rungs = await listRungs(tx, matter)
  const { offices } = await readClockSettings(tx, matter.organisation)
  const postBehind = (tell: RungOffice): PostId | null =>
    tell === 'addressee' || tell === 'deputy' ? null : offices[tell]
  const posts = [...Object.values(offices), ...rungs.map(({ told_post }) => told_post)]
  const names = await nameOfPosts(tx, posts)
  return rungs.map(({ told_post, addressed, ...rung }) => {
    const post = told_post ?? (isOwn && rung.outcome === null ? postBehind(rung.tell) : null)
    const office = rung.tell === 'addressee' ? addressed : (post && names.get(post)) || null
    return { ...rung, office }
  })
}

async function nameOfPosts(tx: Tx, posts: readonly (PostId | null)[]) {
  const wanted = posts.flatMap((post) => post ?? [])
  if (wanted.length === 0) return new Map<PostId, string>()
  const rows = await tx
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation')
    .select(['post.id', 'post.title', 'organisation.name'])
    .where('post.id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ id, title, name }) => [id, `${title}, ${name}`]))
}
