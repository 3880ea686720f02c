import type { LetterAddressee, LetterFacts } from '@tocsin/documents/letter.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import type { Notification, NotificationId } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { Warning, WarningId } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { getMatter } from '../docket/queries.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { codeFor, openLinks } from '../warnings/links.ts'
import { listNotifications, readWarning } from '../warnings/queries.ts'
import { listOfficesIn } from '../warnings/recipients.ts'

/**
 * What the letter of a warning says. Written to one authority by the organisation that warns, it
 * holds the address and the code that open it elsewhere: giving these out is put on the audit log.
 */
export async function readLetterFacts(
  app: App,
  actor: Actor,
  id: WarningId,
  notification: NotificationId | undefined,
): Promise<LetterFacts> {
  const { warning } = await readWarning(app, actor, id)
  const told = await app.db.as(actor, async (tx) =>
    (await listNotifications(tx, warning.matter)).filter((one) => one.warning === id),
  )
  const only = told.find((one) => one.id === notification)
  if (notification && !only) throw new Problem('warning.not-found')
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, [warning.organisation]))
  return {
    sender: names.get(warning.organisation) ?? '',
    symbol: symbolOf('W', warning),
    marking: warning.marking,
    isExercise: warning.isExercise,
    state: stateOf(warning),
    draft: warning.draft,
    sha256: warning.sha256,
    at: warning.sentAt ?? warning.savedAt,
    addressees:
      warning.state === 'draft'
        ? await plannedAddressees(app, warning)
        : told.filter((one) => !only || one === only),
    signatures: warning.signatures,
    access: only ? await openAccess(app, actor, warning, only) : null,
  }
}

function stateOf({ state }: Warning): LetterFacts['state'] {
  if (state === 'draft') return 'draft'
  return state === 'sent' || state === 'expired' ? 'standing' : 'withdrawn'
}

/** As the system: the offices of other organisations are named, their people are not. */
async function plannedAddressees(
  app: App,
  { organisation, draft }: Warning,
): Promise<LetterAddressee[]> {
  const at = app.clock()
  const offices = await app.db.as(system, (tx) => listOfficesIn(tx, { organisation, at }))
  return draft.addressees.flatMap(({ post, legalBasis }) => {
    const office = offices.find((one) => one.post === post)
    if (!office) return []
    const { title, organisationName: authority } = office
    return { office: title, authority, legalBasis, acknowledgeBy: null, answerBy: null }
  })
}

/** What opens the letter: for the warning organisation's own people, and never for the excluded. */
async function openAccess(
  app: App,
  actor: Actor,
  warning: Warning,
  { id, organisation }: Notification,
): Promise<LetterFacts['access']> {
  if (!mayReadOwn(actor, warning) || stateOf(warning) !== 'standing') return null
  const isGiven = await app.db.as(system, async (tx) => {
    const { excluded } = await getMatter(tx, warning.matter)
    if (excluded.includes(organisation)) return false
    const deed = { at: app.clock(), actor, organisation: warning.organisation, subject: warning.id }
    await recordAudit(tx, { ...deed, act: 'documents.letter-code', details: { notification: id } })
    return true
  })
  return isGiven
    ? { link: (await openLinks(app)).toLetter(id), code: await codeFor(app, id) }
    : null
}
