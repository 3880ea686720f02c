import type { Letter } from '@tocsin/api/warnings.ts'
import { system } from '@tocsin/domain/actor.ts'
import { isContentFree } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Author } from '@tocsin/domain/matter.ts'
import {
  Acknowledgement,
  Answer,
  advance,
  type NotificationId,
} from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { WarningDraft, type WarningState } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import { isSame } from '../channels/token.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings, startClock, stopClocks } from '../docket/clocks.ts'
import { appendEntry } from '../docket/record.ts'
import { codeFor, readToken } from './links.ts'

/** Wrong codes in a row after which the letter stays closed. */
const CODE_TRIES = 5

/** The letter that a token opens, held until the transaction ends. */
async function lockLetter(app: App, tx: Tx, token: string) {
  const id = await readToken(app, token)
  if (!id) throw new Problem('letter.not-valid')
  const row = await tx
    .selectFrom('notification')
    .selectAll()
    .where('id', '=', id)
    // Not its key: a rung that is being told refers to it, and waits for the matter as this does.
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw new Problem('letter.not-valid')
  if (row.link_expires_at <= app.clock()) throw new Problem('letter.expired')
  return row
}
type Locked = Awaited<ReturnType<typeof lockLetter>>

/** What the link shows; `isUnsealed` adds the letter itself. */
async function letterOf(app: App, tx: Tx, id: NotificationId, isUnsealed = false): Promise<Letter> {
  const row = await tx
    .selectFrom('notification')
    .innerJoin('warning', 'warning.id', 'notification.warning')
    .innerJoin('matter', 'matter.id', 'notification.matter')
    .innerJoin('organisation as sender', 'sender.id', 'warning.organisation')
    .selectAll('notification')
    .select([
      'warning.draft',
      'warning.state as warning_state',
      'warning.sent_at as warned_at',
      'warning.year',
      'warning.number',
      'matter.marking',
      'matter.is_exercise',
      'sender.name as sender',
    ])
    .where('notification.id', '=', id)
    .executeTakeFirstOrThrow()
  const draft = WarningDraft.parse(row.draft)
  const isOpen = isUnsealed || !isContentFree(row.marking)
  return {
    sender: row.sender,
    authority: row.authority,
    office: row.office,
    symbol: symbolOf('W', { ...row, isExercise: row.is_exercise }),
    marking: row.marking,
    isExercise: row.is_exercise,
    level: draft.level,
    state: stateOf(row),
    sentAt: row.warned_at ?? app.clock(),
    openedAt: row.opened_at,
    acknowledgedAt: row.acknowledged_at,
    reaction: Acknowledgement.nullable().parse(row.acknowledgement)?.reaction ?? null,
    answeredAt: row.answered_at,
    outcome: Answer.nullable().parse(row.answer)?.outcome ?? null,
    acknowledgeBy: row.acknowledge_by,
    answerBy: row.answer_by,
    linkExpiresAt: row.link_expires_at,
    content: isOpen
      ? {
          subject: draft.subject,
          locale: draft.locale,
          paragraphs: draft.paragraphs,
          legalBasis: row.legal_basis,
          options: draft.options.map(({ code, expectedEffect }) => ({ code, expectedEffect })),
          populations: draft.populations,
        }
      : null,
    asOf: app.clock(),
  }
}

type Standing = Pick<Locked, 'acknowledged_at' | 'answered_at'> & {
  readonly warning_state: WarningState
}

const isWithdrawn = (state: WarningState): boolean =>
  state === 'cancelled' || state === 'superseded'

function stateOf({ warning_state, acknowledged_at, answered_at }: Standing): Letter['state'] {
  if (isWithdrawn(warning_state)) return 'withdrawn'
  if (answered_at !== null) return 'answered'
  return acknowledged_at === null ? 'waiting' : 'acknowledged'
}

/** What the notice told of, marking nothing: for a machine that looks ahead. */
export async function readLetter(app: App, token: string): Promise<Letter> {
  return app.db.as(system, async (tx) => {
    const { id } = await lockLetter(app, tx, token)
    return letterOf(app, tx, id)
  })
}

/** Marks that the page was seen. Seeing is not acknowledging: that takes a person's own act. */
export async function openLetter(app: App, token: string): Promise<Letter> {
  return app.db.as(system, async (tx) => {
    const locked = await lockLetter(app, tx, token)
    if (locked.opened_at === null) {
      const opened_at = app.clock()
      await tx
        .updateTable('notification')
        .set({ opened_at, state: advance(locked.state, 'opened') })
        .where('id', '=', locked.id)
        .execute()
      const { matter, authority, office } = locked
      const facts = { authority, office }
      await appendEntry(app, tx, { matter, kind: 'notification.opened', actor: system, facts })
    }
    return letterOf(app, tx, locked.id)
  })
}

