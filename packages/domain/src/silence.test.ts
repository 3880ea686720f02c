import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Poll, quietRoom } from './ballot.ts'
import type { Instant, OrganisationId } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { drawPoll, hashOf, organisationOf } from './made-poll.ts'
import {
  after,
  agree,
  ask,
  breaks,
  drawRoom,
  given,
  HOUR_MS,
  MINUTE_MS,
  opens,
  people,
  pollOf,
  receipt,
} from './made-silence.ts'
import type { GivenPosition, Position } from './position.ts'
import { judgeSilence } from './silence.ts'

const LONG_AFTER = after(24 * 200)

const stateOf = (poll: Poll, positions: readonly GivenPosition[], member: number) =>
  judgeSilence(poll, positions, LONG_AFTER).members.find(
    ({ organisation }) => organisation === organisationOf(member),
  )

/** Has the text on record, has had the time that it must have, and has not broken silence. */
function expectConsent(own: readonly GivenPosition[], deadline: Instant) {
  const of = (kind: Position['stance']['kind'], way?: 'record') =>
    own.filter(
      ({ position }) =>
        position.stance.kind === kind && (way === undefined || position.way.kind === way),
    )
  const receipts = of('receipt', 'record').length > 0 ? of('receipt', 'record') : of('receipt')
  const isSpoken = own.some(({ position }) => position.way.kind === 'record')
  expect(receipts.length > 0 || isSpoken).toBe(true)
  expect(of('break-silence')).toEqual([])
  const [first] = receipts.map(({ provenAt }) => provenAt as Instant).sort()
  if (first) expect(deadline >= addMilliseconds(first, 24 * HOUR_MS)).toBe(true)
}

const rooms = fc.record({ seed: fc.integer(), size: fc.integer({ min: 1, max: 8 }) })

