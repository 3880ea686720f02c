import { convene } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { describe, expect, test } from 'vitest'
import { SoftwarePasskey } from './software-passkey.ts'
import { homeSeenBy, linesOf, vote, voteSeenBy, voting } from './test-ballots.ts'
import { codeOf, convening } from './test-consultations.ts'
import { comeBack } from './test-docket.ts'
import { opening } from './test-matters.ts'
import { passkeyOrigin, stepUp } from './test-people.ts'
import { HOUR, settleUntil, witnessEachOther } from './test-proposals.ts'
import {
  approveAll,
  carry,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from './test-sharing.ts'

/** A room that the first of them leads, with all the others in it. */
async function roomOf([leader, ...others]: readonly Sharer[]) {
  if (!leader) throw new Error('nobody leads')
  await witnessEachOther([leader, ...others])
  const audience = others.map(({ own }) => own)
  const { id: matter } = await leader.focal.call(docket.openMatter, { body: opening({ audience }) })
  const body = convening(audience)
  await leader.focal.call(convene, { params: { matter }, body })
  await carry(leader, ...others)
  return body.id
}

describe('a vote across nodes', () => {
  test('is sealed until the close, lists each ballot that does not count, and is one decision everywhere', async () => {
    const all = (await startSharersApart(4)) as readonly [Sharer, Sharer, Sharer, Sharer]
    const [ardenia, belmara, corvane, dalesh] = all
    const colleague = await secondOf(ardenia)
    const consultation = await roomOf(all)
    const one = { consultation, proposal: newId<ProposalId>() }
    const put = (parts: object) =>
      codeOf(
        ardenia.focal.call(api.putProposal, {
          params: one,
          body: voting(ardenia.app.clock(), parts),
        }),
      )
    const recused = [{ organisation: corvane.own, reason: 'conflict-of-interest' }]
    const sealed = { isSealed: true, mayChange: false, item: 2, recused }
    expect(await put({ ...sealed, quorum: 4 })).toBe('proposal.not-possible')
    expect(await put({ ...sealed, item: 9 })).toBe('consultation.no-such-item')
    expect(await put(sealed)).toBe('done')
    await carry(ardenia, belmara, corvane, dalesh)

    const key = newId<string>()
    const abstain = () =>
      vote(belmara.focal, one, 'abstain', { key, explanation: 'The cabinet has not met.' })
    expect([await abstain(), await abstain()]).toEqual([null, null])
    expect(await vote(belmara.focal, one, 'no')).toBe('already-voted')
    expect(await vote(corvane.focal, one, 'no')).toBe('recused')
    // Whoever took the session has no passkey of its officer.
    const device = new SoftwarePasskey(passkeyOrigin(ardenia.url))
    expect(await vote(ardenia.focal, one, 'no', { device })).toBe('bad-assertion')
    expect(await vote(ardenia.focal, one, 'yes')).toBe(null)
    await settleUntil(all, all, async () => {
      const { ballots } = await voteSeenBy(dalesh.focal, one)
      return ballots.taking === 2 && ballots.lines.every(({ place }) => place !== null)
    })
    const before = await voteSeenBy(dalesh.focal, one)
    expect(before).toMatchObject({ outcome: 'running', item: 2, isSealed: true })
    expect(before.ballots).toMatchObject({ isShown: false, sums: null, told: null, mayCast: true })
    const sealedOnes = before.ballots.lines.map(({ choice, explanation }) => [choice, explanation])
    expect(sealedOnes).toEqual(Array(5).fill([null, null]))
    expect(before.ballots.entitled.filter(({ hasVoted }) => !hasVoted)).toMatchObject([
      { organisation: dalesh.own },
    ])
    const { ballots: own } = await voteSeenBy(ardenia.focal, one)
    expect(own.mayCast).toBe(false)

    await pass(all, 50 * HOUR)
    expect(await vote(dalesh.focal, one, 'no')).toBe('after-close')
    await settleUntil(all, all, async () => {
      const seen = await voteSeenBy(belmara.focal, one)
      return seen.ballots.told !== null && linesOf(seen, dalesh.own).length === 1
    })
    const after = await voteSeenBy(belmara.focal, one)
    expect(after).toMatchObject({ outcome: 'adopted' })
    expect(after.ballots).toMatchObject({
      told: { home: { organisation: ardenia.own }, outcome: 'adopted', isOurs: true },
      sums: { yes: { organisations: 1 }, no: { organisations: 0 }, abstain: { organisations: 1 } },
    })
    expect(linesOf(after, ardenia.own)).toEqual([
      ['no', 'bad-assertion'],
      ['yes', 'counted'],
    ])
    expect(linesOf(after, belmara.own)).toEqual([
      ['abstain', 'counted'],
      ['no', 'already-voted'],
    ])
    expect(linesOf(after, corvane.own)).toEqual([['no', 'recused']])
    expect(linesOf(after, dalesh.own)).toEqual([['no', 'after-close']])
    expect((await homeSeenBy(dalesh.focal, consultation)).findings).toEqual([])

    const recording = { reading: 1, legalBasis: ['Article 9'], addressees: [], followUp: null }
    await stepUp(ardenia.focal)
    const record = () => ardenia.focal.call(api.recordDecision, { params: one, body: recording })
    expect((await record()).state).toBe('waiting')
    await comeBack(colleague)
    expect(await approveAll(colleague)).toBe(1)
    await settleUntil(all, all, async () => {
      const seen = await Promise.all(all.map(({ focal }) => voteSeenBy(focal, one)))
      return seen.every(({ decision }) => decision?.provenAt)
    })
    const fileOf = ({ focal }: Sharer) => focal.call(api.getDecisionFile, { params: one })
    const file = await fileOf(ardenia)
    for (const node of [belmara, corvane, dalesh]) expect(await fileOf(node)).toEqual(file)
    const { faults, tally, decision } = await checkDecision(file)
    expect(faults).toEqual([])
    expect(tally?.outcome).toBe('adopted')
    expect(decision).toMatchObject({
      outcome: 'adopted',
      dissent: [{ organisation: belmara.own, text: 'The cabinet has not met.' }],
    })
  })
})
