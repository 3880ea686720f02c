import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId, AudienceVersion } from '@tocsin/domain/network.ts'
import { audienceObject } from '@tocsin/records/audience-object.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { App } from '@tocsin/server/app.ts'
import { signingKey } from '@tocsin/server/docket/signing-key.ts'
import { ageKeysOf } from '@tocsin/server/network/own-keys.ts'
import { publishRecord } from '@tocsin/server/network/publish.ts'
import type { RunningNode } from '@tocsin/server/node.ts'

/** A node and the organisation that lives on it, known to it alone until they are acquainted. */
export type Known = RunningNode & {
  readonly app: App
  readonly databaseUrl: string
  readonly own: OrganisationId
}

/** Makes two nodes trust each other, as their officers would. */
export async function acquaintByHand(...nodes: readonly [Known, Known]): Promise<void> {
  const [one, other] = nodes
  for (const node of nodes) {
    await addOrganisation(node, node.own)
  }
  await pin(one, other)
  await pin(other, one)
}

const addOrganisation = ({ app }: Known, id: OrganisationId) =>
  app.db.as(system, (tx) =>
    tx
      .insertInto('organisation')
      .values({
        id,
        name: `Organisation ${id.slice(-4)}`,
        kind: 'focal-point',
        country: null,
        made_at: systemClock(),
        closed_at: null,
      })
      .execute(),
  )

/** Nobody fetches a directory here. */
const forGood = '2100-01-01T00:00:00.000Z' as Instant
const knownForGood = { expires_at: forGood, next_at: forGood, fault: null }

async function pin(where: Known, other: Known): Promise<void> {
  const made_at = systemClock()
  const { own: organisation } = other
  const { kid, seed } = await other.app.db.as(system, (tx) =>
    signingKey(other.app, tx, organisation, made_at),
  )
  const { recipient } = await ageKeysOf(other.app, organisation)
  await addOrganisation(where, organisation)
  await where.app.db.as(system, async (tx) => {
    const root = 'a'.repeat(64) as Sha256
    await tx
      .insertInto('member')
      .values({ organisation, address: other.url, root, state: 'pinned', made_at })
      .execute()
    await tx
      .insertInto('member_key')
      .values({ id: kid, organisation, public_key: publicKeyOf(seed), made_at })
      .execute()
    await tx
      .insertInto('member_directory')
      .values({ organisation, recipients: [recipient], ...knownForGood, checked_at: made_at })
      .execute()
  })
}

/** An audience of both, made known by the first. */
export async function makeAudience({ app, own }: Known, other: Known): Promise<AudienceId> {
  const at = systemClock()
  const version: AudienceVersion = {
    id: newId(),
    version: 1,
    name: 'Rivers',
    organisation: own,
    audience: [other.own],
    excluded: [],
    ceiling: 'TLP:AMBER',
    reshare: 'never',
    effectiveAt: at,
    expiresAt: null,
  }
  await app.db.as(system, async (tx) => {
    const { id, name, organisation, audience, excluded, ceiling, reshare } = version
    await tx
      .insertInto('audience')
      .values({
        ...{ id, name, organisation, audience, excluded, ceiling, reshare },
        version: 1,
        effective_at: at,
        expires_at: null,
        made_at: at,
        applied_at: at,
      })
      .execute()
    const told = { created: at, modified: at, marking: markingRef('TLP:AMBER') }
    const object = audienceObject(version, told)
    await publishRecord(app, tx, { organisation, audience: id, object })
  })
  return version.id
}

const LOT = 500

/** So many reports of some length, signed as the node signs them; half of them are sealed. */
export async function writeRecords(
  { app, own }: Known,
  audience: AudienceId,
  count: number,
): Promise<void> {
  for (let written = 0; written < count; written += LOT) {
    await app.db.as(system, async (tx) => {
      for (let number = written; number < Math.min(count, written + LOT); number += 1) {
        const at = systemClock()
        await publishRecord(app, tx, {
          organisation: own,
          audience,
          object: {
            type: 'note',
            spec_version: '2.1',
            id: `note--${crypto.randomUUID()}`,
            created: at,
            modified: at,
            object_marking_refs: [markingRef(number % 2 === 0 ? 'TLP:GREEN' : 'TLP:AMBER')],
            content: `Report ${number}. ${'Chalk marks on the doors of the lower town. '.repeat(12)}`,
            object_refs: [],
          },
        })
      }
      // Nothing was pushed yet: the reader is new and reads for itself.
      await tx.deleteFrom('record_queue').where('attempts', '=', 0).execute()
    })
  }
}
