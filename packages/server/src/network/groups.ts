import type { Outcome } from '@tocsin/api/people.ts'
import { type Group, makeGroup as makeRoute } from '@tocsin/api/sharing.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { mayPublish } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { plainTerms, type SharingTerms } from '@tocsin/domain/sharing.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { composeVersion, listVersions, publishVersion, versionsAt } from './audiences.ts'
import { DIRECT } from './direct-audience.ts'

/*
 * A group is an audience that nothing is shared with by itself, such as the members of a regional
 * organisation. Whoever is told of it may name it in audiences of their own.
 */

type GroupForm = z.infer<typeof makeRoute.body>

/** The groups that somebody may name, as they stand: their organisation's, and those it is in. */
export async function listGroups(app: App, actor: Actor): Promise<Group[]> {
  const at = app.clock()
  const groups = await app.db.as(actor, async (tx) => {
    const rows = await tx
      .selectFrom('audience')
      .select('id')
      .distinct()
      .where('name', '<>', DIRECT)
      .where(
        sql<boolean>`not exists (select from shared_object where audience_id = audience.id
          and type not in ('audience', 'identity'))
          and not exists (select from sharing where audience_id = audience.id)`,
      )
      .execute()
    const known = await Promise.all(
      rows.map(async ({ id }) => versionsAt(await listVersions(tx, id), at).current),
    )
    return known.flatMap((version) => (version && version.audience.length > 0 ? [version] : []))
  })
  const mentioned = groups.flatMap(({ organisation, audience }) => [organisation, ...audience])
  // Whoever may read a group may read who is in it: the names, and nothing more of them.
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, [...new Set(mentioned)]))
  return groups
    .map(({ id, name, organisation, audience }) => ({
      ...{ id, name, organisation },
      owner: names.get(organisation) ?? organisation,
      members: audience.map((one) => ({ organisation: one, name: names.get(one) ?? one })),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name))
}

const termsOf = ({ name, members }: GroupForm): SharingTerms => ({ ...plainTerms, name, members })

export async function makeGroup(app: App, actor: Actor, form: GroupForm): Promise<Outcome> {
  const { organisation: owner } = requirePerson(actor)
  if (!mayPublish(actor, { organisation: owner })) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    const draft = { id: newId<AudienceId>(), owner, terms: termsOf(form), country: null }
    // What cannot be is said to whoever proposes it, not to the second person.
    await composeVersion(app, tx, draft, { version: 1, effectiveAt: app.clock() })
    const details = { form, name: form.name }
    const act = { kind: 'sharing.make-group', subject: owner, details } as const
    return proposeAct(app, tx, actor, act, doMakeGroup)
  })
}

export const doMakeGroup: Execute = async (app, tx, actor, { details }) => {
  const form = makeRoute.body.parse((details as { readonly form?: unknown }).form)
  const id = newId<AudienceId>()
  const draft = { id, owner: actor.organisation, terms: termsOf(form), country: null }
  const at = app.clock()
  await publishVersion(
    app,
    tx,
    await composeVersion(app, tx, draft, { version: 1, effectiveAt: at }),
  )
  await recordAudit(tx, { at, actor, act: 'sharing.made-group', subject: id })
  return { link: null }
}
