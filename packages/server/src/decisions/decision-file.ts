import type { Actor } from '@tocsin/domain/actor.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { decisionFileText } from '@tocsin/records/decision-file.ts'
import { readProof } from '@tocsin/records/log/proof-file.ts'
import type { Decision } from '@tocsin/records/stix/decision.ts'
import type { App } from '../app.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { Tx } from '../database/database.ts'
import {
  readDeciding,
  recordOf,
  requireStanding,
  type Said,
  type Standing,
  standingsOf,
  takingPart,
} from './store.ts'
import { policyFor } from './witnesses.ts'

/** A decision with all that it rests on, as `tocsin verify` counts it again. */
export async function readDecisionFile(
  app: App,
  actor: Actor,
  { consultation, proposal }: { consultation: ConsultationId; proposal: ProposalId },
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  return app.db.asOne(async (as) => {
    const room = await as(actor, (tx) => requireRoom(tx, consultation))
    const said = await readDeciding(as, actor, room)
    const found = requireStanding(await standingsOf(app, as, room, said), proposal)
    const { question, evidence, poll } = found
    const decision = recordOf(question, evidence)
    if (!decision) throw new Problem('proposal.not-decided')
    if (decision.provenAt === null) throw new Problem('proposal.not-proven')
    const { id, reading } = poll.proposal
    const isOf = (one: { readonly proposal: string; readonly reading: number }) =>
      one.proposal === id && one.reading === reading
    // Whose time decides; of all else that it rests on it does not matter when it was said.
    const timed = new Set<Sha256>([
      decision.digest,
      ...evidence.ends.filter(({ said: one }) => isOf(one)).map(({ digest }) => digest),
      ...evidence.positions.filter(({ position }) => isOf(position)).map(({ digest }) => digest),
      ...ballotsOf(found).map(({ digest }) => digest),
    ])
    const wanted = new Set([...timed, question.digest, ...countedBy(found, said, decision.said)])
    const records = said.records.filter(({ digest }) => wanted.has(digest))
    const authors = [...new Set(records.map(({ header }) => header.org))]
    const { policy, keys } = await as(system, async (tx) => ({
      policy: await policyFor(app, tx, takingPart(question)),
      keys: await listKeys(tx, authors),
    }))
    // Everybody holds the same file: names are those by which whoever convened told the room.
    const names = new Map<OrganisationId, string>([
      [room.organisation, room.organisationName],
      ...room.seats.map(({ organisation, name }) => [organisation, name] as const),
    ])
    const kids = new Set(records.map(({ header }) => header.kid))
    const text = decisionFileText({
      format: 'tocsin-decision',
      version: 1,
      policy: policy.text,
      keys: keys
        .filter(({ kid }) => kids.has(kid))
        .map((key) => ({
          ...key,
          organisationName: names.get(key.organisation) ?? key.organisation,
        })),
      records: records
        .toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
        .map(({ statement }) => statement),
      proofs: [...new Set(said.proofs)].sort().filter((proof) => {
        const digest = readProof(proof)?.digest
        return digest && timed.has(Buffer.from(digest).toString('hex') as Sha256)
      }),
    })
    const name = `${symbolOf('D', decision.said).replaceAll('/', '-')}.json`
    return { name, bytes: new TextEncoder().encode(text) }
  })
}

/** What still waits for its proof came after all was over, and is no part of it. */
function ballotsOf({ by, evidence }: Standing): Standing['evidence']['ballots'] {
  if (by.kind !== 'ballots') return []
  const waiting = new Set(by.tally.unproven.map(({ digest }) => digest))
  return evidence.ballots.filter(({ digest }) => !waiting.has(digest))
}

/** By which passkeys the ballots are signed, and the tally that is decided by. */
function countedBy(found: Standing, { records }: Said, { ground }: Decision): readonly Sha256[] {
  if (ground.kind !== 'tally') return []
  const voters = new Set(ballotsOf(found).map(({ author }) => author))
  const officers = records.filter(({ object, header }) => {
    return object.type === 'officers' && voters.has(header.org)
  })
  return [ground.tally, ...officers.map(({ digest }) => digest)]
}

/** By which keys they signed, also those that they gave up since. */
async function listKeys(tx: Tx, organisations: readonly OrganisationId[]) {
  const columns = ['id as kid', 'organisation', 'public_key as publicKey'] as const
  const own = tx.selectFrom('organisation_key').select(columns)
  const others = tx.selectFrom('member_key').select(columns)
  const rows = await own
    .where('organisation', 'in', [...organisations])
    .union(others.where('organisation', 'in', [...organisations]))
    .orderBy('kid')
    .execute()
  return rows
}
