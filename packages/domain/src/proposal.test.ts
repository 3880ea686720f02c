import { describe, expect, test } from 'vitest'
import type { Instant, Sha256 } from './brand.ts'
import { languagesOf } from './clauses.ts'
import { addMilliseconds } from './clock.ts'
import { newId } from './id.ts'
import { drawPoll, hashOf, organisationOf } from './made-poll.ts'
import {
  closeFor,
  entitledTo,
  faultInProposal,
  frozenText,
  isOfText,
  isSameText,
  mayShowBallots,
  Proposal,
  provableUntil,
  settledAt,
} from './proposal.ts'

const { proposal } = drawPoll(5, 3, { isPlain: true }).poll
const faultOf = (change: Partial<Proposal>) => faultInProposal({ ...proposal, ...change })
const named = (n: number) => ({ organisation: organisationOf(n) })
const [member] = proposal.roster as [Proposal['roster'][number]]
const silence = { kind: 'silence', minimumMs: 49 * 3_600_000, extensionMs: 0 } as const

describe('a proposal', () => {
  test('is put when nothing in it contradicts the rest', () => {
    const plain = { ...proposal, isSealed: false }
    expect(Proposal.parse(plain)).toEqual(plain)
    expect(faultInProposal(plain)).toBeUndefined()
    expect(Proposal.safeParse({ ...plain, quorum: 4 }).error?.issues[0]?.message).toBe(
      'quorum-out-of-reach',
    )
  })

  test('is refused with what is wrong', () => {
    const reason = 'own-request' as const
    const [clause] = proposal.text.clauses
    if (!clause) throw new Error('a clause')
    const { text, roster } = proposal
    expect(faultOf({ text: { ...text, clauses: [clause, clause] } })).toBe('text-not-whole')
    expect(faultOf({ text: { ...text, title: { en: 'One' } } })).toBe('text-not-whole')
    expect(faultOf({ originals: ['ar'] })).toBe('original-missing')
    expect(faultOf({ originals: ['en', 'en'] })).toBe('original-missing')
    expect(faultOf({ roster: [...roster, member] })).toBe('organisation-twice')
    expect(faultOf({ recused: [{ ...named(9), reason }] })).toBe('recused-not-entitled')
    expect(faultOf({ offline: [{ ...named(9), graceMs: 1 }] })).toBe('offline-not-entitled')
    const all = roster.map(({ organisation }) => ({ organisation, reason }))
    expect(faultOf({ recused: all })).toBe('nobody-entitled')
    expect(faultOf({ recused: all.slice(1), quorum: 2 })).toBe('quorum-out-of-reach')
    const method = { kind: 'consensus-without-concerned' } as const
    expect(faultOf({ method, recused: all.slice(2) })).toBe('concerned-not-recused')
    expect(faultOf({ closesAt: proposal.opensAt })).toBe('closes-before-opening')
    expect(faultOf({ method: silence })).toBe('too-short-for-silence')
    const open = { method: { ...silence, minimumMs: 3_600_000 } }
    expect(faultOf({ ...open, isSealed: true })).toBe('silence-cannot-be-sealed')
    expect(faultOf({ ...open, isSealed: false })).toBeUndefined()
  })

  test('has a share that is at least a half, and at most all', () => {
    const put = (atLeast: number, of: number) =>
      Proposal.safeParse({
        ...proposal,
        method: { kind: 'weighted', of: 'voting', share: { atLeast, of } },
      }).success
    expect([put(1, 2), put(2, 2), put(55, 100)]).toEqual([true, true, true])
    expect([put(49, 100), put(3, 2), put(0, 1)]).toEqual([false, false, false])
  })

  test('gives a say to the roster without those who take no part', () => {
    const recused = [{ ...named(1), reason: 'state-concerned' as const }]
    expect(entitledTo({ ...proposal, recused }).map((one) => one.organisation)).toEqual([
      organisationOf(0),
      organisationOf(2),
    ])
  })

  test('ends for all at one time, and later for those who said that they are away', () => {
    const close = '2026-11-24T17:00:00.000Z' as Instant
    const offline = [{ ...named(1), graceMs: 60_000 }]
    expect(closeFor({ offline }, organisationOf(0), close)).toBe(close)
    expect(closeFor({ offline }, organisationOf(1), close)).toBe('2026-11-24T17:01:00.000Z')
    expect(settledAt({ offline }, close)).toBe('2026-11-24T17:01:00.000Z')
    expect(settledAt({ offline: [] }, close)).toBe(close)
    const opened = (hours: number) => addMilliseconds(close, -hours * 3_600_000)
    const waits = (hours: number) =>
      provableUntil({ opensAt: opened(hours), closesAt: close, offline })
    // As long again as ballots were taken, a day at most.
    expect([2, 24, 48].map(waits)).toEqual([
      '2026-11-24T19:01:00.000Z',
      ...Array(2).fill('2026-11-25T17:01:00.000Z'),
    ])
    const sealed = { isSealed: true, closesAt: close, offline }
    const late = '2026-11-24T17:01:00.001Z' as Instant
    expect([close, late].map((at) => mayShowBallots(sealed, at))).toEqual([false, true])
    expect(mayShowBallots({ ...sealed, isSealed: false }, close)).toBe(true)
  })

  test('has a text that is frozen language by language', () => {
    expect(languagesOf(proposal.text)).toEqual(['en', 'fr'])
    expect(frozenText(proposal, 'fr')).toMatchObject({ language: 'fr', title: 'Présence commune' })
    expect(() => frozenText(proposal, 'zh')).toThrow(RangeError)
    const [en, fr, other] = [1, 2, 3].map(hashOf) as [Sha256, Sha256, Sha256]
    expect(isSameText({ en, fr }, { en, fr })).toBe(true)
    expect(
      [{ en }, { en, fr: other }, { en, fr, ar: other }].map((it) => isSameText(it, { en, fr })),
    ).toEqual([false, false, false])
    expect(isOfText({ fr }, { en, fr })).toBe(true)
    expect([{}, { fr: other }, { en, ar: other }].map((it) => isOfText(it, { en, fr }))).toEqual([
      false,
      false,
      false,
    ])
  })

  test('is one of a consultation, by an id that its maker gives', () => {
    expect(Proposal.safeParse({ ...proposal, id: newId(), isSealed: false }).success).toBe(true)
    expect(Proposal.safeParse({ ...proposal, id: 'p2' }).success).toBe(false)
  })
})
