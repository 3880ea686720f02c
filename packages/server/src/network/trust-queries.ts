import type { OwnIdentity, TrustedMember } from '@tocsin/api/network-trust.ts'
import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import { mayReadMembers } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { freshnessOf } from '@tocsin/domain/trust.ts'
import { fingerprintWords } from '@tocsin/records/trust/fingerprint-words.ts'
import { rootFingerprint } from '@tocsin/records/trust/tuf.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readRepository, rootOf } from './repository.ts'

type Listed = {
  readonly members: TrustedMember[]
  readonly own: OwnIdentity[]
}

/** Whom this node knows and trusts, and how each organisation of the reader is known to others. */
export async function listTrust(app: App, actor: Actor): Promise<Listed> {
  if (!mayReadMembers(actor)) throw new Problem('permission.denied')
  // Their names are for everybody who works on what is shared with them.
  return app.db.as(system, async (tx) => ({
    members: await readMembers(app, tx, actor),
    own: await readOwn(app, tx, actor),
  }))
}

async function readMembers(app: App, tx: Tx, actor: Actor): Promise<TrustedMember[]> {
  const rows = await tx
    .selectFrom('member')
    .innerJoin('organisation', 'organisation.id', 'member.organisation')
    .leftJoin('member_directory', 'member_directory.organisation', 'member.organisation')
    .select(['member.organisation', 'name', 'kind', 'country', 'address', 'root', 'state'])
    .select(['expires_at', 'checked_at', 'fault'])
    .orderBy('name')
    .execute()
  const typings = await tx
    .selectFrom('fingerprint_typing')
    .select(['organisation', 'person', 'root'])
    .execute()
  const now = app.clock()
  return rows.map(({ root, expires_at: expiresAt, checked_at: checkedAt, ...row }) => {
    const typed = typings.filter(
      (one) => one.organisation === row.organisation && one.root === root,
    )
    const byYou = actor.kind === 'person' && typed.some(({ person }) => person === actor.person)
    return {
      ...row,
      // Before that they would be copied from the screen, and would prove nothing.
      words: row.state === 'pinned' ? [...fingerprintWords(root)] : null,
      freshness: expiresAt === null ? null : freshnessOf(expiresAt, now),
      checkedAt,
      typed: { officers: typed.length, byYou },
    }
  })
}

async function readOwn(app: App, tx: Tx, actor: Actor): Promise<OwnIdentity[]> {
  let wanted = tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select(['organisation.id', 'name'])
    .where('member.organisation', 'is', null)
    // An authority that is only written to stands for nothing in the network.
    .where((where) =>
      where.or([
        where.exists(
          where
            .selectFrom('person')
            .select('person.id')
            .whereRef('person.organisation', '=', 'organisation.id'),
        ),
        where.exists(
          where
            .selectFrom('trust_file')
            .select('role')
            .whereRef('trust_file.organisation', '=', 'organisation.id'),
        ),
      ]),
    )
  if (actor.kind === 'person' && !mayOperateNode(actor)) {
    wanted = wanted.where('organisation.id', '=', actor.organisation)
  }
  const rows = await wanted.orderBy('name').execute()
  return Promise.all(
    rows.map(async ({ id, name }) => {
      const repository = await readRepository(tx, id)
      const words = repository && [...fingerprintWords(rootFingerprint(rootOf(repository)))]
      return {
        organisation: id,
        name,
        address: `${app.node.origin}/tuf/${id}`,
        words: words ?? null,
      }
    }),
  )
}