export async function unsealLetter(
  app: App,
  token: string,
  { code }: { readonly code: string },
): Promise<Letter> {
  const read = await app.db.as(system, async (tx) => {
    const { id, code_tries } = await lockLetter(app, tx, token)
    if (code_tries >= CODE_TRIES) return 'letter.locked' as const
    const isRight = isSame(code, await codeFor(app, id))
    // Counted in a transaction that ends well: a refusal must not take the count back.
    await tx
      .updateTable('notification')
      .set({ code_tries: isRight ? 0 : code_tries + 1 })
      .where('id', '=', id)
      .execute()
    return isRight ? letterOf(app, tx, id, true) : ('letter.wrong-code' as const)
  })
  if (typeof read === 'string') throw new Problem(read)
  return read
}

/** Nobody acknowledges or answers what stands no longer. */
async function requireStanding(tx: Tx, { warning }: Locked): Promise<void> {
  const { state } = await tx
    .selectFrom('warning')
    .select('state')
    .where('id', '=', warning)
    .executeTakeFirstOrThrow()
  if (isWithdrawn(state)) throw new Problem('letter.withdrawn')
}

/** Who answers by the link, as they name themselves: the office is the one that was written to. */
function answererOf(
  { organisation, authority }: Locked,
  { name, office }: Pick<Answer, 'name' | 'office'>,
): Author {
  return { person: null, name, office, organisation, organisationName: authority }
}

export async function acknowledgeLetter(
  app: App,
  token: string,
  given: Acknowledgement,
): Promise<Letter> {
  return app.db.as(system, async (tx) => {
    const locked = await lockLetter(app, tx, token)
    await requireStanding(tx, locked)
    if (locked.acknowledged_at !== null) throw new Problem('letter.acknowledged')
    const at = app.clock()
    await tx
      .updateTable('notification')
      .set({
        state: advance(locked.state, 'acknowledged'),
        acknowledged_at: at,
        opened_at: locked.opened_at ?? at,
        acknowledgement: JSON.stringify(given),
      })
      .where('id', '=', locked.id)
      .execute()
    const { id: notification, matter, authority } = locked
    await stopClocks(tx, at, { matter, notification, kinds: ['acknowledge'] })
    await appendEntry(app, tx, {
      matter,
      kind: 'notification.acknowledged',
      actor: system,
      by: answererOf(locked, given),
      text: given.note,
      facts: { notification, authority, office: locked.office, reaction: given.reaction },
    })
    return letterOf(app, tx, notification)
  })
}

/** Decided is not done: from here on the addressee is waited for to act. */
async function startActing(
  tx: Tx,
  { id: notification, matter, warning }: Locked,
  start: Instant,
): Promise<void> {
  const row = await tx
    .selectFrom('warning')
    .select(['organisation', 'draft'])
    .where('id', '=', warning)
    .executeTakeFirstOrThrow()
  const { level } = WarningDraft.parse(row.draft)
  const settings = await readClockSettings(tx, row.organisation)
  await startClock(tx, settings, { matter, notification, kind: 'act', level, start })
}

export async function answerLetter(app: App, token: string, given: Answer): Promise<Letter> {
  return app.db.as(system, async (tx) => {
    const locked = await lockLetter(app, tx, token)
    await requireStanding(tx, locked)
    if (locked.acknowledged_at === null) throw new Problem('letter.not-acknowledged')
    if (locked.answered_at !== null) throw new Problem('letter.answered')
    const at = app.clock()
    const { id: notification, matter, authority, warning } = locked
    await tx
      .updateTable('notification')
      .set({
        state: advance(locked.state, 'answered'),
        answered_at: at,
        answer: JSON.stringify(given),
      })
      .where('id', '=', notification)
      .execute()
    await stopClocks(tx, at, { matter, notification, kinds: ['decide'] })
    const owed = await tx
      .selectFrom('notification')
      .select('id')
      .where('warning', '=', warning)
      .where('answered_at', 'is', null)
      .executeTakeFirst()
    // The organ's agenda waits for a decision: one that was taken, or everybody's reasons.
    if (given.outcome === 'decided' || !owed) {
      await stopClocks(tx, at, { matter, kinds: ['agenda'] })
    }
    if (given.outcome === 'decided') await startActing(tx, locked, at)
    await appendEntry(app, tx, {
      matter,
      kind: 'notification.answered',
      actor: system,
      by: answererOf(locked, given),
      text: given.text,
      facts: {
        authority,
        office: locked.office,
        outcome: given.outcome,
        ...(given.forwardTo !== undefined && { forwardTo: given.forwardTo }),
      },
    })
    return letterOf(app, tx, notification)
  })
}
