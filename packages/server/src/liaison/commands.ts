import type { Actor } from '@tocsin/domain/actor.ts'
import type {
  CapacityAnswers,
  CapacityCheck,
  CapacityCheckId,
} from '@tocsin/domain/capacity-check.ts'
import { mayWork, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import {
  firstState,
  type LiaisonRequest,
  type LiaisonRequestId,
  lackingIn,
  nextSteps,
  type RequestForm,
  type RequestStep,
} from '@tocsin/domain/liaison.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { getMatter } from '../docket/queries.ts'
import { authorOf } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import { checkOf, findRequest } from './store.ts'

/** Drafts a request or changes the draft; enters one that the Office made. Sent, it stays as it was. */
export async function draftRequest(
  app: App,
  actor: Actor,
  id: LiaisonRequestId,
  form: RequestForm,
): Promise<LiaisonRequest> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation, person } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    await holdId(tx, id)
    const at = app.clock()
    if (form.cameOn !== null) requirePast(form.cameOn, at, 'cameOn')
    const known = await findRequest(tx, id)
    if (known && isSame(known, form)) return known
    if (known && !mayBecome(known, form)) throw new Problem('liaison.request-sent')
    if (form.matter !== null) await requireOwnMatter(tx, actor, form.matter)
    const values = {
      kind: form.kind,
      subject: form.subject,
      text: form.text,
      locale: form.locale,
      matter: form.matter,
      wanted_by: form.wantedBy,
      came_on: form.cameOn,
    }
    if (known) await tx.updateTable('liaison_request').set(values).where('id', '=', id).execute()
    else {
      const { direction } = form
      const made = { made_by: person, made_at: at, state: firstState(direction) }
      await tx
        .insertInto('liaison_request')
        .values({ id, organisation, direction, ...values, ...made })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    // An id that somebody else has already is none that the actor can see.
    const request = await getRequest(tx, id)
    await recordAudit(tx, { at, actor, act: 'liaison.request-saved', subject: id })
    return request
  })
}

/** Only a draft changes, and what is a request of ours does not become one of the Office. */
const mayBecome = ({ state, direction }: LiaisonRequest, form: RequestForm): boolean =>
  state === 'drafted' && direction === form.direction

const isSame = (known: LiaisonRequest, form: RequestForm): boolean =>
  (Object.keys(form) as (keyof RequestForm)[]).every((name) => known[name] === form[name])

async function getRequest(tx: Tx, id: LiaisonRequestId): Promise<LiaisonRequest> {
  const request = await findRequest(tx, id)
  if (!request) throw new Problem('liaison.request-not-found')
  return request
}

async function requireOwnMatter(
  tx: Tx,
  actor: Actor,
  id: NonNullable<RequestForm['matter']>,
): Promise<void> {
  const matter = await getMatter(tx, id)
  if (!mayWorkOnMatter(actor, matter)) throw new Problem('matter.not-found')
  if (matter.isExercise) {
    throw new Problem('request.invalid', { issues: [{ path: 'matter', code: 'exercise' }] })
  }
}

/** What is put on record has happened: no day after today. */
export function requirePast(day: string, at: string, path: string): void {
  if (day > at.slice(0, 10)) {
    throw new Problem('request.invalid', { issues: [{ path, code: 'future' }] })
  }
}

/** Puts a step of a request on record; the same step twice is one. */
export async function moveRequest(
  app: App,
  actor: Actor,
  id: LiaisonRequestId,
  step: RequestStep,
): Promise<LiaisonRequest> {
  return app.db.as(actor, async (tx) => {
    await holdId(tx, id)
    const request = await getRequest(tx, id)
    if (!mayWorkOnMatter(actor, request)) throw new Problem('permission.denied')
    const last = request.steps.at(-1)
    const { to, on, how, text } = step
    if (last && last.to === to && last.on === on && last.how === how && last.text === text) {
      return request
    }
    if (!nextSteps(request.state).includes(to)) throw new Problem('liaison.cannot-move')
    const missing = lackingIn(step)
    if (missing.length > 0) {
      const issues = missing.map((path) => ({ path, code: 'required' }))
      throw new Problem('request.invalid', { issues })
    }
    const at = app.clock()
    requirePast(on, at, 'on')
    const { name: by } = await authorOf(tx, actor, request.organisation, at)
    const steps = [...request.steps, { ...step, by, recordedAt: at }]
    await tx
      .updateTable('liaison_request')
      .set({ state: to, steps: JSON.stringify(steps) })
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, { at, actor, act: `liaison.request-${to}`, subject: id })
    return getRequest(tx, id)
  })
}

/** Keeps the answers of one look at the organisation's own capacity. */
export async function checkCapacity(
  app: App,
  actor: Actor,
  id: CapacityCheckId,
  answers: CapacityAnswers,
): Promise<CapacityCheck> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation } = requirePerson(actor)
  if (Object.keys(answers).length === 0) {
    throw new Problem('request.invalid', { issues: [{ path: 'answers', code: 'required' }] })
  }
  return app.db.as(actor, async (tx) => {
    await holdId(tx, id)
    const at = app.clock()
    const { name } = await authorOf(tx, actor, organisation, at)
    const made = await tx
      .insertInto('capacity_check')
      .values({ id, organisation, answers: JSON.stringify(answers), made_by: name, at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    const row = await tx
      .selectFrom('capacity_check')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) throw new Problem('request.not-found')
    if (made) await recordAudit(tx, { at, actor, act: 'liaison.capacity-checked', subject: id })
    return checkOf(row)
  })
}
