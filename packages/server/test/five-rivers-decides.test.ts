import { isDeepStrictEqual } from 'node:util'
import * as agendas from '@tocsin/api/agendas.ts'
import { convene } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import type { OrganId } from '@tocsin/domain/trigger-rule.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { describe, expect, test } from 'vitest'
import { type BadLink, openBadLink } from './bad-link.ts'
import { homeSeenBy, tellTally, vote, voteSeenBy, voting } from './test-ballots.ts'
import { convening, roomOf } from './test-consultations.ts'
import { comeBack, draft, draftFor, sign } from './test-docket.ts'
import { moveNode } from './test-exchange.ts'
import { assessment, opening } from './test-matters.ts'
import { stepUp } from './test-people.ts'
import {
  answer,
  HOUR,
  liveUntil,
  proposalsOf,
  putting,
  witnessEachOther,
} from './test-proposals.ts'
import {
  addOwnAuthority,
  approveAll,
  carry,
  pass,
  type Sharer,
  secondOf,
  startSharers,
} from './test-sharing.ts'

type Five = readonly [Sharer, Sharer, Sharer, Sharer, Sharer]

/** Ardenia, Belmara, Corvane, Dalesh and the desk, with a bad link from each to each. */
async function startRegion() {
  const all = (await startSharers(5)) as unknown as Five
  const links = new Map<string, BadLink>()
  const nameOf = (from: Sharer, to: Sharer) => `${from.own} ${to.own}`
  const linkOf = (from: Sharer, to: Sharer): BadLink => {
    const link = links.get(nameOf(from, to))
    if (!link) throw new Error('there is no link')
    return link
  }
  for (const from of all) {
    for (const to of all) {
      if (from === to) continue
      const link = await openBadLink(to.url, links.size)
      links.set(nameOf(from, to), link)
      await moveNode(from, to, `${link.url}/`)
    }
  }
  await witnessEachOther(all, (from, to) => linkOf(from, to).url)
  const cut = (node: Sharer, isCut: boolean) => {
    for (const other of all) {
      if (other === node) continue
      linkOf(node, other).cut(isCut)
      linkOf(other, node).cut(isCut)
    }
  }
  return { all, cut }
}

const waitsFor = async ({ focal }: Sharer, matter: string) => {
  const { clocks } = await focal.call(docket.getMatter, { params: { matter: matter as never } })
  return clocks.map(({ kind }) => kind)
}

