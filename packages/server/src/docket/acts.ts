import type { Actor } from '@tocsin/domain/actor.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import {
  type AfterAction,
  type Consultation,
  type ConsultationStep,
  type Effect,
  isCorrectable,
} from '@tocsin/domain/matter-acts.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { stopClocks } from './clocks.ts'
import { getMatter, listEntries, requireOpenMatter } from './queries.ts'
import { appendEntry, type Deed } from './record.ts'

export async function recordAction(
  app: App,
  actor: Actor,
  matter: MatterId,
  { by, what }: { readonly by: string; readonly what: string },
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    await requireOpenMatter(tx, actor, matter)
    await stopClocks(tx, app.clock(), { matter, kinds: ['act'] })
    await appendEntry(app, tx, { matter, kind: 'matter.acted', actor, text: what, facts: { by } })
  })
}

export async function recordConsultation(
  app: App,
  actor: Actor,
  matter: MatterId,
  { step, who, what }: Consultation,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    await requireOpenMatter(tx, actor, matter)
    await noteConsultation(app, tx, { matter, actor, text: what, facts: { step, with: who } })
  })
}

type Consulted = Pick<Deed, 'matter' | 'actor' | 'text'> & {
  readonly facts: { readonly step: ConsultationStep; readonly with: string }
}

/** Whoever was waited for has been consulted, or the organ has the matter: that clock stops. */
export async function noteConsultation(app: App, tx: Tx, consulted: Consulted): Promise<void> {
  await appendEntry(app, tx, { ...consulted, kind: 'matter.consulted' })
  const { matter, facts } = consulted
  const kinds = [facts.step === 'on-agenda' ? 'agenda' : 'consult'] as const
  await stopClocks(tx, app.clock(), { matter, kinds })
}

export async function recordEffect(
  app: App,
  actor: Actor,
  matter: MatterId,
  { what, asExpected }: Effect,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    await requireOpenMatter(tx, actor, matter)
    const facts = { asExpected }
    await appendEntry(app, tx, { matter, kind: 'matter.effect-seen', actor, text: what, facts })
  })
}

/** What is learnt is often learnt late: a closed matter takes it too. */
export async function recordAfterAction(
  app: App,
  actor: Actor,
  id: MatterId,
  { warning: warningId, happened, ...rest }: AfterAction,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const matter = await getMatter(tx, id)
    if (!mayWorkOnMatter(actor, matter)) throw new Problem('permission.denied')
    const warning = await tx
      .selectFrom('warning')
      .select(['year', 'number', 'sent_at'])
      .where('id', '=', warningId)
      .where('matter', '=', id)
      .executeTakeFirst()
    if (!warning) throw new Problem('warning.not-found')
    if (warning.sent_at === null) throw new Problem('warning.not-yet-sent')
    const { year, number } = warning
    await appendEntry(app, tx, {
      matter: id,
      kind: 'warning.after-action',
      actor,
      text: happened,
      facts: { warning: warningId, year, number, ...rest },
    })
  })
}

/** Nothing on record is changed: the correction is an entry that says which one it is about. */
export async function correctEntry(
  app: App,
  actor: Actor,
  { matter: id, seq }: { readonly matter: MatterId; readonly seq: number },
  { text }: { readonly text: string },
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const matter = await getMatter(tx, id)
    if (!mayWorkOnMatter(actor, matter)) throw new Problem('permission.denied')
    const entry = (await listEntries(tx, id)).find((one) => one.seq === seq)
    if (!entry) throw new Problem('entry.not-found')
    if (!isCorrectable(entry, matter.organisation)) throw new Problem('entry.not-correctable')
    const facts = { corrects: seq, was: entry.kind }
    await appendEntry(app, tx, { matter: id, kind: 'entry.corrected', actor, text, facts })
  })
}
