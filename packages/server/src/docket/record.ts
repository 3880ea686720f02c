import { randomBytes } from 'node:crypto'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { replayedStations } from '@tocsin/domain/exercise.ts'
import {
  type Author,
  type EntryKind,
  type MatterId,
  Stations,
  stationOf,
} from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Json } from '@tocsin/records/canonical.ts'
import { digestOf } from '@tocsin/records/jws.ts'
import { signStatement } from '@tocsin/records/statement.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { shareEntry } from '../network/share.ts'
import { signingKey } from './signing-key.ts'

type Facts = { readonly [key: string]: Json }

/** Something done on a matter, before it stands in the record. */
export type Deed = {
  readonly matter: MatterId
  readonly kind: EntryKind
  readonly actor: Actor
  /** Who wrote it where that is not the actor: an authority that answers by a link. */
  readonly by?: Author
  readonly text?: string | null
  readonly facts?: Facts
  /** An entry of the past that reappears in an exercise: what people do there, they do anew. */
  readonly isReplayed?: boolean
}

/**
 * Appends a signed entry to the record of a matter, in the caller's transaction: the fact, its audit
 * entry and the statement that leaves for others stand or fall together. Appending waits for any
 * other transaction that has appended to the same matter and not ended yet.
 */
export async function appendEntry(app: App, tx: Tx, deed: Deed): Promise<Sha256> {
  const { matter: id, kind, actor, text = null, facts = {} } = deed
  const matter = await tx
    .selectFrom('matter')
    .select(['organisation', 'head_seq', 'head_digest', 'stations'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!matter) throw new Problem('matter.not-found')
  const at = app.clock()
  const by = deed.by ?? (await authorOf(tx, actor, matter.organisation, at))
  const { kid, seed } = await signingKey(app, tx, matter.organisation, at)
  const seq = matter.head_seq + 1
  const statement = signStatement(
    {
      alg: 'Ed25519',
      kid,
      typ: 'tocsin+jws',
      cty: 'application/vnd.tocsin.entry+json',
      org: matter.organisation,
      aud: id,
      aseq: seq,
      aprev: matter.head_digest,
      salt: randomBytes(32).toString('base64url'),
    },
    { kind, at, by, text, facts },
    seed,
  )
  const digest = digestOf(statement)
  await tx
    .insertInto('entry')
    .values({
      digest,
      matter: id,
      seq,
      kind,
      at,
      author: JSON.stringify(by),
      text,
      facts: JSON.stringify(facts),
      statement: JSON.stringify(statement),
    })
    .execute()
  const reached = Stations.parse(matter.stations)
  const stations = mayReach(deed) ? reach(reached, kind, at) : reached
  await tx
    .updateTable('matter')
    .set({ head_seq: seq, head_digest: digest, stations: JSON.stringify(stations) })
    .where('id', '=', id)
    .execute()
  const { organisation } = matter
  // The audit log says that it was done, never what was said.
  await recordAudit(tx, {
    at,
    actor,
    organisation,
    act: `docket.${kind}`,
    subject: id,
    details: { seq, digest },
  })
  await shareEntry(app, tx, deed)
  return digest
}

function mayReach({ kind, isReplayed = false }: Deed): boolean {
  const station = stationOf[kind]
  return !isReplayed || (station !== undefined && replayedStations.includes(station))
}

/** A station is reached once; being reviewed is reached anew with each review. */
function reach(stations: Stations, kind: EntryKind, at: Instant): Stations {
  const station = stationOf[kind]
  if (!station || (stations[station] && station !== 'reviewed')) return stations
  return { ...stations, [station]: at }
}

/** The actor's name and office on that day; the organisation alone where the node itself noticed. */
export async function authorOf(
  tx: Tx,
  actor: Actor,
  owner: OrganisationId,
  at: Instant,
): Promise<Author> {
  const organisation = actor.kind === 'person' ? actor.organisation : owner
  const { name: organisationName } = await tx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const nobody = { person: null, name: null, office: null, organisation, organisationName }
  if (actor.kind !== 'person') return nobody
  const day = at.slice(0, 10)
  const person = await tx
    .selectFrom('person')
    .leftJoin('holding', (join) =>
      join
        .onRef('holding.person', '=', 'person.id')
        .on('holding.from_day', '<=', day as never)
        .on((on) => on.or([on('until_day', 'is', null), on('until_day', '>=', day as never)])),
    )
    .leftJoin('post', 'post.id', 'holding.post')
    .select(['person.name', 'post.title'])
    .where('person.id', '=', actor.person)
    .orderBy('holding.from_day')
    .executeTakeFirstOrThrow()
  return { ...nobody, person: actor.person, name: person.name, office: person.title }
}
