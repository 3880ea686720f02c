import { isDeepStrictEqual } from 'node:util'
import * as agendas from '@tocsin/api/agendas.ts'
import { convene } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import type { OrganId } from '@tocsin/domain/trigger-rule.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { describe, expect, test } from 'vitest'
import { homeSeenBy, tellTally, vote, voteSeenBy, voting } from './test-ballots.ts'
import { convening, roomOf } from './test-consultations.ts'
import { comeBack, draft, draftFor, sign } from './test-docket.ts'
import { assessment, opening } from './test-matters.ts'
import { stepUp } from './test-people.ts'
import { answer, HOUR, proposalsOf, putting } from './test-proposals.ts'
import { startRegion } from './test-region.ts'
import { addOwnAuthority, approveAll, pass, type Sharer, secondOf } from './test-sharing.ts'

const waitsFor = async ({ focal }: Sharer, matter: string) => {
  const { clocks } = await focal.call(docket.getMatter, { params: { matter: matter as never } })
  return clocks.map(({ kind }) => kind)
}

/** How each vote and each silence procedure of a room stands on a node. */
const outcomesAt = async ({ focal }: Sharer, room: ConsultationId) =>
  (await proposalsOf(focal, room)).map(({ id, outcome }) => ({ id, outcome }))

/** In which parts two files of a decision are not the same. */
function differenceOf(one: Uint8Array, other: Uint8Array) {
  const [ours, theirs] = [one, other].map((bytes) => JSON.parse(new TextDecoder().decode(bytes)))
  return Object.keys(ours)
    .filter((part) => !isDeepStrictEqual(ours[part], theirs[part]))
    .map((part) => ({ part, ours: ours[part]?.length, theirs: theirs[part]?.length }))
}

