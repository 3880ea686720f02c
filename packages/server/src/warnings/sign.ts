import type { AudiencePreview } from '@tocsin/api/warnings.ts'
import { type Actor, hasRole, type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  faultsOf,
  signaturesNeeded,
  WarningDraft,
  type WarningFault,
  type WarningId,
} from '@tocsin/domain/warning.ts'
import { canonicalJson } from '@tocsin/records/canonical.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { authorOf } from '../docket/record.ts'
import { requirePerson, requireStepUp } from '../identity/step-up.ts'
import { listReportsOn } from '../reports/queries.ts'
import { findDraft, hashDraft } from './drafts.ts'
import { listOfficesIn, previewAudience } from './recipients.ts'
import { sendWarning } from './send.ts'

/** What keeps the draft from being signed, as the node knows its addressees at this moment. */
export async function faultsIn(
  tx: Tx,
  draft: WarningDraft,
  { now, matter }: { readonly now: Instant; readonly matter: Matter },
): Promise<readonly WarningFault[]> {
  const { id, organisation, excluded } = matter
  const offices = await listOfficesIn(tx, { organisation, at: now })
  const posts = new Map(
    offices.map((office) => [
      office.post,
      { organisation: office.organisation, hasHolder: office.isHeld },
    ]),
  )
  const reports = (await listReportsOn(tx, id)).map((report) => report.id)
  return faultsOf(draft, { now, posts, excluded, reports })
}

/** What the person who signs was shown of who will see it. */
type Shown = Pick<AudiencePreview, 'recipients' | 'readers'>

const inOneOrder = ({ recipients, readers }: Shown): string =>
  canonicalJson([recipients.map((one) => canonicalJson(one)).sort(), [...readers].sort()])

/**
 * Signs exactly the text that was read, for exactly the readers that were shown. The last signature that the level needs is a focal point's,
 * and sends the warning in the same transaction.
 */
export async function signWarning(
  app: App,
  actor: Actor,
  id: WarningId,
  { sha256, shown }: { readonly sha256: Sha256; readonly shown: Shown },
): Promise<{ readonly state: 'waiting' | 'sent'; readonly told: number }> {
  const person = requirePerson(actor)
  requireStepUp(app, actor)
  // As the system: offices of other organisations are read to see whether somebody holds them.
  return app.db.as(system, async (tx) => {
    const row = await findDraft(tx, actor, id)
    if (!row) throw new Problem('warning.not-found')
    const draft = WarningDraft.parse(row.draft)
    if (sha256 !== row.sha256 || hashDraft(draft) !== sha256) throw new Problem('warning.changed')
    const now = app.clock()
    const matter = await getMatter(tx, row.matter)
    if (matter.closedAt !== null) throw new Problem('matter.closed')
    const faults = await faultsIn(tx, draft, { now, matter })
    if (faults.length > 0) throw new Problem('warning.incomplete', { faults: [...faults] })
    const audience = await previewAudience(app, tx, matter, draft)
    if (inOneOrder(audience) !== inOneOrder(shown)) throw new Problem('warning.audience-changed')
    const isLast = await mayAddSignature(tx, person, id, draft)
    const { name, office } = await authorOf(tx, actor, row.organisation, now)
    await tx
      .insertInto('warning_signature')
      .values({
        id: newId<string>(),
        warning: id,
        matter: row.matter,
        person: person.person,
        name: name ?? '',
        office,
        credential: person.credential,
        at: now,
      })
      .execute()
    const deed = { at: now, actor, organisation: row.organisation, subject: id }
    await recordAudit(tx, { ...deed, act: 'warnings.signed', details: { sha256 } })
    if (!isLast) return { state: 'waiting', told: 0 }
    const told = await sendWarning(app, tx, actor, { ...row, draft, marking: matter.marking })
    return { state: 'sent', told }
  })
}

/** Whether this signature is the last one needed; a problem when the person may not add it. */
async function mayAddSignature(
  tx: Tx,
  actor: PersonActor,
  warning: WarningId,
  { level }: WarningDraft,
): Promise<boolean> {
  const signed = await tx
    .selectFrom('warning_signature')
    .select(['person', 'credential'])
    .where('warning', '=', warning)
    .execute()
  if (signed.some(({ person }) => person === actor.person))
    throw new Problem('warning.signed-already')
  if (signed.some(({ credential }) => credential === actor.credential)) {
    throw new Problem('approval.same-credential')
  }
  const isLast = signed.length + 1 >= signaturesNeeded(level)
  if (isLast && !hasRole(actor, 'focal-point')) throw new Problem('warning.needs-focal-point')
  return isLast
}
