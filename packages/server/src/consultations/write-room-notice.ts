import { type PersonActor, system } from '@tocsin/domain/actor.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { answerableUntil, mayAnswerByMail, REPLY_MARK } from '@tocsin/domain/mailed-reply.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import type { App } from '../app.ts'
import type { Message } from '../channels/channel.ts'
import { tokenFor } from '../channels/token.ts'
import type { Tx } from '../database/database.ts'
import { whyMute } from './mute.ts'
import type { RoomNotice } from './send-room-notices.ts'
import { findContribution, findPlace } from './store.ts'
import { findWriter, type Writer } from './writer.ts'

/** A notice as its reader may have it at this moment, or why they have none. */
export type Written = { readonly message: Message } | { readonly refused: string }

/** For which use a token answers a notice. */
export const REPLY = 'room reply'

/**
 * Writes what a person is told of a room: that something waits, and not a word of it, nor which room it is; with their
 * rights at this moment, in their language.
 */
export async function writeRoomNotice(app: App, notice: RoomNotice): Promise<Written> {
  return app.db.asOne(async (as) => {
    const writer = await as(system, (tx) => findWriter(tx, notice.person, notice.id))
    if (!writer) return { refused: 'left-office' }
    const said = await as(writer.actor, (tx) =>
      notice.kind === 'news' ? wordsOfNews(app, tx, notice, writer) : wordsBack(app, tx, notice),
    )
    if ('refused' in said) return said
    const t = translator(writer.locale, catalogues[writer.locale])
    const { subject, lines, link, isExercise, replyTo } = said.of(t)
    const paragraphs = [
      ...(replyTo ? [`${REPLY_MARK} ${t('room.mail-above')} ${REPLY_MARK}`] : []),
      ...(isExercise ? [t('notice.exercise-line')] : []),
      ...lines,
      link,
    ]
    const message: Message = {
      id: `room.${notice.id}`,
      to: writer.address,
      subject: isExercise ? `${t('notice.exercise')} ${subject}` : subject,
      text: paragraphs.join('\n\n'),
      brief: subject,
      symbol: 'C',
      link,
      locale: writer.locale,
      again: notice.attempts > 1,
      ...(replyTo && { replyTo }),
    }
    return { message }
  })
}

type Words = {
  readonly subject: string
  readonly lines: readonly string[]
  readonly link: string
  readonly isExercise: boolean
  readonly replyTo?: string | undefined
}
type Said = { readonly of: (t: Translate) => Words } | { readonly refused: string }

async function wordsOfNews(app: App, tx: Tx, notice: RoomNotice, { actor }: Writer): Promise<Said> {
  const { consultation, contribution, thread, person, made_at } = notice
  const place = await findPlace(tx, consultation, thread ?? undefined).catch(unlessGone)
  const found = place && (await findContribution(tx, place.audience, contribution))
  if (!found) return { refused: 'not-in-room' }
  const look = await tx
    .selectFrom('consultation_look')
    .select('looked_at')
    .where('person', '=', person)
    .where('consultation', '=', consultation)
    .executeTakeFirst()
  if (look && look.looked_at >= made_at) return { refused: 'looked' }
  const { marking, isExercise } = found.told
  const mayAnswer =
    mayAnswerByMail(marking) && mayWork(actor) && !whyMute(place, actor.organisation)
  const replyTo = mayAnswer ? await replyAddress(app, notice) : undefined
  const link = linkTo(app, notice, actor)
  const until = answerableUntil(made_at).slice(0, 10)
  return {
    of: (t) => ({
      subject: t('room.mail-subject'),
      lines: [t('room.mail-news'), ...(replyTo ? [t('room.mail-reply', { day: until })] : [])],
      ...{ link, isExercise, replyTo },
    }),
  }
}

async function replyAddress({ channels, node }: App, { id }: RoomNotice) {
  const answers = channels['e-mail']?.answers
  return answers?.addressFor(await tokenFor(node.home, REPLY, id))
}

/** What became of an answer: said to whoever sent it, at the address that this node knows of them. */
async function wordsBack(app: App, tx: Tx, notice: RoomNotice): Promise<Said> {
  const { contribution, reason, consultation, thread } = notice
  if (reason !== null) {
    const link = `${app.node.origin}/consultations`
    return {
      of: (t) => ({
        subject: t('room.mail-subject-refused'),
        lines: [t(`room.mail-refused-${reason}`), t('room.mail-refused')],
        ...{ link, isExercise: false },
      }),
    }
  }
  const kept = await tx
    .selectFrom('mailed_reply')
    .select(['attachments', 'settled_at'])
    .where('id', '=', contribution)
    .executeTakeFirst()
  const place = await findPlace(tx, consultation, thread ?? undefined).catch(unlessGone)
  if (!place || !kept || kept.settled_at !== null) return { refused: 'looked' }
  const { isExercise } = 'room' in place ? place.room : place.hearing
  const { attachments: n } = kept
  const link = linkTo(app, notice, undefined)
  return {
    of: (t) => ({
      subject: t('room.mail-subject-kept'),
      lines: [t('room.mail-kept'), ...(n > 0 ? [t('room.mail-attachments', { n })] : [])],
      ...{ link, isExercise },
    }),
  }
}

/** Whoever convened opens the thread beside the room; whoever is heard has no other. */
function linkTo(
  { node }: App,
  { consultation, thread }: RoomNotice,
  reader: PersonActor | undefined,
): string {
  const apart = thread && thread !== reader?.organisation ? `?thread=${thread}` : ''
  return `${node.origin}/consultations/${consultation}${apart}`
}

/** What is hidden from the reader is not there for them; any other fault is one. */
export function unlessGone(fault: unknown): undefined {
  if (fault instanceof Problem && fault.code === 'consultation.not-found') return undefined
  throw fault
}
