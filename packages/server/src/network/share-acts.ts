import type { Outcome } from '@tocsin/api/people.ts'
import type { AudienceSentence } from '@tocsin/api/sharing.ts'
import { SharingForm } from '@tocsin/api/sharing.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { isMoreClosed } from '@tocsin/domain/audience.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  isWidening,
  type SharingTerms,
  type SharingVersion,
  WIDENING_DELAY_MS,
} from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import type { Tx } from '../database/database.ts'
import { appendEntry } from '../docket/record.ts'
import { composeVersion, listVersions, publishVersion } from './audiences.ts'
import { momentAfter } from './parties.ts'
import { requireMayPassOn } from './passing-on.ts'
import { requireOwnMatter, sentenceOf } from './sentence.ts'
import { keepSharing, shareMatterState } from './share.ts'

/** The audience that a matter is shared with by this form, as it stands and as it would be. */
async function draftVersion(
  app: App,
  tx: Tx,
  matter: Matter,
  { purpose, terms: said }: SharingForm,
): Promise<{ readonly version: SharingVersion; readonly before: SharingVersion | undefined }> {
  const isOwn = purpose === 'readers'
  const id = (isOwn ? matter.id : newId<string>()) as string as AudienceId
  const [before] = isOwn ? await listVersions(tx, id) : []
  const terms: SharingTerms = {
    ...said,
    name: symbolOf('M', matter),
    // A State is heard where it is asked to be, and nowhere else.
    includesStateConcerned: !isOwn || said.includesStateConcerned,
  }
  const { organisation: owner, country } = matter
  const next = { version: (before?.version ?? 0) + 1, effectiveAt: app.clock() }
  const version = await composeVersion(app, tx, { id, owner, terms, country }, next)
  if (isMoreClosed(matter.marking, version.ceiling)) {
    throw new Problem('sharing.over-ceiling', { marking: matter.marking, ceiling: version.ceiling })
  }
  await requireMayPassOn(tx, matter, version.audience)
  if (!before) return { version, before }
  const wait = isWidening(before, version) ? WIDENING_DELAY_MS : 1
  return { version: { ...version, effectiveAt: addMilliseconds(app.clock(), wait) }, before }
}

/** Who would get it and who would not, before anything leaves. */
export async function previewSharing(
  app: App,
  actor: Actor,
  id: MatterId,
  form: SharingForm,
): Promise<AudienceSentence> {
  return app.db.as(actor, async (tx) => {
    const matter = await requireOwnMatter(tx, actor, id)
    const { version } = await draftVersion(app, tx, matter, form)
    return sentenceOf(tx, { version, thing: matter, at: app.clock() })
  })
}

export async function shareMatter(
  app: App,
  actor: Actor,
  id: MatterId,
  form: SharingForm,
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const matter = await requireOwnMatter(tx, actor, id)
    // What cannot be is said to whoever proposes it, not to the second person.
    await draftVersion(app, tx, matter, form)
    // Named by its symbol: who decides on approvals reads what it is about on the matter itself.
    const details = { form, name: symbolOf('M', matter) }
    const act = { kind: 'sharing.share-matter', subject: id, details } as const
    return proposeAct(app, tx, actor, act, doShareMatter)
  })
}

/** What two persons agreed on: as the second of them, in their transaction. */
export const doShareMatter: Execute = async (app, tx, actor, { subject, details }) => {
  const matter = await requireOwnMatter(tx, actor, MatterId.parse(subject))
  const form = SharingForm.parse((details as { readonly form?: unknown }).form)
  const { version, before } = await draftVersion(app, tx, matter, form)
  const { organisation, id: item } = matter
  const versions = version.isRosterClosed && !before ? apart(version) : [version]
  for (const one of versions) {
    await publishVersion(app, tx, one)
    const kept = { kind: 'matter', audience: one.id, ...form } as const
    await keepSharing(app, tx, { organisation, item }, kept)
  }
  const isOwn = form.purpose === 'readers'
  if (isOwn && !before) {
    const { audience, excluded } = version
    await tx.updateTable('matter').set({ audience, excluded }).where('id', '=', item).execute()
  }
  await appendEntry(app, tx, {
    matter: item,
    kind: 'matter.shared',
    actor,
    facts: {
      purpose: form.purpose,
      audience: version.id,
      version: version.version,
      effectiveAt: version.effectiveAt,
      redacted: [...form.redacted],
    },
  })
  await shareMatterState(app, tx, item)
  return { link: null }
}

/**
 * Readers who are not told of each other share no audience: each has one of its own, so that neither
 * the roster nor a gap in what was told gives another away.
 */
const apart = (version: SharingVersion): SharingVersion[] =>
  version.audience.map((member) => ({
    ...version,
    id: newId<string>() as AudienceId,
    audience: [member],
    members: [member],
    groups: [],
    excluded: [],
  }))

/** Takes organisations out of an audience at once; they are told that they are out. */
export async function narrowVersion(
  app: App,
  tx: Tx,
  before: SharingVersion,
  excluded: SharingVersion['excluded'],
): Promise<SharingVersion> {
  const out = [...new Set([...before.excluded, ...excluded])]
  const version = {
    ...before,
    version: before.version + 1,
    excluded: out,
    audience: before.audience.filter((one) => !out.includes(one)),
    members: before.members.filter((one) => !out.includes(one)),
    // They still see this one version; by the next instant they see nothing.
    effectiveAt: momentAfter(app.clock()),
  }
  await publishVersion(app, tx, version)
  return version
}
