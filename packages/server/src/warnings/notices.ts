import { isContentFree } from '@tocsin/domain/audience.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import { holdersOn, type PostId } from '@tocsin/domain/people.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Message } from '../channels/channel.ts'
import type { Tx } from '../database/database.ts'
import { findParticipants } from '../exercises/queries.ts'
import { holdingOf } from '../people/queries.ts'
import { linkFor, noticeName } from './links.ts'
import type { Claimed } from './outbox.ts'
import type { Step } from './recipients.ts'

type Written = { readonly message: Message } | { readonly refused: string }

/**
 * The notice as its reader may have it at this moment, in their language. From TLP:AMBER on it names
 * neither place nor subject. Refused when the person has left the office or its organisation must
 * not be told any more.
 */
export async function writeNotice(app: App, tx: Tx, delivery: Claimed): Promise<Written> {
  const { excluded, is_exercise, sender } = await tx
    .selectFrom('matter')
    .innerJoin('organisation as sender', 'sender.id', 'matter.organisation')
    .select(['excluded', 'is_exercise', 'sender.name as sender'])
    .where('matter.id', '=', delivery.matter)
    .executeTakeFirstOrThrow()
  const person = await tx
    .selectFrom('person')
    .leftJoin('contact', (join) =>
      join.onRef('contact.person', '=', 'person.id').on('contact.channel', '=', delivery.channel),
    )
    .select(['person.organisation', 'person.locale', 'person.ended_at', 'contact.address'])
    .where('person.id', '=', delivery.person)
    .executeTakeFirstOrThrow()
  const refused = await refusal(app, tx, delivery, person, excluded)
  if (refused) return { refused }
  const t = translator(person.locale, catalogues[person.locale])
  const words = delivery.notification
    ? await wordsOfWarning(app, tx, t, delivery.notification, sender)
    : {
        subject: t('notice.subject-matter'),
        lines: [t('notice.matter', { sender }), `${app.node.origin}/matters/${delivery.matter}`],
      }
  const lines = [
    ...(is_exercise ? [t('notice.exercise-line')] : []),
    ...words.lines,
    ...(delivery.may_repeat ? [t('notice.repeat')] : []),
  ]
  const message: Message = {
    id: noticeName(delivery.notification ?? delivery.matter, delivery.person, delivery.step),
    to: person.address ?? '',
    subject: is_exercise ? `${t('notice.exercise')} ${words.subject}` : words.subject,
    text: lines.join('\n\n'),
    locale: person.locale,
    again: delivery.may_repeat,
  }
  return { message }
}

/** What a notice says of a warning: how grave, from whom, by when; what about only where it may. */
async function wordsOfWarning(
  app: App,
  tx: Tx,
  t: Translate,
  notification: NotificationId,
  sender: string,
) {
  const row = await tx
    .selectFrom('notification')
    .innerJoin('warning', 'warning.id', 'notification.warning')
    .innerJoin('matter', 'matter.id', 'notification.matter')
    .select([
      'office',
      'acknowledge_by',
      'draft',
      'warning.state',
      'warning.number',
      'warning.year',
      'marking',
    ])
    .where('notification.id', '=', notification)
    .executeTakeFirstOrThrow()
  const draft = WarningDraft.parse(row.draft)
  const number = `${row.year}/${row.number}`
  const values = { number, level: draft.level, sender, office: row.office }
  const link = await linkFor(app, notification)
  if (row.state === 'cancelled') {
    const subject = t('notice.subject-cancelled', values)
    return { subject, lines: [t('notice.cancelled', values), link] }
  }
  const about = isContentFree(row.marking) ? t('notice.content-free') : draft.subject
  const by = t('notice.acknowledge-by', { at: utcWords(row.acknowledge_by) })
  const lines = [t('notice.opening', values), about, by, link, t('notice.not-agreement')]
  return { subject: t('notice.subject', values), lines }
}

/** Isolated, so that a line from right to left keeps the order of year, month and day. */
const utcWords = (at: string): string => `\u2066${at.slice(0, 10)} ${at.slice(11, 16)} UTC\u2069`

/** Why the person must not be told any more; undefined while they may. */
async function refusal(
  app: App,
  tx: Tx,
  { matter, notification, step, person, channel }: Claimed,
  known: { organisation: string; ended_at: string | null; address: string | null },
  excluded: readonly string[],
): Promise<string | undefined> {
  if (known.ended_at !== null) return 'left-office'
  if (excluded.includes(known.organisation)) return 'excluded'
  if (known.address === null && channel !== 'call-sheet') return 'no-address'
  const players = await findParticipants(tx, matter)
  if (players) return players.includes(person) ? undefined : 'not-taking-part'
  const day = app.clock().slice(0, 10) as Day
  const held = await tx
    .selectFrom('holding')
    .selectAll('holding')
    .where('person', '=', person)
    .execute()
  const posts = new Set(holdersOn(held.map(holdingOf), day).map(({ post }) => post))
  const aim = await aimOf(tx, { notification, step })
  return aim && posts.has(aim.post) ? undefined : 'left-office'
}

type Aimed = { readonly post: PostId; readonly step: Step }

/** The post a notice is for, the one that was warned or that a rung told, and which of its holders. */
export async function aimOf(
  tx: Tx,
  { notification, step }: Pick<Claimed, 'notification' | 'step'>,
): Promise<Aimed | undefined> {
  if (z.uuid().safeParse(step).success) {
    const rung = await tx
      .selectFrom('clock_step')
      .select(['told_post', 'tell', 'reason'])
      .where('id', '=', step)
      .executeTakeFirst()
    if (rung?.told_post) {
      // In the bypass office it is whoever speaks for it.
      const isDeputy = rung.tell === 'deputy' && rung.reason !== 'bypassed'
      return { post: rung.told_post, step: isDeputy ? 'deputy' : 'first' }
    }
  }
  if (!notification) return undefined
  const { post } = await tx
    .selectFrom('notification')
    .select('post')
    .where('id', '=', notification)
    .executeTakeFirstOrThrow()
  return { post, step: 'first' }
}
