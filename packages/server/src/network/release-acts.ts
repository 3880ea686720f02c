import type { Outcome } from '@tocsin/api/people.ts'
import { releaseReport as releaseRoute, SharingForm } from '@tocsin/api/sharing.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { isMoreClosed } from '@tocsin/domain/audience.ts'
import { type Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { mayPublish } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ReportId } from '@tocsin/domain/report.ts'
import { EditionId } from '@tocsin/domain/risk.ts'
import { isOver, type SharingTerms } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { Json } from '@tocsin/records/canonical.ts'
import { canonicalJson } from '@tocsin/records/canonical.ts'
import { editionObject } from '@tocsin/records/stix/edition.ts'
import { receiptObject } from '@tocsin/records/stix/receipt.ts'
import { reportObject } from '@tocsin/records/stix/report.ts'
import type { z } from 'zod'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { findReport } from '../reports/queries.ts'
import { sha256 } from '../risk/freeze.ts'
import { getHeld } from '../risk/queries.ts'
import { composeVersion, listVersions, publishVersion, versionsAt } from './audiences.ts'
import { publishRecord } from './publish.ts'
import { keepSharing } from './share.ts'
import { shareThing } from './telling.ts'

/* What is given to others besides a matter itself; each exposes, and takes two persons. */

const ReportRelease = releaseRoute.body
type ReportRelease = z.infer<typeof ReportRelease>

/** The report and the audience of ours that it would be released to. */
async function requireReleasable(
  app: App,
  tx: Tx,
  actor: Actor,
  { id, audience }: { readonly id: ReportId; readonly audience: AudienceId },
) {
  const report = await findReport(tx, id)
  if (!report || !mayPublish(actor, report)) throw new Problem('report.not-found')
  const { current } = versionsAt(await listVersions(tx, audience), app.clock())
  if (!current || current.organisation !== report.organisation) {
    throw new Problem('audience.not-found')
  }
  if (isOver(current, app.clock())) throw new Problem('sharing.expired')
  if (isMoreClosed(report.marking, current.ceiling)) {
    const { marking } = report
    throw new Problem('sharing.over-ceiling', { marking, ceiling: current.ceiling })
  }
  return report
}

export async function releaseReport(
  app: App,
  actor: Actor,
  id: ReportId,
  release: ReportRelease,
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const report = await requireReleasable(app, tx, actor, { id, audience: release.audience })
    const details = { release, name: symbolOf('R', report) }
    const act = { kind: 'sharing.release-report', subject: id, details } as const
    return proposeAct(app, tx, actor, act, doReleaseReport)
  })
}

export const doReleaseReport: Execute = async (app, tx, actor, { subject, details }) => {
  const release = ReportRelease.parse((details as { readonly release?: unknown }).release)
  const { audience, redacted, asksWhoRead } = release
  const report = await requireReleasable(app, tx, actor, { id: ReportId.parse(subject), audience })
  const { organisation, id: item } = report
  const sharing = { audience, redacted, asksWhoRead }
  await keepSharing(app, tx, { organisation, item }, { ...sharing, kind: 'report' })
  // By the day: the minute at which somebody wrote could name who it was.
  const created = `${report.writtenAt.slice(0, 10)}T00:00:00.000Z` as Instant
  await shareThing(app, tx, { ...sharing, organisation }, async (told) => [
    {
      marking: report.marking,
      make: (modified) => reportObject({ ...report, ...told, report: item, created, modified }),
    },
  ])
  const at = app.clock()
  const noted = { audience }
  await recordAudit(tx, { at, actor, act: 'sharing.released', subject: item, details: noted })
  return { link: null }
}

type EditionTerms = SharingForm['terms']

const namedFor = (edition: EditionId, terms: EditionTerms): SharingTerms => ({
  ...terms,
  name: edition,
})

export async function shareEdition(
  app: App,
  actor: Actor,
  id: EditionId,
  { terms }: { readonly terms: EditionTerms },
): Promise<Outcome> {
  const { organisation: owner } = requirePerson(actor)
  if (!mayPublish(actor, { organisation: owner })) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    await getHeld(tx, id)
    const next = { version: 1, effectiveAt: app.clock() }
    const draft = { id: newId<string>() as AudienceId, owner, country: null }
    await composeVersion(app, tx, { ...draft, terms: namedFor(id, terms) }, next)
    const act = {
      kind: 'sharing.share-edition',
      subject: id,
      details: { terms, name: id },
    } as const
    return proposeAct(app, tx, actor, act, doShareEdition)
  })
}

export const doShareEdition: Execute = async (app, tx, actor, { subject, details }) => {
  const { organisation } = actor
  const said = SharingForm.shape.terms.parse((details as { readonly terms?: unknown }).terms)
  const id = newId<string>() as AudienceId
  const { edition } = await getHeld(tx, EditionId.parse(subject))
  const version = await composeVersion(
    app,
    tx,
    { id, owner: organisation, terms: namedFor(edition.id, said), country: null },
    { version: 1, effectiveAt: app.clock() },
  )
  await publishVersion(app, tx, version)
  const sharing = { audience: id, redacted: [], asksWhoRead: false }
  const item = edition.id
  await keepSharing(app, tx, { organisation, item }, { ...sharing, kind: 'edition' })
  const at = app.clock()
  const statementHash = sha256(canonicalJson(edition as Json))
  await shareThing(app, tx, { ...sharing, organisation }, async (told) => [
    {
      marking: version.ceiling,
      make: (modified) =>
        editionObject({
          ...edition,
          ...told,
          edition: edition.id,
          statementHash,
          marking: version.ceiling,
          isExercise: false,
          created: at,
          modified,
        }),
    },
  ])
  await recordAudit(tx, { at, actor, act: 'sharing.shared-edition', subject })
  return { link: null }
}

/** Something of ours that others read, by its name as an object. */
async function requireOwnObject(tx: Tx, actor: Actor, id: string) {
  const row = await tx
    .selectFrom('shared_object')
    .select(['organisation', 'audience_id', 'digest', 'marking'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !mayPublish(actor, row)) throw new Problem('sharing.not-found')
  return row
}

export async function releaseOnward(
  app: App,
  actor: Actor,
  id: string,
  { to }: { readonly to: readonly OrganisationId[] },
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    await requireOwnObject(tx, actor, id)
    const details = { to: [...to], name: id }
    const act = { kind: 'sharing.release-onward', subject: id, details } as const
    return proposeAct(app, tx, actor, act, doReleaseOnward)
  })
}

export const doReleaseOnward: Execute = async (app, tx, actor, { subject, details }) => {
  const row = await requireOwnObject(tx, actor, subject)
  const { organisation, audience_id: audience, digest, marking } = row
  const releasedTo = OrganisationId.array().parse((details as { readonly to?: unknown }).to)
  const at = app.clock()
  const { name } = await tx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const object = receiptObject({
    ...{ organisation, organisationName: name, audience, marking, isExercise: false },
    ...{ key: at, about: subject, digest },
    givenAt: at,
    kind: 'release',
    releasedTo,
  })
  await publishRecord(app, tx, { organisation, audience, object, refs: [digest] })
  await recordAudit(tx, { at, actor, act: 'sharing.released-onward', subject })
  return { link: null }
}
