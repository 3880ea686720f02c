import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { mayAnswerProposal, type Rehoming } from '@tocsin/domain/deciding.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { lastProven } from '@tocsin/domain/sequence.ts'
import { rehomeObject } from '@tocsin/records/stix/sequence.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { requirePerson } from '../identity/step-up.ts'
import { homeOf } from './home.ts'
import { holdRoom } from './store.ts'
import { tellRoom } from './tell.ts'

/** Signs, in the organisation's name, that another node gives the order from the next step on. */
export async function signRehoming(
  app: App,
  actor: Actor,
  consultation: ConsultationId,
  { to, reasons }: Rehoming,
): Promise<void> {
  const { organisation } = requirePerson(actor)
  await app.db.asOne(async (as) => {
    const { room, said, all } = await holdRoom(app, as, actor, consultation)
    if (!mayAnswerProposal(actor, room)) throw new Problem('proposal.no-say')
    const home = homeOf(room, said, all)
    if (!home) throw new Problem('proposal.not-found')
    const { now, evidence, participants } = home
    const term = now.term + 1
    const signed = evidence.rehomes.filter(({ rehome }) => rehome.term === term)
    const own = signed.filter(({ author }) => author === organisation)
    if (own.some(({ rehome }) => rehome.to === to)) return
    if (to === now.home || !participants.includes(to) || own.length > 0) {
      throw new Problem('proposal.home-not-possible')
    }
    // Whoever signs second signs the same step: else the order moves on between two signatures.
    const first = signed.find(({ rehome }) => rehome.to === to && rehome.from === now.home)
    const after = first ? first.rehome.after : lastProven(home.terms, evidence.sequences)
    const grounds = evidence.complaints
      .filter(({ complaint }) => complaint.home === now.home)
      .slice(0, 64)
      .map(({ digest }) => digest)
    await as(system, async (tx) => {
      const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
        rehomeObject({
          ...parts,
          rehome: { ...{ consultation, term, from: now.home, to, after, grounds, reasons } },
        }),
      )
      const deed = { at: app.clock(), actor, organisation, subject: consultation }
      const details = { term, to, digest }
      await recordAudit(tx, { ...deed, act: 'consultation.home-signed', details })
    })
  })
}
