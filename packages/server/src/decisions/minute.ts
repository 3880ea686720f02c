import type { DocumentContent } from '@tocsin/documents/content.ts'
import { minuteContent } from '@tocsin/documents/minute.ts'
import { wordingIn } from '@tocsin/documents/wording.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { readEvidence } from '@tocsin/records/decision-evidence.ts'
import type { App } from '../app.ts'
import { knownNames } from '../consultations/names.ts'
import { requireRoom } from '../consultations/queries.ts'
import { readDecisionFile } from './decision-file.ts'

/**
 * The minute of a decision, made from nothing but its file and counted again from that, so that the paper
 * can say no more than whoever holds the file can check.
 */
export async function readMinute(
  app: App,
  actor: Actor,
  one: { readonly consultation: ConsultationId; readonly proposal: ProposalId },
  locale: Locale,
): Promise<{ readonly symbol: string; readonly content: DocumentContent }> {
  const room = await app.db.as(actor, (tx) => requireRoom(tx, one.consultation))
  const { name: fileName, bytes } = await readDecisionFile(app, actor, one)
  const checked = await checkDecision(bytes)
  const { file, decision } = checked
  if (!file || !decision) throw new Problem('proposal.not-proven')
  const evidence = await readEvidence(file)
  const { question } = evidence
  if (!question) throw new Problem('proposal.not-proven')
  const symbol = symbolOf('D', decision)
  const roster = question.proposal.roster.map(({ organisation }) => organisation)
  const nameOf = await namesIn(app, room, roster)
  const facts = { file, checked, decision, evidence, question, symbol, fileName, nameOf }
  const consultation = symbolOf('C', room)
  return { symbol, content: minuteContent({ ...facts, consultation }, wordingIn(locale)) }
}

/** Names by which this node knows them; of whom it does not, the one by which the room does. */
async function namesIn(app: App, room: Consultation, roster: readonly OrganisationId[]) {
  const convener = { organisation: room.organisation, name: room.organisationName }
  const named = [convener, ...room.seats, ...room.concerned]
  const inRoom = new Map(named.map(({ organisation, name }) => [organisation, name]))
  const asInRoom = (organisation: OrganisationId) => ({
    organisation,
    name: inRoom.get(organisation) ?? organisation,
  })
  const known = await knownNames(app, [...named, ...roster.map(asInRoom)])
  return (organisation: OrganisationId) => known(asInRoom(organisation))
}
