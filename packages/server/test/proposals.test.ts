import { convene } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { AmendmentId } from '@tocsin/domain/clauses.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { describe, expect, test } from 'vitest'
import { settleProposals } from '../src/decisions/jobs.ts'
import { policyFor } from '../src/decisions/witnesses.ts'
import { publicLogKeys } from '../src/network/log-keys.ts'
import { codeOf, convening } from './test-consultations.ts'
import { comeBack, entriesOf, until } from './test-docket.ts'
import { opening } from './test-matters.ts'
import { stepUp } from './test-people.ts'
import {
  answer,
  clauseIds,
  countedBy,
  firstOf,
  HOUR,
  proposalsOf,
  putting,
  settleUntil,
  stateOf,
  witnessEachOther,
} from './test-proposals.ts'
import {
  approveAll,
  carry,
  dumpOf,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from './test-sharing.ts'

type Four = readonly [Sharer, Sharer, Sharer, Sharer]

/** Whose logs and witnesses count among these, as a node says it. */
const policyOn = ({ app }: Sharer, members: readonly Sharer[]): Promise<string> =>
  app.db.as(system, async (tx) => {
    const { text } = await policyFor(
      app,
      tx,
      members.map(({ own }) => own),
    )
    return text
  })

describe('the silence procedure across nodes', () => {
  test('runs against nobody whose receipt is not on record, and every node counts the same', async () => {
    const all = (await startSharersApart(4)) as unknown as Four
    const [ardenia, belmara, corvane, dalesh] = all
    await witnessEachOther(all)
    const colleague = await secondOf(ardenia)
    const audience = [belmara.own, dalesh.own]
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ country: 'CRV' as CountryCode }),
    })
    const concerned = [{ organisation: corvane.own, reason: 'Article 9.', isHeard: false }]
    const body = convening(audience, { concerned })
    const consultation = body.id
    await stepUp(ardenia.focal)
    await ardenia.focal.call(convene, { params: { matter }, body })
    expect(await approveAll(colleague)).toBe(1)
    await carry(ardenia, belmara, dalesh)
    // Dalesh has said nothing yet, and still asks for as many witnesses as the others.
    const policies = [ardenia, belmara, dalesh].map((node) =>
      policyOn(node, [ardenia, belmara, dalesh]),
    )
    expect(new Set(await Promise.all(policies)).size).toBe(1)

    const proposal = newId<ProposalId>()
    const one = { consultation, proposal }
    const put = () =>
      ardenia.focal.call(api.putProposal, {
        params: one,
        body: putting(ardenia.app.clock()),
      })
    expect(
      await codeOf(
        belmara.focal.call(api.putProposal, { params: one, body: putting(ardenia.app.clock()) }),
      ),
    ).toBe('permission.denied')
    await put()
    await put()
    // Dalesh has lost its link: it is told nothing from now on.
    const linked = [ardenia, belmara]
    await settleUntil(all, linked, async () => {
      const both = [
        await stateOf(ardenia, consultation, ardenia),
        await stateOf(ardenia, consultation, belmara),
      ]
      return both.every((member) => member?.receivedAt)
    })
    const first = await firstOf(belmara.focal, consultation)
    expect(first.members.map(({ state, receivedBy }) => [state, receivedBy])).toEqual([
      ['silent', 'record'],
      ['silent', 'record'],
      ['not-received', null],
      ['recused', null],
    ])
    expect(await codeOf(proposalsOf(corvane.focal, consultation))).toBe('consultation.not-found')

    // The time passes, and nothing lapses.
    await pass(all, 50 * HOUR)
    for (const node of linked) {
      expect((await firstOf(node.focal, consultation)).outcome).toBe('not-lapsed')
    }
    const { colleagues } = await ardenia.focal.call(api.listProposals, { params: { consultation } })
    const other = colleagues.find(({ name }) => name === 'Second')
    const heard = (witness = other?.person) =>
      ({
        kind: 'heard',
        member: dalesh.own,
        by: 'telephone',
        heardAt: ardenia.app.clock(),
        witnesses: witness ? [witness] : [],
      }) as never
    // Whoever is not of the organisation is no witness of its.
    expect(await codeOf(answer(ardenia.focal, one, heard(newId())))).toBe(
      'proposal.too-few-witnesses',
    )
    await answer(ardenia.focal, one, heard())
    const before = await stateOf(ardenia, consultation, dalesh)
    expect(before).toMatchObject({ state: 'not-received', pending: 'receipt' })
    await settleUntil(all, linked, async () =>
      Boolean((await stateOf(belmara, consultation, dalesh))?.receivedAt),
    )
    expect(await stateOf(belmara, consultation, dalesh)).toMatchObject({
      state: 'silent',
      receivedBy: 'telephone',
      witnesses: 2,
    })
    // It has its own time from then on.
    expect((await firstOf(belmara.focal, consultation)).outcome).toBe('running')
    await pass(all, 25 * HOUR)
    expect((await firstOf(belmara.focal, consultation)).outcome).toBe('adopted')
    expect(
      await codeOf(answer(belmara.focal, one, { kind: 'break-silence', reasons: 'Late.' })),
    ).toBe('proposal.over')
    // Whoever was away counts the same from what it is given then.
    await until(async () => {
      await carry(ardenia, dalesh)
      await carry(belmara, dalesh)
      return (await firstOf(dalesh.focal, consultation)).outcome === 'adopted'
    })
    const counted = await countedBy(ardenia, consultation)
    expect(counted).toContain('"outcome":"adopted"')
    expect(await countedBy(belmara, consultation)).toBe(counted)
    expect(await countedBy(dalesh, consultation)).toBe(counted)
    expect(await dumpOf(corvane)).not.toContain('Joint presence')

    // Chair and secretary sign the record; whoever holds the file counts again, without any node.
    const recording = { reading: 1, legalBasis: ['Article 9'], addressees: [], followUp: null }
    const record = (person: Sharer) =>
      person.focal.call(api.recordDecision, { params: one, body: recording })
    expect(await codeOf(record(belmara))).toBe('permission.denied')
    await stepUp(ardenia.focal)
    expect((await record(ardenia)).state).toBe('waiting')
    expect(await codeOf(belmara.focal.call(api.getDecisionFile, { params: one }))).toBe(
      'proposal.not-decided',
    )
    await comeBack(colleague)
    expect(await approveAll(colleague)).toBe(1)
    expect((await record(ardenia)).state).toBe('done')
    await settleUntil(all, linked, async () =>
      Boolean((await firstOf(belmara.focal, consultation)).decision?.provenAt),
    )
    const file = await belmara.focal.call(api.getDecisionFile, { params: one })
    const { faults, silence, decision } = await checkDecision(file)
    expect(faults).toEqual([])
    expect(silence?.outcome).toBe('adopted')
    expect(decision).toMatchObject({ outcome: 'adopted', legalBasis: ['Article 9'], dissent: [] })
    expect(await ardenia.focal.call(api.getDecisionFile, { params: one })).toBeDefined()

    // What was proven by a log of its own that ended stays proven to itself, too.
    const ended = { origin: `${new URL(ardenia.url).host}/log/${ardenia.own}/1`, note: '' }
    const end = { ...ended, organisation: ardenia.own, ended_at: ardenia.app.clock() }
    await ardenia.app.db.as(system, (tx) => tx.insertInto('ended_log').values(end).execute())
    const { verifierKey } = await publicLogKeys(ardenia.app, ended.origin)
    expect(await policyOn(ardenia, [ardenia])).toContain(`log ${verifierKey}`)
    // The matter is decided when that is put on record, once, however often it is asked for.
    const { stamps } = await ardenia.focal.call(docket.getMatter, { params: { matter } })
    const entries = await entriesOf(ardenia.focal, matter)
    const decided = entries.filter(({ kind }) => kind === 'matter.decided')
    expect(decided).toMatchObject([
      { at: stamps.T5, facts: { outcome: 'adopted', decision: 'D-2026/1', consultation } },
    ])
  })

  test('reads anew what members amend, gives time to all alike, and is broken for good', async () => {
    const all = (await startSharersApart(3)) as unknown as readonly [Sharer, Sharer, Sharer]
    const [ardenia, belmara, corvane] = all
    await witnessEachOther(all)
    const audience = [belmara.own, corvane.own]
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ audience }),
    })
    const body = convening([belmara.own], { observers: [corvane.own] })
    const consultation = body.id
    await ardenia.focal.call(convene, { params: { matter }, body })
    await carry(ardenia, belmara, corvane)
    const proposal = newId<ProposalId>()
    const one = { consultation, proposal }
    const at = ardenia.app.clock()
    const short = putting(at, { closesAt: addMilliseconds(at, HOUR) })
    const half = putting(at, { title: { en: 'Joint presence' } })
    const put = (text: typeof short) =>
      ardenia.focal.call(api.putProposal, { params: one, body: text })
    expect([await codeOf(put(short)), await codeOf(put(half))]).toEqual([
      'proposal.too-short',
      'proposal.text-not-whole',
    ])
    await put(putting(at))
    await carry(ardenia, belmara, corvane)

    const amend = (person: Sharer, texts: object, reading = 1) => {
      const amendment = newId<AmendmentId>()
      const change = { kind: 'replace', clause: clauseIds[0], texts } as never
      const params = { ...one, amendment }
      const sent = person.focal.call(api.proposeAmendment, {
        params,
        body: { reading, change, reasons: null },
      })
      return sent.then(() => amendment)
    }
    const texts = {
      en: 'Members deploy unarmed observers.',
      fr: 'Les membres déploient des observateurs sans armes.',
    }
    expect(await codeOf(amend(belmara, { en: 'Only English.' }))).toBe('proposal.amendment-unfit')
    expect(await codeOf(amend(corvane, texts))).toBe('proposal.no-say')
    const amendment = await amend(belmara, texts)
    await carry(belmara, ardenia, corvane)
    const next = (person: Sharer, accepted = [amendment]) =>
      person.focal.call(api.putReading, {
        params: { ...one, reading: 2 },
        body: { accepted, closesAt: addMilliseconds(ardenia.app.clock(), 48 * HOUR) },
      })
    expect(await codeOf(next(belmara))).toBe('permission.denied')
    await next(ardenia)
    await next(ardenia)
    await carry(ardenia, belmara, corvane)
    const second = await firstOf(belmara.focal, consultation)
    expect(second).toMatchObject({ reading: 2, amendments: [{ id: amendment, isAccepted: true }] })
    expect(second.text.clauses[0]?.texts.en).toBe(texts.en)
    expect(second.before?.clauses[0]?.texts.en).toBe('Members deploy observers.')
    expect(await codeOf(answer(belmara.focal, one, { kind: 'agree', note: null }))).toBe(
      'proposal.other-reading',
    )
    const last = { ...one, reading: 2 }
    expect(await codeOf(answer(corvane.focal, last, { kind: 'agree', note: null }))).toBe(
      'proposal.no-say',
    )
    const askFor = (hours: number) =>
      answer(belmara.focal, last, {
        kind: 'ask-for-time',
        until: addMilliseconds(second.closesAt, hours * HOUR),
        reasons: 'The cabinet meets.',
      })
    expect(await codeOf(askFor(100))).toBe('proposal.beyond-extension')
    await askFor(24)
    await settleUntil(all, all, async () => {
      const { deadline } = await firstOf(ardenia.focal, consultation)
      return deadline === addMilliseconds(second.closesAt, 24 * HOUR)
    })
    expect(await stateOf(ardenia, consultation, belmara)).toMatchObject({
      state: 'asked-for-time',
      words: 'The cabinet meets.',
    })
    const key = newId<string>()
    const stop = () => answer(belmara.focal, last, { kind: 'break-silence', reasons: 'No.' }, key)
    await stop()
    await stop()
    await settleUntil(
      all,
      all,
      async () => (await firstOf(corvane.focal, consultation)).outcome === 'broken',
    )
    for (const node of all) await settleProposals(node.app)
    const counted = await countedBy(ardenia, consultation)
    expect(await countedBy(belmara, consultation)).toBe(counted)
    expect(await countedBy(corvane, consultation)).toBe(counted)
    await stepUp(ardenia.focal)
    const recording = { reading: 2, legalBasis: [], addressees: [], followUp: null }
    const alone = ardenia.focal.call(api.recordDecision, { params: one, body: recording })
    expect(await codeOf(alone)).toBe('proposal.two-sign')
    const agree = answer(ardenia.focal, last, { kind: 'agree', note: null })
    expect(await codeOf(agree)).toBe('proposal.over')
  })
})
