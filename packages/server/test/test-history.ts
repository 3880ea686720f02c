import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { audienceObject } from '@tocsin/records/audience-object.ts'
import { digestOf, publicKeyOf, type Signed } from '@tocsin/records/jws.ts'
import { type RecordedObject, signRecord } from '@tocsin/records/record.ts'
import { extensionId } from '@tocsin/records/stix/extension.ts'
import { identityRef } from '@tocsin/records/stix/shared-object.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import fc from 'fast-check'
import { note } from './test-exchange.ts'
import type { TestNode } from './test-node.ts'

export const AT = '2026-01-01T00:00:00.000Z' as Instant
export const AUTHORS = 3

/** An organisation elsewhere that this node trusts; its node is not needed, only its key. */
export type Author = {
  readonly id: OrganisationId
  readonly seed: Uint8Array
  readonly kid: string
}

export async function trustAuthors(node: TestNode): Promise<readonly Author[]> {
  const authors = Array.from({ length: AUTHORS }, (_, index): Author => {
    const id = newId<OrganisationId>()
    return { id, seed: new Uint8Array(32).fill(index + 1), kid: `${id}/key` }
  })
  await node.app.db.as(system, async (tx) => {
    for (const { id, seed, kid } of authors) {
      const organisation = { id, name: id, kind: 'focal-point' as const, country: null }
      await tx
        .insertInto('organisation')
        .values({ ...organisation, made_at: AT, closed_at: null })
        .execute()
      const member = { organisation: id, address: 'http://127.0.0.1:9/', root: 'a'.repeat(64) }
      await tx
        .insertInto('member')
        .values({ ...member, root: member.root as Sha256, state: 'pinned', made_at: AT })
        .execute()
      const key = { id: kid, organisation: id, public_key: publicKeyOf(seed), made_at: AT }
      await tx.insertInto('member_key').values(key).execute()
      await tx
        .insertInto('known_log')
        .values({ origin: `log of ${id}`, organisation: id, verifier_key: '', address: '' })
        .execute()
    }
  })
  return authors
}

/* What is said in a history, by whom and in which of two audiences, and what becomes of it on its way. */

const KINDS = [
  'note',
  'note',
  'note again',
  "another's note",
  'note too closed',
  'note about a target',
  'warning',
  'warning of no form',
  'grouping of no form',
  'receipt of no form',
  'audience without the last',
  'audience with all',
  "another's audience",
  'withdrawal',
  'withdrawal',
  'fork',
  'forged',
  'altered',
] as const
type Kind = (typeof KINDS)[number]

export const saying = fc.record({
  author: fc.nat(AUTHORS - 1),
  audience: fc.nat(1),
  kind: fc.constantFrom<Kind>(...KINDS),
  /** An earlier thing that it is about. */
  about: fc.nat(),
  fate: fc.constantFrom('once', 'once', 'once', 'twice', 'lost'),
  wasSealed: fc.boolean(),
  /** By how much it may come too late. */
  delay: fc.constantFrom(0, 0, 0, 0, 1, 3, 12),
})
type Saying = typeof saying extends fc.Arbitrary<infer T> ? T : never

export type Sent = { readonly record: Signed; readonly wasSealed: boolean; readonly order: number }
type Said = { readonly object: RecordedObject; readonly author: number }

/** Signs a history as its authors would, each with its own order in each of the two audiences. */
export class Tale {
  readonly sent: Sent[] = []
  readonly #authors: readonly Author[]
  readonly #reader: OrganisationId
  readonly #audiences = [newId<AudienceId>(), newId<AudienceId>()] as const
  readonly #ends = new Map<string, { seq: number; digest: Sha256 | null; before: Sha256 | null }>()
  readonly #said: Said[] = []
  #versions = 0

  constructor(authors: readonly Author[], reader: OrganisationId) {
    this.#authors = authors
    this.#reader = reader
    for (const audience of [0, 1]) {
      const kind = 'audience with all' as const
      this.say({ author: 0, audience, kind, about: 0, fate: 'once', wasSealed: false, delay: 0 })
    }
  }

  say(one: Saying): void {
    const object = this.#objectOf(one)
    const record = this.#sign(one, object)
    this.#said.push({ object, author: one.author })
    const order = this.sent.length + one.delay
    const times = { once: 1, twice: 2, lost: 0 }[one.fate]
    for (let time = 0; time < times; time += 1) {
      this.sent.push({ record, wasSealed: one.wasSealed, order: order + time * 4 })
    }
  }

