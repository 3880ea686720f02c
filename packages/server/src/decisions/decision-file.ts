import type { Actor } from '@tocsin/domain/actor.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { composeDecisionFile } from '@tocsin/records/decision-basis.ts'
import { decisionFileText } from '@tocsin/records/decision-file.ts'
import type { App } from '../app.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { Tx } from '../database/database.ts'
import { readDeciding } from './said.ts'
import { recordOf, requireStanding, standingsOf, takingPart } from './store.ts'
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
    const { question, evidence } = found
    const decision = recordOf(question, evidence)
    if (!decision) throw new Problem('proposal.not-decided')
    if (decision.provenAt === null) throw new Problem('proposal.not-proven')
    const { policy, keys } = await as(system, async (tx) => ({
      policy: await policyFor(app, tx, takingPart(question)),
      keys: await listKeys(tx, [...new Set(said.records.map(({ header }) => header.org))]),
    }))
    // Everybody holds the same file: names are those by which whoever convened told the room.
    const names = new Map<OrganisationId, string>([
      [room.organisation, room.organisationName],
      ...room.seats.map(({ organisation, name }) => [organisation, name] as const),
    ])
    const file = composeDecisionFile({
      ...{ decision, evidence, ...said, policy: policy.text },
      keys: keys.map((key) => ({
        ...key,
        organisationName: names.get(key.organisation) ?? key.organisation,
      })),
    })
    const name = `${symbolOf('D', decision.said).replaceAll('/', '-')}.json`
    return { name, bytes: new TextEncoder().encode(decisionFileText(file)) }
  })
}

/** Keys of theirs, also those that they gave up since. */
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
