import * as api from '@tocsin/api/decisions.ts'
import * as trust from '@tocsin/api/network-trust.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { expect } from 'vitest'
import { putOutExpelled } from '../src/consultations/put-out.ts'
import { handOn, linesOf, type Three, vote, voteSeenBy, voting } from './test-ballots.ts'
import { MINUTE, settleUntil } from './test-proposals.ts'
import { carry, pass } from './test-sharing.ts'

/**
 * Whoever leads a room expels a member while something is put to ballots: what that member cast before stands;
 * what it casts then is seen by all, with the reason, and counts nowhere.
 */
export async function expelsAndStillSees(all: Three, consultation: ConsultationId): Promise<void> {
  const [ardenia, belmara, corvane] = all
  const later = { consultation, proposal: newId<ProposalId>() }
  await ardenia.focal.call(api.putProposal, {
    params: later,
    body: voting(ardenia.app.clock()),
  })
  await carry(ardenia, belmara, corvane)
  expect(await vote(corvane.focal, later, 'no')).toBe(null)
  await settleUntil(all, all, async () => {
    const seen = await Promise.all(all.map(({ focal }) => voteSeenBy(focal, later)))
    return seen.every(({ ballots: { taking } }) => taking === 1)
  })
  await pass(all, MINUTE)
  await ardenia.focal.call(trust.expelMember, {
    params: { organisation: corvane.own },
    body: { reasons: 'Its keys were stolen.' },
  })
  expect(await vote(corvane.focal, later, 'yes')).toBe(null)
  expect(new Set(await carry(corvane, ardenia))).toEqual(new Set(['unknown-sender']))
  // Whoever does not know yet takes it, and hands it on.
  expect(await carry(corvane, belmara)).toContain('kept')
  expect(await handOn(belmara, ardenia, corvane.own)).toContain('author-expelled')
  const fates = [
    ['no', 'counted'],
    ['yes', 'expelled'],
  ]
  expect(linesOf(await voteSeenBy(ardenia.focal, later), corvane.own)).toEqual(fates)
  await putOutExpelled(ardenia.app)
  await carry(ardenia, belmara)
  expect(linesOf(await voteSeenBy(belmara.focal, later), corvane.own)).toEqual(fates)
  await pass(all, MINUTE)
  // Nothing is lost, and nothing more is taken: whoever knows now refuses it with the reason as well.
  expect(await vote(corvane.focal, later, 'abstain')).toBe(null)
  expect(await carry(corvane, belmara)).toContain('author-not-in-audience')
  expect(linesOf(await voteSeenBy(belmara.focal, later), corvane.own)).toEqual([
    ...fates,
    ['abstain', 'expelled'],
  ])
}