  #sign({ author: index, audience, kind }: Saying, object: RecordedObject): Signed {
    const author = this.#authors[index] as Author
    const aud = this.#audiences[audience] as AudienceId
    const name = `${index} ${audience}`
    const end = this.#ends.get(name) ?? { seq: 0, digest: null, before: null }
    const isFork = kind === 'fork' && end.seq > 0
    const header = {
      alg: 'Ed25519' as const,
      kid: author.kid,
      typ: 'cpr+jws' as const,
      cty: 'application/stix+json;version=2.1' as const,
      org: author.id,
      aud,
      aep: 0,
      aseq: isFork ? end.seq : end.seq + 1,
      aprev: isFork ? end.before : end.digest,
      refs: [],
      salt: crypto.randomUUID(),
    }
    const seed = kind === 'forged' ? new Uint8Array(32).fill(99) : author.seed
    const record = signRecord(header, object, seed)
    if (isFork || kind === 'forged') return record
    if (kind === 'altered') return { ...record, payload: record.protected }
    this.#ends.set(name, { seq: end.seq + 1, digest: digestOf(record), before: end.digest })
    return record
  }

  #objectOf({ author, audience, kind, about }: Saying): RecordedObject {
    const own = this.#said.filter((one) => one.author === author)
    const others = this.#said.filter((one) => one.author !== author)
    const pick = (all: readonly Said[]) => all[about % Math.max(1, all.length)]?.object.id
    const target = pick(own) ?? 'note--00000000-0000-4000-8000-000000000000'
    const content = `Word ${this.sent.length}`
    const noForm = (type: string) => ({
      ...note(content, { type, id: `${type}--${crypto.randomUUID()}` }),
      extensions: { [extensionId]: { extension_type: 'new-sdo' } },
      tocsin: 1,
      kind: 'acknowledgement',
    })
    switch (kind) {
      case 'note again':
        return note(content, { id: target })
      case "another's note":
        return note(content, { id: pick(others) ?? target })
      case 'note too closed':
        return note(content, { marking: 'TLP:RED' })
      case 'note about a target':
        return { ...note(content), target_ref: target }
      case 'warning':
        return note(content, { type: 'atrocity-alert' })
      case 'warning of no form':
        return noForm('atrocity-alert')
      case 'grouping of no form':
        return noForm('grouping')
      case 'receipt of no form':
        return noForm('receipt')
      case 'audience without the last':
        return this.#version(audience, AUTHORS - 1)
      case 'audience with all':
      case "another's audience":
        return this.#version(audience, AUTHORS)
      case 'withdrawal':
        return this.#withdrawal(author, audience, target)
      default:
        return note(content)
    }
  }

  #version(audience: number, members: number): RecordedObject {
    this.#versions += 1
    const [owner, ...others] = this.#authors.slice(0, members).map(({ id }) => id)
    const version = {
      id: this.#audiences[audience] as AudienceId,
      version: this.#versions,
      name: 'Rivers',
      organisation: owner as OrganisationId,
      audience: [...others, this.#reader],
      excluded: [],
      ceiling: 'TLP:GREEN' as const,
      reshare: 'never' as const,
      effectiveAt: AT,
      expiresAt: null,
    }
    return audienceObject(version, { created: AT, modified: AT, marking: markingRef('TLP:GREEN') })
  }

  #withdrawal(author: number, audience: number, target: string): RecordedObject {
    return {
      type: 'withdrawal',
      spec_version: '2.1',
      id: `withdrawal--${crypto.randomUUID()}`,
      created: AT,
      modified: AT,
      created_by_ref: identityRef((this.#authors[author] as Author).id),
      extensions: { [extensionId]: { extension_type: 'new-sdo' } },
      object_marking_refs: [markingRef('TLP:GREEN')],
      target_ref: target,
      class: 'error',
      versions: this.#placesOf(target, author, audience),
    }
  }

  /** The places of its versions, so that those that were lost leave no gap. */
  #placesOf(target: string, author: number, audience: number): object[] {
    const aud = this.#audiences[audience]
    return this.sent.flatMap(({ record }) => {
      const header = JSON.parse(Buffer.from(record.protected, 'base64url').toString())
      const payload = Buffer.from(record.payload, 'base64url').toString()
      const isIts = header.org === this.#authors[author]?.id && header.aud === aud
      if (!isIts || !payload.includes(`"id":"${target}"`)) return []
      const { aep: epoch, aseq: seq, aprev: previous } = header
      return [{ digest: digestOf(record), audience: aud, epoch, seq, previous }]
    })
  }
}