describe('five nodes over bad links', () => {
  test('consult and decide, with one off line, one recused, and a home that forges named', async () => {
    const { all, cut } = await startRegion()
    const [ardenia, belmara, corvane, dalesh, desk] = all
    const linked = [ardenia, belmara, desk]
    const colleague = await secondOf(ardenia)
    const police = await addOwnAuthority(ardenia, 'Police')
    const audience = [belmara.own, dalesh.own, desk.own]
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ country: 'CRV' as CountryCode, audience }),
    })
    await ardenia.focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    await sign(ardenia.focal, await draft(ardenia.focal, matter, draftFor([police])))
    expect(await waitsFor(ardenia, matter)).toContain('consult')

    // The consultation opens within its clock, and Corvane, which the matter concerns, takes no part.
    const concerned = [{ organisation: corvane.own, reason: 'Article 9.', isHeard: false }]
    const body = convening(audience, { concerned })
    const consultation = body.id
    await stepUp(ardenia.focal)
    await ardenia.focal.call(convene, { params: { matter }, body })
    await approveAll(colleague)
    expect(await waitsFor(ardenia, matter)).not.toContain('consult')
    const isIn = async (node: Sharer) =>
      roomOf(node.focal, consultation).then(
        () => true,
        () => false,
      )
    await liveUntil(all, all, async () =>
      (await Promise.all([belmara, dalesh, desk].map(isIn))).every(Boolean),
    )
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
    // A silence procedure passes: silence runs against Dalesh from a call that two heard.
    const silent = await put({})
    const seenBy = async ({ focal }: Sharer, { proposal }: { readonly proposal: ProposalId }) =>
      (await proposalsOf(focal, consultation)).find(({ id }) => id === proposal)
    /** Whether the desk knows of each of these that it has the text. */
    const haveIt = async (members: readonly Sharer[], one: { readonly proposal: ProposalId }) => {
      const states = (await seenBy(desk, one))?.members ?? []
      return members.every(({ own }) =>
        states.some(({ organisation, receivedAt }) => organisation === own && receivedAt !== null),
      )
    }
    await liveUntil(all, linked, () => haveIt(linked, silent))
    const { colleagues } = await ardenia.focal.call(api.listProposals, { params: { consultation } })
    const other = colleagues.find(({ name }) => name === 'Second')
    await answer(ardenia.focal, silent, {
      kind: 'heard',
      member: dalesh.own,
      by: 'telephone',
      heardAt: ardenia.app.clock(),
      witnesses: other ? [other.person] : [],
    } as never)
    await liveUntil(all, linked, () => haveIt([dalesh], silent))
    await pass(all, 80 * HOUR)
    for (const node of linked) {
      expect(await seenBy(node, silent)).toMatchObject({ outcome: 'adopted' })
    }

    const recording = { reading: 1, legalBasis: ['Article 9'], addressees: [], followUp: null }
    const record = async (params: typeof silent) => {
      await stepUp(ardenia.focal)
      await ardenia.focal.call(api.recordDecision, { params, body: recording })
      await comeBack(colleague)
      expect(await approveAll(colleague)).toBe(1)
    }
    await record(silent)

    // Another is broken.
    const broken = await put({})
    await liveUntil(all, linked, () => haveIt(linked, broken))
    await answer(belmara.focal, broken, {
      kind: 'break-silence',
      reasons: 'Not without a mandate.',
    })
    await liveUntil(all, linked, async () => (await seenBy(desk, broken))?.outcome === 'broken')

    // A vote closes as its rule says, with one recused and two witnesses that say nothing.
    const one = await put({ quorum: 3 }, voting)
    await liveUntil(all, linked, async () => {
      const seen = await Promise.all(linked.map(({ focal }) => proposalsOf(focal, consultation)))
      return seen.every((proposals) => proposals.length === 3)
    })
    expect(await vote(ardenia.focal, one, 'yes')).toBe(null)
    expect(await vote(belmara.focal, one, 'yes')).toBe(null)
    expect(await vote(desk.focal, one, 'no', { explanation: 'No mandate.' })).toBe(null)
    await liveUntil(all, linked, async () => {
      const seen = await Promise.all(linked.map(({ focal }) => voteSeenBy(focal, one)))
      return seen.every(({ ballots }) => ballots.taking === 3)
    })
    await pass(all, 50 * HOUR)
    expect(await vote(belmara.focal, one, 'no')).toBe('after-close')
    await liveUntil(all, linked, async () => {
      const seen = await Promise.all(linked.map(({ focal }) => voteSeenBy(focal, one)))
      return seen.every(({ ballots, outcome }) => {
        const isProven = ballots.lines.every(({ provenAt }) => provenAt !== null)
        return ballots.lines.length === 4 && isProven && ballots.told && outcome === 'adopted'
      })
    })

    await record(one)

    // Dalesh is back: all who are honest hold the same decision, byte for byte.
    cut(dalesh, false)
    const honest = [belmara, dalesh, desk]
    const present = [ardenia, ...honest]
    await comeBack(dalesh.focal)
    await liveUntil(all, present, async () => {
      const seen = await Promise.all(present.map(({ focal }) => proposalsOf(focal, consultation)))
      return seen.every((list) => list.find(({ id }) => id === one.proposal)?.decision?.provenAt)
    })
    const fileOf = ({ focal }: Sharer) => focal.call(api.getDecisionFile, { params: one })
    // The proof of what came last comes last.
    await liveUntil(all, present, async () => {
      const [first, ...others] = await Promise.all(present.map(fileOf))
      return others.every((one) => isDeepStrictEqual(one, first))
    })
    const file = await fileOf(dalesh)
    const { faults, tally, decision } = await checkDecision(file)
    expect(faults).toEqual([])
    expect(tally?.outcome).toBe('adopted')
    expect(decision).toMatchObject({ dissent: [{ organisation: desk.own, text: 'No mandate.' }] })
    // What was decided in its absence stands, whatever its node says of the text by itself.
    for (const node of honest) {
      const outcomes = (await proposalsOf(node.focal, consultation)).map(({ outcome }) => outcome)
      expect(outcomes).toEqual(['adopted', 'broken', 'adopted'])
    }

    // The home tells of a vote what nobody cast: every other names it.
    const forged = await put({}, voting)
    await liveUntil(all, present, async () => {
      const seen = await Promise.all(present.map(({ focal }) => proposalsOf(focal, consultation)))
      return seen.every((proposals) => proposals.length === 4)
    })
    for (const { focal } of present) expect(await vote(focal, forged, 'no')).toBe(null)
    await liveUntil(all, present, async () => {
      const seen = await Promise.all(present.map(({ focal }) => voteSeenBy(focal, forged)))
      return seen.every(({ ballots }) => ballots.taking === 4)
    })
    await pass(all, 50 * HOUR)
    await liveUntil(
      all,
      present,
      async () => (await voteSeenBy(desk.focal, forged)).ballots.told !== null,
    )
    const found = async ({ focal }: Sharer) =>
      (await homeSeenBy(focal, consultation)).findings.map(({ kind, home }) => [
        kind,
        home.organisation,
      ])
    // Its own node tells the truth again within seconds, so it lies again until all have heard it.
    await liveUntil(all, [], async () => {
      await tellTally(ardenia, forged, (honestly) => ({
        ...honestly,
        outcome: 'adopted',
        counted: honestly.counted.map((ballot) => ({ ...ballot, choice: 'yes' as const })),
      }))
      await carry(ardenia, ...honest)
      const kinds = await Promise.all(honest.map(found))
      return kinds.every((seen) => isDeepStrictEqual(seen[0], ['ballot-forged', ardenia.own]))
    })
    for (const node of honest) {
      expect(await voteSeenBy(node.focal, forged)).toMatchObject({ outcome: 'rejected' })
    }

    // In another room nothing is decided in time: the item is tabled, and everybody there reads whose reasons are asked.
    const post = newId<PostId>()
    await ardenia.focal.call(people.addPost, {
      body: { id: post, organisation: ardenia.own, title: 'Secretariat' },
    })
    await ardenia.focal.call(agendas.setUpOrgan, {
      params: { organ: newId<OrganId>() },
      body: { name: 'Council of the Rivers', body: 'CFR', office: post },
    })
    const next = convening(audience, { concerned, title: 'Passage for those who flee' })
    await stepUp(ardenia.focal)
    await ardenia.focal.call(convene, { params: { matter }, body: next })
    await comeBack(colleague)
    await approveAll(colleague)
    await pass(all, 8 * 24 * HOUR)
    const asked = async ({ focal }: Sharer) => {
      const { room } = await roomOf(focal, next.id)
      return room.agenda.some(({ asks }) => asks === 'reasons')
    }
    await liveUntil(all, present, async () =>
      (await Promise.all(present.map((node) => asked(node).catch(() => false)))).every(Boolean),
    )
    const { items } = await ardenia.focal.call(agendas.listAgendasOf, { params: { matter } })
    expect(
      items.flatMap(({ grounds }) => grounds.map(({ condition }) => condition.kind)),
    ).toContain('consultation')
  }, 600_000)
})