describe('silence', () => {
  test('never runs against a member whose receipt is not on record', () => {
    let adopted = 0
    fc.assert(
      fc.property(rooms, fc.integer({ min: 0, max: 24 * 300 }), ({ seed, size }, hours) => {
        const { poll, positions } = drawRoom(seed, size)
        const found = judgeSilence(poll, positions, after(hours))
        if (found.outcome !== 'adopted') return
        adopted += 1
        expect(found.deadline >= poll.proposal.closesAt).toBe(true)
        const refused = new Set(found.refused.map(({ digest }) => digest))
        const isSaid = (at: Instant | null) => at !== null && at <= after(hours)
        const out = poll.proposal.recused.map(({ organisation }) => organisation)
        for (const { organisation } of poll.proposal.roster) {
          const own = positions.filter(
            ({ position, provenAt, digest }) =>
              position.member === organisation && isSaid(provenAt) && !refused.has(digest),
          )
          if (!out.includes(organisation)) expectConsent(own, found.deadline)
        }
      }),
      { numRuns: 20_000 },
    )
    expect(adopted).toBeGreaterThan(200)
  })

  test('is broken by whoever breaks it in time, whatever anybody else has said', () => {
    fc.assert(
      fc.property(rooms, fc.nat(), fc.integer({ min: 0, max: 110 }), (of, who, hours) => {
        const { poll, positions } = drawRoom(of.seed, of.size)
        const { recused } = poll.proposal
        const { expelled } = poll.room
        const member = who % of.size
        const organisation = organisationOf(member)
        const isOut = [...recused, ...expelled].some((one) => one.organisation === organisation)
        const broken = [...positions, given(poll, member, hours, breaks)]
        const { outcome, deadline, brokenBy } = judgeSilence(poll, broken, LONG_AFTER)
        if (isOut || after(hours) > deadline) return
        expect(outcome).toBe('broken')
        expect(brokenBy).toContain(organisation)
      }),
      { numRuns: 10_000 },
    )
  })

  test('lasts never shorter because somebody asked for time, and for all alike', () => {
    fc.assert(
      fc.property(
        rooms,
        fc.nat(),
        fc.integer({ min: 0, max: 110 }),
        fc.integer({ min: 0, max: 96 }),
        fc.constantFrom<'record' | 'telephone'>('record', 'telephone'),
        (of, who, hours, until, way) => {
          const { poll, positions: drawn } = drawRoom(of.seed, of.size)
          // Of a member whose receipt is not on record the first word is itself the receipt.
          const positions = [...drawn, given(poll, who % of.size, 0, receipt)]
          const before = judgeSilence(poll, positions, LONG_AFTER)
          const asked = given(poll, who % of.size, hours, ask(until), way)
          const found = judgeSilence(poll, [...positions, asked], LONG_AFTER)
          expect(found.deadline >= before.deadline).toBe(true)
          const isRefused = found.refused.some(({ digest }) => digest === asked.digest)
          if (!isRefused) expect(found.deadline >= after(until)).toBe(true)
        },
      ),
      { numRuns: 10_000 },
    )
  })

  test('does not look at clocks of authors, nor at the order, nor at repeats', () => {
    fc.assert(
      fc.property(rooms, fc.integer({ min: -120, max: 120 }), (of, minutes) => {
        const { poll, positions } = drawRoom(of.seed, of.size)
        const skew = (at: Instant) => addMilliseconds(at, minutes * MINUTE_MS)
        const skewed = positions.map(({ position, ...rest }): GivenPosition => {
          const { way } = position
          const heard = way.kind === 'record' ? way : { ...way, heardAt: skew(way.heardAt) }
          return { ...rest, position: { ...position, way: heard, at: skew(position.at) } }
        })
        const mixed = [...skewed.toReversed(), ...skewed.slice(0, 2)]
        const found = judgeSilence(poll, positions, after(60))
        expect(judgeSilence(poll, mixed, after(60))).toEqual(found)
      }),
      { numRuns: 5000 },
    )
  })

  test('is adopted when the time is over and all had the text: as on the screen', () => {
    const poll = pollOf(5, {
      recused: [{ organisation: organisationOf(4), reason: 'state-concerned' }],
    })
    const positions = [
      given(poll, 0, 3, receipt),
      given(poll, 0, 8, agree),
      given(poll, 1, 3, receipt),
      given(poll, 1, 9, { kind: 'agree', note: 'We offer two.' }),
      given(poll, 2, 4, receipt, 'sms'),
      given(poll, 2, 8, ask(72)),
      given(poll, 3, 6, receipt, 'telephone'),
    ]
    const found = judgeSilence(poll, positions, after(72))
    expect(found).toMatchObject({ outcome: 'running', deadline: after(72), notRunning: [] })
    expect(found.members.map(({ state }) => state)).toEqual([
      'agrees',
      'agrees',
      'asked-for-time',
      'silent',
      'recused',
    ])
    expect(found.members[3]).toMatchObject({ receivedBy: 'telephone', receivedAt: after(6) })
    expect(judgeSilence(poll, positions, addMilliseconds(after(72), 1)).outcome).toBe('adopted')
    const without = positions.slice(0, -1)
    const waiting = judgeSilence(poll, without, LONG_AFTER)
    expect(waiting).toMatchObject({ outcome: 'not-lapsed', notRunning: [organisationOf(3)] })
    // What comes at last has the whole time.
    const late = [...without, given(poll, 3, 100, receipt)]
    expect(judgeSilence(poll, late, after(101))).toMatchObject({
      outcome: 'running',
      deadline: after(124),
    })
  })

  test('says why something has no effect, and keeps it', () => {
    const poll = pollOf(3, {
      recused: [{ organisation: organisationOf(2), reason: 'own-request' }],
    })
    const one = (position: Partial<Position>, more: Partial<GivenPosition> = {}) => {
      const base = given(poll, 0, 50, breaks)
      return { ...base, ...more, position: { ...base.position, ...position } }
    }
    const way = { kind: 'telephone', witnesses: people.slice(0, 1), heardAt: opens } as const
    const twice = { ...way, witnesses: [...way.witnesses, ...way.witnesses] }
    const cases = [
      ['unknown-proposal', one({ proposal: 'other' as never })],
      ['other-reading', one({ reading: 1 })],
      ['not-eligible', one({ member: 'nobody' as OrganisationId })],
      ['recused', one({ member: organisationOf(2) })],
      ['not-the-author', one({}, { author: organisationOf(1) })],
      ['too-few-witnesses', one({ way })],
      ['too-few-witnesses', one({ way: twice })],
      ['wrong-text', one({ texts: {} })],
      ['wrong-text', one({ texts: { ...poll.texts, fr: hashOf(9) } })],
      ['beyond-extension', one({ stance: ask(97) })],
      ['after-deadline', one({})],
    ] as const
    const own = given(poll, 0, 1, receipt)
    for (const [reason, position] of cases) {
      const found = judgeSilence(poll, [own, position], LONG_AFTER)
      expect(found.refused, reason).toEqual([{ digest: position.digest, reason }])
      expect(found.outcome).not.toBe('broken')
    }
    const asked = one({ stance: ask(96) }, { provenAt: after(48) })
    expect(judgeSilence(poll, [own, asked], LONG_AFTER).deadline).toBe(after(96))
  })

  test('is no consent while a break waits for its proof, nor of a member that was put out', () => {
    const poll = pollOf(2)
    const heard = [given(poll, 0, 1, receipt), given(poll, 1, 1, receipt)]
    expect(judgeSilence(poll, heard, LONG_AFTER).outcome).toBe('adopted')
    const mute = given(poll, 1, null, breaks)
    expect(judgeSilence(poll, [...heard, mute], LONG_AFTER)).toMatchObject({
      outcome: 'not-lapsed',
      unproven: [mute.digest],
    })
    const late = { ...mute, provenAt: after(49) }
    expect(judgeSilence(poll, [...heard, mute, late], LONG_AFTER).outcome).toBe('adopted')
    const expelled = [{ organisation: organisationOf(1), at: after(20) }]
    const out = { ...poll, room: { ...quietRoom, expelled } }
    expect(judgeSilence(out, heard, LONG_AFTER).outcome).toBe('not-lapsed')
    expect(stateOf(out, heard, 1)?.state).toBe('expelled')
    const spoken = [...heard, given(poll, 1, 10, agree)]
    expect(judgeSilence(out, spoken, LONG_AFTER).outcome).toBe('adopted')
    const withdrawn = { ...poll, room: { ...quietRoom, withdrawnAt: after(2) } }
    expect(judgeSilence(withdrawn, heard, LONG_AFTER).outcome).toBe('withdrawn')
  })

  test('had not run against a member whose first word comes late', () => {
    const poll = pollOf(2)
    const heard = [given(poll, 0, 1, receipt)]
    const said = (stance: Position['stance'], hours: number, way?: 'telephone') =>
      judgeSilence(poll, [...heard, given(poll, 1, hours, stance, way)], LONG_AFTER)
    expect(said(breaks, 90).outcome).toBe('broken')
    expect(said(agree, 90).outcome).toBe('adopted')
    expect(said(ask(96), 90)).toMatchObject({ outcome: 'adopted', deadline: after(96) })
    // That others heard it speak of the text is no receipt.
    expect(said(agree, 10, 'telephone').outcome).toBe('not-lapsed')
    const again = [...heard, given(poll, 1, 40, agree), given(poll, 1, 90, breaks)]
    expect(judgeSilence(poll, again, LONG_AFTER).outcome).toBe('adopted')
  })

  test('waits for members that said before that they would be off line', () => {
    const offline = [{ organisation: organisationOf(1), graceMs: 5 * HOUR_MS }]
    const poll = pollOf(2, { offline })
    const heard = [given(poll, 0, 1, receipt), given(poll, 1, 1, receipt)]
    expect(judgeSilence(poll, heard, after(52)).outcome).toBe('running')
    expect(judgeSilence(poll, heard, after(54)).outcome).toBe('adopted')
    const broken = [...heard, given(poll, 1, 52, breaks)]
    expect(judgeSilence(poll, broken, after(54)).outcome).toBe('broken')
    const other = [...heard, given(poll, 0, 52, breaks)]
    expect(judgeSilence(poll, other, after(54)).outcome).toBe('adopted')
  })

  test('is asked of a silence procedure only', () => {
    const { poll } = drawPoll(1, 2, { isPlain: true })
    expect(() => judgeSilence(poll, [], opens)).toThrow(TypeError)
  })
})
