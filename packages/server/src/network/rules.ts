import { type Audience, isInAudience, isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId, AudienceVersion, Refusal } from '@tocsin/domain/network.ts'
import { AudienceObject, audienceVersion } from '@tocsin/records/audience-object.ts'
import type { Signed } from '@tocsin/records/jws.ts'
import type { RecordedObject, RecordHeader } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import { type AudienceRow, effectiveAt, listVersionsOf, readersOf } from './audience-reading.ts'
import { isItsOwn } from './audience-record.ts'
import { markingOf } from './marking.ts'

/* Who may tell whom what, asked of records that came before they take their place. */

export type Read = { readonly header: RecordHeader; readonly object: RecordedObject }

/** A record that came, its form and signature checked. */
export type Incoming = {
  readonly record: Signed
  readonly digest: Sha256
  /** Whether it came sealed to its audience, so that who carried it could not read it. */
  readonly wasSealed: boolean
  /** What it says; or why that is not looked at. */
  readonly read: Read | 'known' | Refusal
}

/** The member that hands over, its author or any other that may have it; and when. */
export type Hand = { readonly from: OrganisationId; readonly at: Instant }

/** A record that may be told by whoever tells it to those whom it is told. */
export type Admitted = Read & {
  readonly digest: Sha256
  readonly record: Signed
  readonly readers: Audience
  readonly marking: Marking
  /** More than its audience may be told: its place is taken and nothing of it is kept. */
  readonly isTooClosed: boolean
  /** Whether this node came to the audience after its beginning, or came back to it. */
  readonly joinedLate: boolean
}

/** What the tables say that counts for some records. */
type Rules = Hand & {
  readonly versions: ReadonlyMap<AudienceId, readonly AudienceRow[]>
  /** The organisations that live on this node. */
  readonly own: readonly OrganisationId[]
}

export const isRead = (read: Incoming['read']): read is Read => typeof read !== 'string'

/**
 * Looks at records in their order and answers for each whether it is let in. What a record needs that
 * the one before it may bring, is looked at with that one done: the answers end before it.
 */
export async function admit(
  tx: Tx,
  all: readonly Incoming[],
  hand: Hand,
  isHere: ReadonlySet<Sha256>,
): Promise<readonly (Admitted | 'known' | Refusal)[]> {
  const rules = await readRules(tx, all, hand)
  const answers: (Admitted | 'known' | Refusal)[] = []
  const seen = new Set(isHere)
  for (const one of all) {
    const { read, digest } = one
    if (!isRead(read) || seen.has(digest)) {
      answers.push(isRead(read) ? 'known' : read)
      continue
    }
    const audiences = audiencesOf(read, rules)
    const isOutside = audiences.length > 0 && !isIn(audiences, read.header.org)
    // Whoever left an audience may have said it before; what came after it says so.
    if (isOutside && answers.length > 0) break
    const isMissing = isOutside && (await isNamedAsMissing(tx, read.header, digest))
    const answer = judge(one, read, { ...rules, audiences, isMissing })
    if (typeof answer !== 'string') seen.add(digest)
    answers.push(answer)
  }
  return answers
}

async function readRules(tx: Tx, all: readonly Incoming[], hand: Hand): Promise<Rules> {
  const auds = all.flatMap(({ read }) => (isRead(read) ? [read.header.aud] : []))
  return {
    ...hand,
    versions: Map.groupBy(await listVersionsOf(tx, [...new Set(auds)]), ({ id }) => id),
    own: await listLivingHere(tx),
  }
}

/** Which of these records are here, or were. */
export async function listHere(tx: Tx, digests: readonly Sha256[]): Promise<ReadonlySet<Sha256>> {
  const { rows } = await sql<{ digest: Sha256 }>`select digest from network_record
    where digest = any (${digests}::char(64)[])`.execute(tx)
  return new Set(rows.map(({ digest }) => digest))
}

/** Those that are closed among them: what was told them is still taken. */
async function listLivingHere(tx: Tx): Promise<readonly OrganisationId[]> {
  const rows = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select('organisation.id')
    .where('member.organisation', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

async function isNamedAsMissing(tx: Tx, { org, aud }: RecordHeader, digest: Sha256) {
  const row = await tx
    .selectFrom('missing_record')
    .select('digest')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

type Addressed = Audience & Pick<AudienceVersion, 'ceiling'>

/** The audience as it is now, and as it tells that it will be. */
function audiencesOf(read: Read, rules: Rules): readonly Addressed[] {
  const told = toldVersion(read)
  return [currentOf(read, rules), told].filter((one) => one !== undefined)
}

function currentOf({ header }: Read, { versions, at }: Rules): AudienceRow | undefined {
  const all = versions.get(header.aud) ?? []
  return effectiveAt(all, at) ?? all[0]
}

function toldVersion({ header, object }: Read): AudienceVersion | undefined {
  const told = object.type === 'audience' ? AudienceObject.safeParse(object).data : undefined
  const version = told && audienceVersion(told)
  return version && isItsOwn(header, version) ? version : undefined
}

const isIn = (audiences: readonly Audience[], who: OrganisationId): boolean =>
  audiences.some((one) => isInAudience(one, who))

type Known = Rules & { readonly audiences: readonly Addressed[]; readonly isMissing: boolean }

function judge(
  { record, digest, wasSealed }: Incoming,
  read: Read,
  { audiences, isMissing, ...rules }: Known,
): Admitted | Refusal {
  const { header, object } = read
  if ((header.aseq === 1) !== (header.aprev === null)) return 'not-in-order'
  if (audiences.length === 0) return 'unknown-audience'
  if (!isIn(audiences, header.org) && !isMissing) return 'author-not-in-audience'
  if (!wasSealed && !isIn(audiences, rules.from)) return 'sender-not-in-audience'
  if (!rules.own.some((one) => isIn(audiences, one))) return 'not-for-this-node'
  const current = currentOf(read, rules)
  if (current?.expires_at && current.expires_at < object.modified) return 'audience-expired'
  const marking = markingOf(object)
  const known = rules.versions.get(header.aud) ?? []
  const first = known.at(-1)?.version ?? toldVersion(read)?.version ?? 1
  // It was taken out by a version that it was still told.
  const wasOut = known.some((version) => !rules.own.some((one) => isInAudience(version, one)))
  return {
    ...{ record, digest, header, object, marking },
    readers: readersOf(header.org, audiences),
    isTooClosed: audiences.some(({ ceiling }) => isMoreClosed(marking, ceiling)),
    joinedLate: first > 1 || wasOut,
  }
}
