import { randomBytes } from 'node:crypto'
import * as trust from '@tocsin/api/network-trust.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import { makeRoot } from '@tocsin/records/trust/make-root.ts'
import { signFile, tufKeyId, tufKeyOf } from '@tocsin/records/trust/tuf.ts'
import type { App } from '../src/app.ts'
import { signingKey } from '../src/docket/signing-key.ts'
import { verifiersOf } from '../src/main.ts'
import { keepDirectories } from '../src/network/own-directory.ts'
import { ageKeysOf } from '../src/network/own-keys.ts'
import { until } from './test-docket.ts'
import type { TestNode } from './test-node.ts'

/** Any root will do where nobody fetches a directory: it is known for good. */
const someRoot = 'a'.repeat(64) as Sha256
const forGood = '2100-01-01T00:00:00.000Z' as Instant

export const keyOf = (app: App, organisation: OrganisationId) =>
  app.db.as(system, (tx) => signingKey(app, tx, organisation, app.clock()))

/** An address where nobody answers. */
export const NOWHERE = 'http://127.0.0.1:9/'

type Known = {
  readonly organisation: OrganisationId
  readonly name: string
  readonly address: string
}

/** Puts the first organisation of a node into another's trust store, as if two officers had. */
async function pin(
  where: TestNode,
  other: TestNode,
  { organisation, name, address }: Known,
): Promise<void> {
  const { kid, seed } = await keyOf(other.app, organisation)
  const { recipient } = await ageKeysOf(other.app, organisation)
  const at = where.app.clock()
  await where.app.db.as(system, async (tx) => {
    await tx
      .insertInto('organisation')
      .values({ id: organisation, name, kind: 'focal-point', country: null, made_at: at })
      .execute()
    const member = { organisation, address, root: someRoot, state: 'pinned' as const }
    await tx
      .insertInto('member')
      .values({ ...member, made_at: at })
      .execute()
    const key = { id: kid, organisation, public_key: publicKeyOf(seed), made_at: at }
    await tx.insertInto('member_key').values(key).execute()
    const look = { recipients: [recipient], expires_at: forGood, next_at: forGood, fault: null }
    await tx
      .insertInto('member_directory')
      .values({ organisation, ...look, checked_at: at })
      .execute()
  })
}

/** Makes every node a pinned member of every other; answers the first organisation of each. */
export const acquaint = (...nodes: readonly TestNode[]) => pinAll(nodes, ({ url }) => url)

/**
 * The same, but no link leads anywhere from the beginning: what was asked over one before it was cut
 * could still be answered after it.
 */
export const acquaintApart = (...nodes: readonly TestNode[]) => pinAll(nodes, () => NOWHERE)

async function pinAll(
  nodes: readonly TestNode[],
  addressOf: (node: TestNode) => string,
): Promise<readonly OrganisationId[]> {
  const known = await Promise.all(
    nodes.map(async (node, index) => {
      const { organisation } = await node.as('administrator')
      return { organisation, name: `Ministry of River ${index + 1}`, address: addressOf(node) }
    }),
  )
  for (const [here, where] of nodes.entries()) {
    for (const [there, other] of nodes.entries()) {
      const one = known[there]
      if (here !== there && one) await pin(where, other, one)
    }
  }
  return known.map(({ organisation }) => organisation)
}

type Ceremony = {
  readonly version?: number
  readonly keepers?: readonly Uint8Array[]
  /** Who kept the root before. */
  readonly former?: readonly Uint8Array[]
}

/** Three keepers make and two sign a root of trust for an organisation, and it is installed. */
export async function giveRoot(
  node: Pick<TestNode, 'app' | 'url' | 'operator'>,
  organisation: OrganisationId,
  { version = 1, keepers = newKeepers(), former = keepers }: Ceremony = {},
) {
  const params = { organisation }
  const keys = await node.operator(trust.getDirectoryKeys, { params })
  const at = node.app.clock()
  const root = makeRoot(keys, keepers.map(tufKeyOf), { at, version })
  const signers = new Set([...keepers.slice(0, 2), ...former.slice(0, 2)])
  const file = [...signers].reduce<string>(
    (text, seed) => signFile(JSON.parse(text), seed),
    canonicalJson({ signed: root, signatures: [] } as Json),
  )
  const installed = await node.operator(trust.installRoot, { params, body: { file } })
  const address = `${node.url}/tuf/${organisation}`
  await until(async () => {
    await keepDirectories(node.app, verifiersOf)
    const text = await (await fetch(`${address}/timestamp.json`)).text()
    return text.includes(tufKeyId(keys.timestamp))
  })
  return { ...installed, keepers, file, address }
}

export const newKeepers = (): readonly Uint8Array[] =>
  [1, 2, 3].map(() => new Uint8Array(randomBytes(32)))
