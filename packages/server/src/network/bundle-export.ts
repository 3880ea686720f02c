import type { Actor } from '@tocsin/domain/actor.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { BagFile } from '@tocsin/records/bag.ts'
import { sealBundle } from '@tocsin/records/bundle.ts'
import { digestOf } from '@tocsin/records/jws.ts'
import { readKept } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { checkpointsOf, proofsOf } from './bundle-proofs.ts'
import { packRecords } from './carriers.ts'
import { recipientsOf } from './members.ts'
import { listOwn } from './own-organisations.ts'
import { readPage } from './pages.ts'

/**
 * What a member's node would be given if it asked now, sealed to it, to be carried by hand: the pages
 * of everything that it has not taken yet, as TAXII would answer them, and what the logs prove of it.
 */
export async function exportBundle(
  app: App,
  actor: Actor,
  name: string,
): Promise<ReadableStream<Uint8Array>> {
  const { member, from, recipient } = await app.db.as(system, async (tx) => {
    const row = await tx
      .selectFrom('member')
      .innerJoin('organisation', 'organisation.id', 'member.organisation')
      .select(['member.organisation', 'state'])
      .where('name', '=', name)
      .executeTakeFirst()
    if (!row) throw new Problem('member.not-found')
    if (row.state !== 'pinned') throw new Problem('member.not-pinned')
    const recipient = (await recipientsOf(app, tx, [row.organisation])).get(row.organisation)
    const [own] = await listOwn(tx)
    if (!recipient || !own) throw new Problem('bundle.no-key', { member: name })
    return { member: row.organisation, from: own, recipient }
  })
  await app.db.as(actor, (tx) =>
    recordAudit(tx, {
      at: app.clock(),
      actor,
      organisation: null,
      act: 'network.bundle-made',
      subject: member,
      details: {},
    }),
  )
  return sealBundle(envelopesFor(app, { from, to: member }), recipient)
}

/** A bag has room for so many beside its envelopes; what has no proof in it is taken all the same. */
const PROOFS = 60_000

type Way = { readonly from: OrganisationId; readonly to: OrganisationId }

async function* envelopesFor(app: App, way: Way): AsyncGenerator<BagFile> {
  const actor = { kind: 'node', organisation: way.to } as const
  const authors = new Set<OrganisationId>()
  let next: string | undefined
  let proofs = 0
  for (let number = 1; ; number += 1) {
    const query = { 'match[version]': 'all', ...(next && { next }) }
    const { items, more } = await readPage(app, { actor, ceiling: 'TLP:RED' }, 'everything', query)
    const last = items.at(-1)
    if (!last) break
    next = String(last.added)
    const records = items.flatMap((item) => ('record' in item ? [item.record] : []))
    const objects = await packRecords(app, records, way)
    const text = JSON.stringify({ more, next, objects })
    const path = `envelopes/${String(number).padStart(6, '0')}.json`
    yield { path, bytes: new TextEncoder().encode(text) }
    const logged = records.map((record) => {
      const { org: organisation } = readKept(record).header
      authors.add(organisation)
      return { organisation, digest: digestOf(record) }
    })
    for await (const proof of proofsOf(app, logged.slice(0, Math.max(0, PROOFS - proofs)))) {
      proofs += 1
      yield proof
    }
    if (!more) break
  }
  yield* checkpointsOf(app, authors)
}
