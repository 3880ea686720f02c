import type { AudiencePreview, Office, Recipient } from '@tocsin/api/warnings.ts'
import type { Day, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { isAddressable } from '@tocsin/domain/docket-access.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { holdersOn, type PostId } from '@tocsin/domain/people.ts'
import type { WarningDraft } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { findParticipants } from '../exercises/queries.ts'
import { readMatterReaders } from '../network/matter-readers.ts'
import { holdingOf } from '../people/queries.ts'

/** Which of a post's holders a step tells: whoever speaks for it, or the others. */
export type Step = 'first' | 'deputy'

/** Somebody to be told, and how they are reached. */
export type Told = Recipient & {
  readonly person: PersonId
  readonly organisation: OrganisationId
  readonly locale: Locale
}

/**
 * Whom a notice to these posts reaches at this moment. The preview before signing and the outbox
 * both ask this function, so that what was shown is what happens. Runs as the system: the offices of
 * other organisations are told, their people are not shown to whoever asks.
 */
export async function recipientsOf(
  tx: Tx,
  posts: readonly PostId[],
  { at, step, excluded }: { at: Instant; step: Step; excluded: readonly OrganisationId[] },
): Promise<readonly Told[]> {
  if (posts.length === 0) return []
  const day = at.slice(0, 10) as Day
  const rows = await tx
    .selectFrom('holding')
    .innerJoin('post', 'post.id', 'holding.post')
    .innerJoin('organisation', 'organisation.id', 'holding.organisation')
    .innerJoin('person', 'person.id', 'holding.person')
    .selectAll('holding')
    .select(['post.title', 'organisation.name as authority', 'person.name', 'person.locale'])
    .where('holding.post', 'in', [...posts])
    .where('post.abolished_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .where('person.ended_at', 'is', null)
    .execute()
  const contacts = await tx
    .selectFrom('contact')
    .select(['person', 'channel'])
    .where('person', 'in', rows.length > 0 ? rows.map(({ person }) => person) : [null as never])
    .orderBy('preference')
    .orderBy('channel')
    .execute()
  return posts.flatMap((post) => {
    const held = rows.filter((row) => row.post === post)
    const known = new Map(held.map((row) => [row.id, row]))
    const holders = holdersOn(held.map(holdingOf), day)
    const chosen = step === 'first' ? holders.slice(0, 1) : holders.slice(1)
    return chosen.flatMap(({ id, person, organisation }) => {
      const row = known.get(id)
      if (!row || excluded.includes(organisation)) return []
      const channels = contacts.filter((one) => one.person === person).map((one) => one.channel)
      return {
        post,
        person,
        organisation,
        office: row.title,
        authority: row.authority,
        name: row.name,
        locale: row.locale,
        channels: channels.length > 0 ? channels : ['call-sheet' as const],
      }
    })
  })
}

/**
 * Who will see a warning and who will not: whoever its offices reach, and the organisations that
 * read the matter. Runs as the system.
 */
export async function previewAudience(
  app: App,
  tx: Tx,
  matter: Matter,
  { addressees }: WarningDraft,
): Promise<AudiencePreview> {
  const posts = addressees.map(({ post }) => post)
  const { excluded } = matter
  const told = await recipientsOf(tx, posts, { at: app.clock(), step: 'first', excluded })
  const isTold = new Set(told.map(({ organisation }) => organisation))
  const { parties, mayRead } = await readMatterReaders(tx, matter, app.clock())
  const readers = parties.filter(({ id }) => mayRead(id))
  const others = parties.filter(({ id }) => !mayRead(id) && !isTold.has(id))
  return {
    recipients: told.map(({ post, office, authority, name, channels }) => ({
      post,
      office,
      authority,
      name,
      channels: [...channels],
    })),
    readers: readers.map(({ name }) => name),
    notReaders: others.map(({ name }) => name),
  }
}

/**
 * Whoever takes part in a replay, in the place of the office: nobody else is ever told of one.
 * Undefined where the matter is no replay.
 */
export async function playersOf(
  tx: Tx,
  matter: MatterId,
  post: PostId,
): Promise<readonly Told[] | undefined> {
  const players = await findParticipants(tx, matter)
  if (!players || players.length === 0) return players && []
  const { office, authority } = await tx
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation')
    .select(['post.title as office', 'organisation.name as authority'])
    .where('post.id', '=', post)
    .executeTakeFirstOrThrow()
  const rows = await tx
    .selectFrom('person')
    .leftJoin('contact', 'contact.person', 'person.id')
    .select(['person.id', 'person.organisation', 'person.name', 'person.locale', 'channel'])
    .where('person.id', 'in', [...players])
    .where('person.ended_at', 'is', null)
    .orderBy('channel')
    .execute()
  const people = new Map(rows.map((row) => [row.id, row]))
  return [...people.values()].map(({ id: person, organisation, name, locale }) => {
    const ways = rows.flatMap(({ id, channel }) => (id === person && channel ? [channel] : []))
    const channels = ways.length > 0 ? ways : ['call-sheet' as const]
    return { post, person, organisation, office, authority, name, locale, channels }
  })
}

/** Every office that the organisation may write to, and whether somebody holds it today. */
export async function listOfficesIn(
  tx: Tx,
  { organisation, at }: { readonly organisation: OrganisationId; readonly at: Instant },
): Promise<Office[]> {
  const own = await tx
    .selectFrom('organisation')
    .select(['id', 'country'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const all = await tx
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation')
    .select(['post.id as post', 'post.title'])
    .select(['organisation.id', 'organisation.name', 'organisation.kind', 'organisation.country'])
    .where('post.abolished_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .orderBy('organisation.name')
    .orderBy('post.title')
    .orderBy('post.id')
    .execute()
  const rows = all.filter((row) => isAddressable(own, row))
  const posts = rows.map(({ post }) => post)
  const held = await recipientsOf(tx, posts, { at, step: 'first', excluded: [] })
  const isHeld = new Set(held.map(({ post }) => post))
  return rows.map(({ post, title, id, name, kind }) => ({
    post,
    title,
    organisation: id,
    organisationName: name,
    isHeld: isHeld.has(post),
    isOutside: kind === 'regional-organisation' || kind === 'un-office',
  }))
}
