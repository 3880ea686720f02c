import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  Contradiction,
  type FindingId,
  type FindingKind,
  type LogDecision,
} from '@tocsin/domain/transparency.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'

type Found = {
  readonly origin: string
  readonly kind: FindingKind
  readonly index?: number
  /** What proves it, as it was signed; salted hashes and nothing of any content. */
  readonly evidence: Readonly<Record<string, unknown>>
}

const freezes = (kind: FindingKind): boolean => Contradiction.safeParse(kind).success

/**
 * Keeps what was found with what proves it, once, until somebody decides; tells the operator, and
 * freezes the log where it contradicts itself.
 */
export async function recordFinding(app: App, tx: Tx, found: Found): Promise<void> {
  const { origin, kind, index = null, evidence } = found
  const at = app.clock()
  const kept = await tx
    .insertInto('log_finding')
    .values({
      id: newId<FindingId>(),
      origin,
      kind,
      index,
      evidence: JSON.stringify(evidence),
      found_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!kept) return
  if (freezes(kind)) {
    await tx
      .updateTable('known_log')
      .set({ frozen_at: at })
      .where('origin', '=', origin)
      .where('frozen_at', 'is', null)
      .execute()
  }
  const message = kind === 'restored' ? 'a log begins anew' : 'a transparency log does not hold'
  app.log.error({ origin, kind, index }, message)
}

/** The logs that are watched, the checks of our own, and what was found, the newest first. */
export async function listLogs(app: App, actor: Actor) {
  return app.db.as(actor, async (tx) => {
    const logs = await tx.selectFrom('known_log').selectAll().orderBy('origin').execute()
    const own = await tx.selectFrom('transparency_log').selectAll().orderBy('origin').execute()
    const findings = await tx
      .selectFrom('log_finding')
      .selectAll()
      .orderBy('found_at', 'desc')
      .limit(200)
      .execute()
    return {
      watched: logs.map((log) => ({
        origin: log.origin,
        organisation: log.organisation,
        size: log.size,
        seenAt: log.seen_at,
        fault: log.fault,
        frozenAt: log.frozen_at,
      })),
      own: own.map((log) => ({
        origin: log.origin,
        size: log.size,
        checkedAt: log.checked_at,
        holds: log.holds,
        haltedAt: log.halted_at,
      })),
      findings: findings.map((finding) => ({
        id: finding.id,
        origin: finding.origin,
        kind: finding.kind,
        index: finding.index,
        evidence: finding.evidence,
        foundAt: finding.found_at,
        decidedAt: finding.decided_at,
        decision: finding.decision,
      })),
    }
  })
}

/**
 * What a person decides on a finding. To follow a log anew forgets what was seen of it before: the
 * finding and its proof stay.
 */
export async function decideFinding(
  app: App,
  actor: Actor,
  id: FindingId,
  decision: LogDecision,
): Promise<void> {
  const { person } = requirePerson(actor)
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  await app.db.as(system, async (tx) => {
    const at = app.clock()
    const finding = await tx
      .updateTable('log_finding')
      .set({ decided_at: at, decided_by: person, decision })
      .where('id', '=', id)
      .where('decided_at', 'is', null)
      .returning(['origin', 'kind'])
      .executeTakeFirst()
    if (!finding) throw new Problem('request.not-found')
    const { origin, kind } = finding
    if (decision === 'follow-anew' && freezes(kind)) {
      await tx
        .updateTable('known_log')
        .set({ frozen_at: null, size: 0, note: null, read_size: 0 })
        .where('origin', '=', origin)
        .execute()
    }
    const details = { kind, decision }
    const act = 'network.decided-on-log'
    await recordAudit(tx, { at, actor, act, subject: origin, details, organisation: null })
  })
}
