import type { setRule } from '@tocsin/api/agendas.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import type { Input } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayProposeRule, maySpeakForOrgan } from '@tocsin/domain/organ-agenda.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  OrganId,
  RuleText,
  type RuleVersionId,
  TriggerRuleId,
} from '@tocsin/domain/trigger-rule.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { getOrgan, versionOf } from './store.ts'

/* A rule can oblige an organ less than it did: it takes two persons, and nothing is changed back in time. */

const Details = z.object({
  organ: OrganId,
  rule: TriggerRuleId,
  read: z.int(),
  said: RuleText,
  reasons: z.string(),
  name: z.string(),
})

/** The last version of a rule of the organ, or undefined for one that there is not yet. */
async function findLast(tx: Tx, organ: OrganId, rule: TriggerRuleId) {
  const row = await tx
    .selectFrom('trigger_rule')
    .selectAll()
    .where('rule', '=', rule)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row && row.organ !== organ) throw new Problem('agenda.not-found')
  return row && versionOf(row)
}

/** What was read must be what is replaced, else somebody else's change would be lost. */
async function requireRead(tx: Tx, organ: OrganId, rule: TriggerRuleId, read: number) {
  const last = await findLast(tx, organ, rule)
  if ((last?.version ?? 0) !== read) throw new Problem('agenda.rule-changed')
}

type Place = { readonly organ: OrganId; readonly rule: TriggerRuleId }

export async function proposeRule(
  app: App,
  actor: Actor,
  { organ: id, rule }: Place,
  { read, reasons, ...said }: Input<typeof setRule>['body'],
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const organ = await getOrgan(tx, id)
    if (!mayProposeRule(actor, organ)) throw new Problem('permission.denied')
    await requireRead(tx, id, rule, read)
    const details = { organ: id, rule, read, said, reasons, name: organ.name }
    const act = { kind: 'agenda.set-rule', subject: id, details } as const
    return proposeAct(app, tx, actor, act, doSetRule)
  })
}

export const doSetRule: Execute = async (app, tx, actor, { details, proposer }) => {
  const { organ: id, rule, read, said, reasons } = Details.parse(details)
  const organ = await getOrgan(tx, id)
  if (!maySpeakForOrgan(actor, organ)) throw new Problem('permission.denied')
  await holdId(tx, rule)
  await requireRead(tx, id, rule, read)
  const at = app.clock()
  const { condition, answerHours, isInForce } = said
  await tx
    .insertInto('trigger_rule')
    .values({
      ...{ id: newId<RuleVersionId>(), rule, version: read + 1, organ: id },
      organisation: organ.organisation,
      ...{ condition: JSON.stringify(condition), answer_hours: answerHours },
      ...{ is_in_force: isInForce, reasons, set_at: at },
      ...{ proposed_by: proposer, set_by: actor.person },
    })
    .execute()
  const deed = { at, actor, organisation: organ.organisation, subject: id }
  const told = { rule, version: read + 1, ...said }
  await recordAudit(tx, { ...deed, act: 'agenda.rule-set', details: told })
  return { link: null }
}
