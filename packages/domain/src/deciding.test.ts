import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import type { Instant, OrganisationId } from './brand.ts'
import type { Consultation } from './consultation.ts'
import {
  latestEnd,
  mayAnswerProposal,
  mayPutProposal,
  ProposalOutcome,
  proposalOf,
  putOutOf,
  rosterAt,
  settledBy,
} from './deciding.ts'
import { entitledTo, faultInProposal } from './proposal.ts'

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const organisation = (n: number) => id(n) as OrganisationId
const at = (hours: number) =>
  new Date(Date.parse('2026-11-22T08:00:00.000Z') + hours * 3_600_000).toISOString() as Instant

type Room = Pick<Consultation, 'organisation' | 'seats' | 'concerned' | 'closing'>

const roomWith = (participants: readonly number[], concerned: readonly number[] = []): Room => ({
  organisation: organisation(1),
  seats: participants.map((n) => ({
    ...{ organisation: organisation(n), name: `Member ${n}`, since: at(0) },
    role: 'participant',
  })),
  concerned: concerned.map((n) => ({
    ...{ organisation: organisation(n), name: `Member ${n}`, reason: 'Article 9.' },
    ...{ since: at(0), heardSince: null },
  })),
  closing: null,
})

const officer = (n: number, role: 'focal-point' | 'analyst' = 'focal-point'): Actor => ({
  kind: 'person',
  person: id(90 + n) as never,
  organisation: organisation(n),
  roles: [role],
  session: id(80) as never,
  credential: 'x',
  steppedUpUntil: null,
})

describe('who has a say', () => {
  test('is whoever takes part by then; those concerned are named and have none', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 20 }),
        fc.nat({ max: 20 }),
        fc.boolean(),
        (members, cut, hasConvenerSay) => {
          const room = roomWith(members.slice(cut), members.slice(0, cut))
          const found = rosterAt(room, { at: at(1), hasConvenerSay, recused: [], weights: [] })
          const entitled = entitledTo(found).map((one) => one.organisation)
          const wanted = [...(hasConvenerSay ? [1] : []), ...members.slice(cut)].map(organisation)
          expect(entitled).toEqual(wanted)
          expect(found.recused.map((one) => one.organisation)).toEqual(
            members.slice(0, cut).map(organisation),
          )
        },
      ),
    )
  })

  test('is nobody who follows only, and nobody who comes later', () => {
    const room = roomWith([2, 3, 4])
    const seats = room.seats.map((seat, n) => {
      if (n === 0) return { ...seat, role: 'observer' as const }
      return n === 1 ? { ...seat, since: at(2) } : seat
    })
    const say = { hasConvenerSay: false, recused: [], weights: [] }
    const { roster } = rosterAt({ ...room, seats }, { at: at(1), ...say })
    expect(roster.map((one) => one.organisation)).toEqual([organisation(4)])
  })

  test('and who is taken out afterwards could not break silence any more', () => {
    const named = { id: id(70) as never, number: 1, at: at(1) }
    const put = {
      title: { en: 'Presence' },
      clauses: [{ clause: id(60) as never, texts: { en: 'One.' } }],
      originals: ['en' as const],
      method: { kind: 'silence' as const, minimumHours: 24, extensionHours: 10 },
      ...{ item: null, quorum: 1, opensAt: null, closesAt: at(49), isSealed: false },
      ...{ mayChange: true, weights: [], recused: [], hasConvenerSay: true },
    }
    const room = { ...roomWith([2, 3]), id: id(50) } as unknown as Consultation
    const proposal = proposalOf(put, { ...named, room })
    expect(faultInProposal(proposal)).toBeUndefined()
    expect(latestEnd(proposal)).toBe(at(59))
    expect(faultInProposal(proposalOf({ ...put, closesAt: at(2) }, { ...named, room }))).toBe(
      'too-short-for-silence',
    )
    expect(putOutOf(proposal, room)).toEqual([])
    const [out] = roomWith([], [3]).concerned
    const after = { concerned: [{ ...out, since: at(5) }] as never, seats: [] }
    expect(putOutOf(proposal, after)).toEqual([{ organisation: organisation(3), at: at(5) }])
  })

  test('is without whoever was expelled, by whoever leads or by whoever counts, unless it came back before', () => {
    const { roster, recused } = rosterAt(roomWith([2, 3], [4]), {
      ...{ at: at(1), hasConvenerSay: false, recused: [], weights: [] },
    })
    const asked = { roster, recused, opensAt: at(10) }
    const out = { organisation: organisation(2), name: 'Second', since: at(5) }
    const told = { ...roomWith([3]), expelled: [out] }
    const outAt = (hours: number) => [{ organisation: organisation(2), at: at(hours) }]
    expect(putOutOf(asked, told)).toEqual(outAt(5))
    // Each once, from the first of all; whoever takes no part anyway is not named.
    expect(putOutOf(asked, told, outAt(3))).toEqual(outAt(3))
    expect(putOutOf(asked, roomWith([3]), outAt(7))).toEqual(outAt(7))
    expect(putOutOf(asked, roomWith([3]), [{ organisation: organisation(4), at: at(3) }])).toEqual(
      [],
    )
    const [seat] = roomWith([2]).seats
    const back = (hours: number) => [{ ...seat, since: at(hours) }] as never
    expect(putOutOf(asked, { ...told, seats: back(8) })).toEqual([])
    expect(putOutOf(asked, { ...told, seats: back(11) })).toEqual(outAt(5))
  })
})

test('an officer of whoever leads puts a text; officers of those who take part answer it', () => {
  const room = roomWith([2, 3], [4])
  const closed = { ...room, closing: { closedAt: at(3), words: 'Agreed.' } }
  expect([1, 2].map((n) => mayPutProposal(officer(n), room))).toEqual([true, false])
  expect(mayPutProposal(officer(1, 'analyst'), room)).toBe(false)
  expect(mayPutProposal(officer(1), closed)).toBe(false)
  expect([1, 2, 4, 5].map((n) => mayAnswerProposal(officer(n), room))).toEqual([
    ...[true, true, false, false],
  ])
  expect(mayAnswerProposal(officer(2, 'analyst'), room)).toBe(false)
  expect(mayAnswerProposal(officer(2), closed)).toBe(false)
  expect(mayAnswerProposal({ kind: 'system' }, room)).toBe(false)
})

test('a matter is decided by what was adopted, or declined with reasons, and by nothing else', () => {
  const reasons = [{ organisation: organisation(2), text: 'It comes too late.' }]
  for (const dissent of [[], reasons]) {
    const settled = Object.fromEntries(
      ProposalOutcome.options.flatMap((outcome) => {
        const by = settledBy({ outcome, dissent })
        return by ? [[outcome, by]] : []
      }),
    )
    expect(settled).toEqual({
      adopted: 'adopted',
      ...(dissent.length > 0 && { rejected: 'declined' }),
    })
  }
})
