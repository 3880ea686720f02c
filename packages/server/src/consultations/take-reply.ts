import type { takeMailedReply as route } from '@tocsin/api/mailed-replies.ts'
import type { Output } from '@tocsin/api/route.ts'
import { system } from '@tocsin/domain/actor.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { answerableUntil, mayAnswerByMail, type ReplyRefusal } from '@tocsin/domain/mailed-reply.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { RichText, readMarkup } from '@tocsin/domain/rich-text.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { idIn, isTokenFor } from '../channels/token.ts'
import type { As, Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { whyMute } from './mute.ts'
import { type MailedAnswer, readAnswer } from './read-reply.ts'
import type { RoomNotice } from './send-room-notices.ts'
import { findPlace } from './store.ts'
import { REPLY, unlessGone } from './write-room-notice.ts'
import { findWriter, type Writer } from './writer.ts'

const LIMIT_BYTES = 10 * 1_048_576
/** Enough of a mail that is too large to find who is to be told so. */
const HEAD_BYTES = 65_536
/** Answers of one person within an hour, and those that may wait for them. */
const PER_HOUR = 30
const WAITING = 30
const HOUR_MS = 3_600_000

/**
 * Takes a mail that answers a notice of a room, and keeps what was written for the person who was told: they say it
 * once they have signed in, or discard it. The address that it was sent to names the notice and proves that it came
 * from this node; who it says it is from must be who was told. What became of it is told to them alone, at the address
 * that the node has; whoever else wrote hears nothing. The same mail again changes nothing.
 */
export async function takeMailedReply(
  app: App,
  stream: AsyncIterable<Uint8Array> | Blob,
): Promise<Output<typeof route>> {
  const { raw, isWhole } = await readUpTo(stream)
  const mail = await readAnswer(raw)
  const answers = app.channels['e-mail']?.answers
  const token = mail && answers?.tokenIn(mail.sentTo)
  if (!answers || !token) return outcome('unknown')
  return app.db.asOne(async (as) => {
    const notice = await as(system, (tx) => findNotice(app, tx, token))
    const writer = notice && (await as(system, (tx) => findWriter(tx, notice.person, notice.id)))
    if (!notice || !writer) return outcome('unknown')
    if (mail.isAutomatic) return outcome('automatic')
    const text = mail.textWithout([answers.sender, answers.addressFor(token)])
    const given = { mail, text, isWhole, notice, writer }
    if (await as(system, (tx) => isKnown(app, tx, given))) return outcome('kept-before')
    const reason = await whyNot(app, as, given)
    return as(system, (tx) => write(app, tx, given, reason))
  })
}

type Given = {
  readonly mail: MailedAnswer
  readonly text: string
  readonly isWhole: boolean
  readonly notice: RoomNotice
  readonly writer: Writer
}

const outcome = (
  said: Output<typeof route>['outcome'],
  reason: ReplyRefusal | null = null,
): Output<typeof route> => ({ outcome: said, reason })

/** The notice that a token names, if this node made the token for it. */
async function findNotice(app: App, tx: Tx, token: string): Promise<RoomNotice | undefined> {
  const id = idIn(token)
  if (!id || !(await isTokenFor(app.node.home, REPLY, id, token))) return undefined
  return tx
    .selectFrom('room_notice')
    .selectAll()
    .where('id', '=', id)
    .where('kind', '=', 'news')
    .executeTakeFirst()
}

/** Whether the same mail was taken before; one person's answers are taken one after the other. */
async function isKnown(app: App, tx: Tx, { mail, notice: { person } }: Given): Promise<boolean> {
  await holdId(tx, person)
  const taken = tx
    .selectFrom('room_notice')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person', '=', person)
  const same = await taken.where('answers', '=', mail.digest).executeTakeFirstOrThrow()
  if (same.count > 0) return true
  const { count: lately } = await taken
    .where('answers', 'is not', null)
    .where('made_at', '>', addMilliseconds(app.clock(), -HOUR_MS))
    .executeTakeFirstOrThrow()
  if (lately >= PER_HOUR) throw new Problem('request.too-many', { minutes: 60 })
  return false
}

/** Why the answer is not kept, judged with the rights of whoever was told; null where it is. */
async function whyNot(app: App, as: As, given: Given): Promise<ReplyRefusal | null> {
  const { mail, text, isWhole, notice, writer } = given
  const { actor, address } = writer
  if (mail.from !== address.toLowerCase()) return 'other-sender'
  if (answerableUntil(notice.made_at) <= app.clock()) return 'expired'
  const { consultation, thread } = notice
  const place = await as(actor, (tx) =>
    findPlace(tx, consultation, thread ?? undefined).catch(unlessGone),
  )
  if (!place || !mayWork(actor)) return 'not-in-room'
  const fault = whyMute(place, actor.organisation)
  if (fault) return fault === 'closed' || fault === 'recused' ? fault : 'not-in-room'
  const { marking } = 'room' in place ? place.room : place.hearing
  if (!mayAnswerByMail(marking)) return 'not-in-room'
  if (!isWhole) return 'too-large'
  if (text === '') return 'empty'
  if (!RichText.safeParse(readMarkup(text)).success) return 'too-long'
  const { waiting } = await as(actor, (tx) =>
    tx
      .selectFrom('mailed_reply')
      .select(({ fn }) => fn.countAll<number>().as('waiting'))
      .where('settled_at', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  return waiting >= WAITING ? 'too-many' : null
}

/** What was written, that it came, and what its writer is told of it: together. */
async function write(
  app: App,
  tx: Tx,
  { mail, text, notice, writer: { actor } }: Given,
  reason: ReplyRefusal | null,
): Promise<Output<typeof route>> {
  const at = app.clock()
  const { person, consultation, thread, contribution } = notice
  const id = newId<ContributionId>()
  if (reason === null) {
    await tx
      .insertInto('mailed_reply')
      .values({
        ...{ id, person, consultation, thread, text, reply_to: contribution },
        ...{ attachments: mail.attachments, received_at: at, settled_at: null, outcome: null },
      })
      .execute()
  }
  // Whoever wrote in another's place is told nothing, and the other is not written to in their name.
  const isSilent = reason === 'other-sender'
  await tx
    .insertInto('room_notice')
    .values({
      ...{ id: newId<string>(), person, consultation, thread, reason, answers: mail.digest },
      contribution: reason === null ? id : contribution,
      kind: reason === null ? 'kept' : 'refused',
      ...{ made_at: at, next_at: at, claimed_until: null },
      ...{ ended_at: isSilent ? at : null, outcome: isSilent ? reason : null },
    })
    .execute()
  const { organisation } = actor
  const deed = { at, actor: system, organisation, subject: consultation }
  await recordAudit(tx, {
    ...deed,
    act: reason === null ? 'consultation.mail-kept' : 'consultation.mail-refused',
    details: { person, ...(reason === null ? { contribution: id } : { reason }) },
  })
  return outcome(reason === null ? 'kept' : 'refused', reason)
}

async function readUpTo(stream: AsyncIterable<Uint8Array> | Blob) {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of stream instanceof Blob ? stream.stream() : stream) {
    bytes += part.length
    // What is too much is read to its end, for the mail server has no use for half of it, and dropped.
    if (bytes <= LIMIT_BYTES) parts.push(part)
  }
  const isWhole = bytes <= LIMIT_BYTES
  const raw = Buffer.concat(parts)
  return { raw: isWhole ? raw : raw.subarray(0, HEAD_BYTES), isWhole }
}
