import * as ballots from '@tocsin/api/ballots.ts'
import { convene, recuse } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import type { AmendmentId } from '@tocsin/domain/clauses.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { describe, expect, test } from 'vitest'
import { keepOrder } from '../src/decisions/home-jobs.ts'
import { SoftwarePasskey } from './software-passkey.ts'
import {
  homeSeenBy,
  linesOf,
  provenOf,
  type Three,
  tellTally,
  vote,
  voteSeenBy,
  voting,
} from './test-ballots.ts'
import { codeOf, convening } from './test-consultations.ts'
import { comeBack, until } from './test-docket.ts'
import { expelsAndStillSees } from './test-expelled-ballot.ts'
import { opening } from './test-matters.ts'
import { passkeyOrigin, stepUp } from './test-people.ts'
import { clauseIds, HOUR, MINUTE, settleUntil, witnessEachOther } from './test-proposals.ts'
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
    const all = (await startSharersApart(3)) as Three
    const [ardenia, belmara, corvane] = all
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
    expect(await put({ ...sealed, quorum: 3 })).toBe('proposal.not-possible')
    expect(await put({ ...sealed, item: 9 })).toBe('consultation.no-such-item')
    expect(await put(sealed)).toBe('done')
    await carry(ardenia, belmara, corvane)

    const key = newId<string>()
    const abstain = () =>
      vote(belmara.focal, one, 'abstain', { key, explanation: 'The cabinet has not met.' })
    expect([await abstain(), await abstain()]).toEqual([null, null])
    expect(await vote(belmara.focal, one, 'no')).toBe('already-voted')
    expect(await vote(corvane.focal, one, 'no')).toBe('recused')
    // Whoever took the session has no passkey of its officer.
    const device = new SoftwarePasskey(passkeyOrigin(ardenia.url))
    expect(await vote(ardenia.focal, one, 'no', { device })).toBe('bad-assertion')
    await settleUntil(all, all, async () => {
      const { ballots } = await voteSeenBy(corvane.focal, one)
      const isOrdered = ballots.lines.every(({ place }) => place !== null)
      return ballots.taking === 1 && ballots.lines.length === 4 && isOrdered
    })
    const before = await voteSeenBy(corvane.focal, one)
    expect(before).toMatchObject({ outcome: 'running', item: 2, isSealed: true })
    expect(before.ballots).toMatchObject({ isShown: false, sums: null, told: null, mayCast: false })
    const sealedOnes = before.ballots.lines.map(({ choice, explanation }) => [choice, explanation])
    expect(sealedOnes).toEqual(Array(4).fill([null, null]))
    expect(before.ballots.entitled.map(({ hasVoted }) => hasVoted)).toEqual([false, true])
    expect((await voteSeenBy(ardenia.focal, one)).ballots.mayCast).toBe(true)
    expect((await voteSeenBy(belmara.focal, one)).ballots.mayCast).toBe(false)
    expect(await vote(ardenia.focal, one, 'yes')).toBe(null)
    await settleUntil(all, all, async () => {
      return (await voteSeenBy(belmara.focal, one)).ballots.taking === 2
    })

    await pass(all, 50 * HOUR)
    expect(await vote(belmara.focal, one, 'no')).toBe('after-close')
    // It could still be in time, until the witnesses say that it is not: so long nothing is final.
    expect(await voteSeenBy(belmara.focal, one)).toMatchObject({
      outcome: 'unproven',
      ballots: { waitsUntil: addMilliseconds(before.closesAt, 24 * HOUR) },
    })
    await settleUntil(all, all, async () => {
      const seen = await voteSeenBy(belmara.focal, one)
      return seen.ballots.told !== null && seen.outcome === 'adopted'
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
      ['no', 'after-close'],
    ])
    expect(linesOf(after, corvane.own)).toEqual([['no', 'recused']])
    expect((await homeSeenBy(belmara.focal, consultation)).findings).toEqual([])

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
    for (const node of [belmara, corvane]) expect(await fileOf(node)).toEqual(file)
    const { faults, tally, decision } = await checkDecision(file)
    expect(faults).toEqual([])
    expect(tally?.outcome).toBe('adopted')
    expect(decision).toMatchObject({
      outcome: 'adopted',
      dissent: [{ organisation: belmara.own, text: 'The cabinet has not met.' }],
    })

    await expelsAndStillSees(all, consultation)
  })

  test('names a home that leaves out, drops or forges, and has another instead', async () => {
    const all = (await startSharersApart(3)) as Three
    const [ardenia, belmara, corvane] = all
    const honest = [belmara, corvane]
    const consultation = await roomOf(all)
    const one = { consultation, proposal: newId<ProposalId>() }
    const put = (proposal: ProposalId) =>
      ardenia.focal.call(api.putProposal, {
        params: { consultation, proposal },
        body: voting(ardenia.app.clock()),
      })
    await put(one.proposal)
    await carry(ardenia, belmara, corvane)
    const amendment = newId<AmendmentId>()
    await belmara.focal.call(api.proposeAmendment, {
      params: { ...one, amendment },
      body: { reading: 1, change: { kind: 'delete', clause: clauseIds[1] }, reasons: null },
    })
    await carry(belmara, ardenia, corvane)
    await ardenia.focal.call(api.putReading, {
      params: { ...one, reading: 2 },
      body: {
        accepted: [amendment],
        closesAt: addMilliseconds(ardenia.app.clock(), 48 * HOUR),
      },
    })
    await carry(ardenia, belmara, corvane)
    const second = { reading: 2 }
    expect(await vote(corvane.focal, one, 'yes')).toBe('other-reading')
    expect(await vote(ardenia.focal, one, 'yes', second)).toBe(null)
    expect(await vote(belmara.focal, one, 'yes', second)).toBe(null)
    expect(await vote(belmara.focal, one, 'no', second)).toBe(null)
    expect(await vote(corvane.focal, one, 'no', second)).toBe(null)

    await carry(ardenia, belmara, corvane)

    // The home is not reached and puts nothing in order: whoever is left out says so, and everybody reads it.
    const proven = async () => {
      const { ballots } = await voteSeenBy(corvane.focal, one)
      const valid = ballots.lines.filter(({ reason }) => reason === null)
      return valid.length === 4 && valid.filter(({ provenAt }) => provenAt !== null).length === 3
    }
    await settleUntil(all, honest, proven)
    await pass(all, 11 * MINUTE)
    for (const { app } of honest) await keepOrder(app)
    const findings = async (node: Sharer) => (await homeSeenBy(node.focal, consultation)).findings
    expect(await findings(belmara)).toEqual([])
    const complained = async () => (await provenOf(belmara, 'complaint')) > 0
    await settleUntil(all, honest, complained)
    await pass(all, 11 * MINUTE)
    const silent = await findings(belmara)
    expect(new Set(silent.map(({ kind }) => kind))).toEqual(new Set(['home-silent']))
    expect(silent[0]).toMatchObject({ home: { organisation: ardenia.own }, isProven: false })
    for (const node of honest) await carry(node, ardenia)
    await settleUntil(all, all, async () => {
      const { ballots } = await voteSeenBy(corvane.focal, one)
      const isAll = ballots.taking === 3 && ballots.lines.every(({ place }) => place !== null)
      return isAll && (await findings(corvane)).length === 0
    })

    await pass(all, 50 * HOUR)
    await until(async () => (await voteSeenBy(ardenia.focal, one)).ballots.told !== null)
    await tellTally(ardenia, one, (tally) => ({
      ...tally,
      outcome: 'adopted',
      counted: tally.counted.flatMap((vote) => {
        if (vote.organisation === belmara.own) return []
        return [{ ...vote, choice: 'yes' as const }]
      }),
    }))
    await carry(ardenia, belmara, corvane)
    for (const node of honest) {
      const seen = await voteSeenBy(node.focal, one)
      expect(seen).toMatchObject({ outcome: 'rejected', ballots: { told: { isOurs: false } } })
      expect(linesOf(seen, corvane.own)).toEqual([
        ['yes', 'other-reading'],
        ['no', 'counted'],
      ])
      expect(linesOf(seen, belmara.own)).toEqual([
        ['yes', 'replaced'],
        ['no', 'counted'],
      ])
      const found = await findings(node)
      const parts = found.map(({ kind, isProven, about }) => [kind, isProven, about])
      expect(parts).toMatchObject([
        ['ballot-dropped', true, [{ organisation: belmara.own }]],
        ['ballot-forged', true, [{ organisation: corvane.own }]],
      ])
      expect(found[0]?.home.organisation).toBe(ardenia.own)
    }
    const recording = { reading: 2, legalBasis: [], addressees: [], followUp: null }
    const record = () => ardenia.focal.call(api.recordDecision, { params: one, body: recording })
    expect(await codeOf(record())).toBe('proposal.not-counted')

    const sign = (person: Sharer, to: Sharer) =>
      codeOf(
        person.focal.call(ballots.signRehoming, {
          params: { consultation },
          body: { to: to.own, reasons: 'It dropped a ballot.' },
        }),
      )
    expect(await sign(belmara, ardenia)).toBe('proposal.home-not-possible')
    expect([await sign(belmara, belmara), await sign(belmara, belmara)]).toEqual(['done', 'done'])
    expect(await sign(belmara, corvane)).toBe('proposal.home-not-possible')
    await carry(belmara, ardenia, corvane)
    const { rehoming } = await homeSeenBy(corvane.focal, consultation)
    expect(rehoming).toMatchObject([{ to: { organisation: belmara.own }, needed: 2 }])
    expect(await sign(corvane, belmara)).toBe('done')
    await carry(corvane, ardenia, belmara)
    await keepOrder(belmara.app)
    await carry(belmara, ardenia, corvane)
    expect(await homeSeenBy(ardenia.focal, consultation)).toMatchObject({
      organisation: belmara.own,
      term: 1,
      waiting: 0,
    })
    expect((await voteSeenBy(ardenia.focal, one)).ballots.told).toMatchObject({
      home: { organisation: belmara.own },
      outcome: 'rejected',
      isOurs: true,
    })

    // Whoever does not know yet that it is put out casts a ballot that those see refused who got it.
    const other = { consultation, proposal: newId<ProposalId>() }
    await put(other.proposal)
    await carry(ardenia, belmara, corvane)
    await ardenia.focal.call(recuse, {
      params: { consultation },
      body: { organisation: corvane.own, reason: 'It is a party.' },
    })
    expect(await vote(corvane.focal, other, 'yes')).toBe(null)
    await settleUntil(all, honest, async () => {
      return (await voteSeenBy(corvane.focal, other)).ballots.taking === 1
    })
    expect(await carry(corvane, ardenia)).not.toContain('kept')
    await carry(ardenia, belmara)
    for (const { focal } of [ardenia, belmara]) {
      expect(linesOf(await voteSeenBy(focal, other), corvane.own)).toEqual([['yes', 'expelled']])
    }
  })
})