describe('five nodes over bad links', () => {
  test('consult and decide, with one off line, one recused, and a home that forges named', async () => {
    const { all, nameOf, cut, comesTo } = await startRegion()
    const [ardenia, belmara, corvane, dalesh, desk] = all
    const linked = [ardenia, belmara, desk]
    const colleague = await secondOf(ardenia)
    const police = await addOwnAuthority(ardenia, 'Police')
    const audience = [belmara.own, dalesh.own, desk.own]
    const post = newId<PostId>()
    await ardenia.focal.call(people.addPost, {
      body: { id: post, organisation: ardenia.own, title: 'Secretariat' },
    })
    await ardenia.focal.call(agendas.setUpOrgan, {
      params: { organ: newId<OrganId>() },
      body: { name: 'Council of the Rivers', body: 'CFR', office: post },
    })
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ country: 'CRV' as CountryCode, audience }),
    })
    await ardenia.focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    await sign(ardenia.focal, await draft(ardenia.focal, matter, draftFor([police])))
    expect(await waitsFor(ardenia, matter)).toContain('consult')

    // The consultation opens within its clock, and Corvane, which the matter concerns, takes no part.
    const concerned = [{ organisation: corvane.own, reason: 'Article 9.', isHeard: false }]
    const body = convening(audience, { concerned })
    const next = convening(audience, { concerned, title: 'Passage for those who flee' })
    const consultation = body.id
    await stepUp(ardenia.focal)
    for (const one of [body, next]) {
      await ardenia.focal.call(convene, { params: { matter }, body: one })
    }
    await approveAll(colleague)
    expect(await waitsFor(ardenia, matter)).not.toContain('consult')
    await comesTo('both rooms are open', [belmara, dalesh, desk], async ({ focal }) => {
      await roomOf(focal, consultation)
      await roomOf(focal, next.id)
    })
    // Dalesh is off line from now on, and neither it nor Corvane witnesses anything.
    cut(dalesh, true)
    cut(corvane, true)

    const put = async (parts: object, make = putting) => {
      const proposal = newId<ProposalId>()
      await ardenia.focal.call(api.putProposal, {
        params: { consultation, proposal },
        body: make(ardenia.app.clock(), parts),
      })
      return { consultation, proposal }
    }
    const silent = await put({})
    const broken = await put({})
    const one = await put({ quorum: 3 }, voting)
    const forged = await put({}, voting)
    const seenBy = async ({ focal }: Sharer, { proposal }: { readonly proposal: ProposalId }) =>
      (await proposalsOf(focal, consultation)).find(({ id }) => id === proposal)
    /** Of whom a node does not know that it has a text. */
    const withoutIt = async (node: Sharer, members: readonly Sharer[], which: typeof silent) => {
      const states = (await seenBy(node, which))?.members ?? []
      const has = ({ own }: Sharer) =>
        states.some(({ organisation, receivedAt }) => organisation === own && receivedAt !== null)
      return members.filter((member) => !has(member)).map(nameOf)
    }
    await comesTo('all is put, and its receipt known', linked, async (node) => {
      const missing = [
        ...(await withoutIt(node, linked, silent)),
        ...(await withoutIt(node, linked, broken)),
      ]
      const { length } = await proposalsOf(node.focal, consultation)
      return (missing.length > 0 || length < 4) && { missing, length }
    })

    // Silence runs against Dalesh from a call that two heard; Belmara breaks the other.
    const { colleagues } = await ardenia.focal.call(api.listProposals, { params: { consultation } })
    const other = colleagues.find(({ name }) => name === 'Second')
    await answer(ardenia.focal, silent, {
      kind: 'heard',
      member: dalesh.own,
      by: 'telephone',
      heardAt: ardenia.app.clock(),
      witnesses: other ? [other.person] : [],
    } as never)
    await answer(belmara.focal, broken, {
      kind: 'break-silence',
      reasons: 'Not without a mandate.',
    })
    expect(await vote(ardenia.focal, one, 'yes')).toBe(null)
    expect(await vote(belmara.focal, one, 'yes')).toBe(null)
    expect(await vote(desk.focal, one, 'no', { explanation: 'No mandate.' })).toBe(null)
    for (const { focal } of linked) expect(await vote(focal, forged, 'no')).toBe(null)
    await comesTo('what was answered is known', linked, async (node) => {
      const missing = await withoutIt(node, [dalesh], silent)
      const outcome = (await seenBy(node, broken))?.outcome
      const votes = [await voteSeenBy(node.focal, one), await voteSeenBy(node.focal, forged)]
      const taking = votes.map(({ ballots }) => ballots.taking)
      const isKnown =
        missing.length === 0 && outcome === 'broken' && taking.every((many) => many === 3)
      return !isKnown && { missing, outcome, taking }
    })
    await pass(all, 80 * HOUR)

    // The home tells of a vote what nobody cast, and its node the truth again within seconds.
    await tellTally(ardenia, forged, (honestly) => ({
      ...honestly,
      outcome: 'adopted',
      counted: honestly.counted.map((ballot) => ({ ...ballot, choice: 'yes' as const })),
    }))
    expect(await vote(belmara.focal, one, 'no')).toBe('after-close')
    // A silence procedure passes, another is broken, a vote closes as its rule says: two witnesses say nothing.
    const came = [
      { id: forged.proposal, outcome: 'rejected' },
      { id: one.proposal, outcome: 'adopted' },
      { id: broken.proposal, outcome: 'broken' },
      { id: silent.proposal, outcome: 'adopted' },
    ]
    await comesTo('all is counted', linked, async (node) => {
      const outcomes = await outcomesAt(node, consultation)
      const { ballots } = await voteSeenBy(node.focal, one)
      const proven = ballots.lines.filter(({ provenAt }) => provenAt !== null).length
      const isCounted = proven === 4 && ballots.told !== null && isDeepStrictEqual(outcomes, came)
      return !isCounted && { proven, told: ballots.told, outcomes }
    })

    const recording = { reading: 1, legalBasis: ['Article 9'], addressees: [], followUp: null }
    await stepUp(ardenia.focal)
    for (const params of [silent, one]) {
      await ardenia.focal.call(api.recordDecision, { params, body: recording })
    }
    await comeBack(colleague)
    expect(await approveAll(colleague)).toBe(2)

    // Dalesh is back: all who are honest hold the same decisions, byte for byte.
    cut(dalesh, false)
    const honest = [belmara, dalesh, desk]
    const present = [ardenia, ...honest]
    await comeBack(dalesh.focal)
    await comesTo('the decisions are proven', present, async (node) => {
      const at = [await seenBy(node, silent), await seenBy(node, one)].map(
        (seen) => seen?.decision?.provenAt,
      )
      return !at.every(Boolean) && at
    })
    for (const params of [silent, one]) {
      const fileOf = ({ focal }: Sharer) => focal.call(api.getDecisionFile, { params })
      await comesTo('the file is the same', honest, async (node) => {
        const [ours, theirs] = [await fileOf(ardenia), await fileOf(node)]
        return !isDeepStrictEqual(ours, theirs) && differenceOf(ours, theirs)
      })
      const { faults, decision, tally } = await checkDecision(await fileOf(dalesh))
      expect(faults).toEqual([])
      expect(decision?.outcome).toBe('adopted')
      const dissent = [{ organisation: desk.own, text: 'No mandate.' }]
      expect(decision?.dissent).toEqual(tally ? dissent : [])
    }
    // What was decided in its absence stands, and what its home forged is named, by its own two words.
    await comesTo(
      'all come to the same, and the home that forged is named',
      honest,
      async (node) => {
        const { findings } = await homeSeenBy(node.focal, consultation)
        const kinds = findings.map(({ kind, isProven, home }) => [
          kind,
          isProven,
          home.organisation,
        ])
        const outcomes = await outcomesAt(node, consultation)
        const isNamed = kinds.some((kind) =>
          isDeepStrictEqual(kind, ['ballot-forged', true, ardenia.own]),
        )
        return !(isNamed && isDeepStrictEqual(outcomes, came)) && { kinds, outcomes }
      },
    )

    // In the other room nothing is decided in time: the item is tabled, and everybody there reads whose reasons are asked.
    await pass(all, 5 * 24 * HOUR)
    await comesTo('reasons are asked', present, async ({ focal }) => {
      const { room } = await roomOf(focal, next.id)
      return !room.agenda.some(({ asks }) => asks === 'reasons') && room.agenda
    })
    const { items } = await ardenia.focal.call(agendas.listAgendasOf, { params: { matter } })
    expect(
      items.flatMap(({ grounds }) => grounds.map(({ condition }) => condition.kind)),
    ).toContain('consultation')
  }, 600_000)
})
