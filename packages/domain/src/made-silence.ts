import { type Poll, quietRoom } from './ballot.ts'
import type { Instant, PersonId, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { chance, drawPoll, hashOf, organisationOf } from './made-poll.ts'
import type { GivenPosition, Position } from './position.ts'

/* Silence procedures and what members say in them, for the tests. */

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const opens = '2026-11-22T08:00:00.000Z' as Instant
export const after = (hours: number) => addMilliseconds(opens, Math.round(hours * HOUR_MS))

export function pollOf(size: number, more: Partial<Poll['proposal']> = {}): Poll {
  const { poll } = drawPoll(3, size, { isPlain: true })
  const proposal = {
    ...poll.proposal,
    isSealed: false,
    method: { kind: 'silence', minimumMs: 24 * HOUR_MS, extensionMs: 48 * HOUR_MS },
    closesAt: after(48),
    ...more,
  } as Poll['proposal']
  return { ...poll, proposal, room: quietRoom }
}

export const people = [1, 2].map((n) => ({ person: `p${n}` as PersonId, name: `Person ${n}` }))
let drawn = 0

export function given(
  poll: Poll,
  member: number,
  hours: number | null,
  stance: Position['stance'],
  way: 'record' | 'telephone' | 'sms' = 'record',
): GivenPosition {
  const organisation = organisationOf(member)
  drawn += 1
  const provenAt = hours === null ? null : after(hours)
  const at = provenAt ?? opens
  return {
    position: {
      proposal: poll.proposal.id,
      reading: poll.proposal.reading,
      texts: { en: poll.texts.en as Sha256 },
      member: organisation,
      way: way === 'record' ? { kind: way } : { kind: way, witnesses: people, heardAt: at },
      stance,
      at,
    },
    digest: hashOf(drawn),
    author: way === 'record' ? organisation : organisationOf(0),
    provenAt,
  }
}

export const receipt = { kind: 'receipt' } as const
export const agree = { kind: 'agree', note: null } as const
export const breaks = { kind: 'break-silence', reasons: 'Article 2.' } as const
export const ask = (hours: number) =>
  ({ kind: 'ask-for-time', until: after(hours), reasons: 'The cabinet meets.' }) as const

/** Anything that members of a room may do, among it much that has no effect. */
export function drawRoom(seed: number, size: number) {
  const { upTo, isOneIn, one } = chance(seed)
  const members = Array.from({ length: size }, (_, n) => n)
  const poll = pollOf(size, {
    recused: members
      .slice(1)
      .filter(() => isOneIn(6))
      .map((n) => ({ organisation: organisationOf(n), reason: 'state-concerned' })),
  })
  const hours = () => (isOneIn(8) ? null : upTo(110 * 60) / 60)
  const stances = () => one([receipt, receipt, receipt, agree, ask(48 + upTo(60)), breaks])
  const positions = members.flatMap((n) =>
    Array.from({ length: upTo(3) }, () => {
      const stance = stances()
      // Most keep silent: else nothing would ever be adopted.
      const said = stance.kind === 'break-silence' && !isOneIn(6) ? receipt : stance
      return given(poll, n, hours(), said, one(['record', 'record', 'telephone', 'sms']))
    }),
  )
  const expelled = members
    .filter(() => isOneIn(20))
    .map((n) => ({ organisation: organisationOf(n), at: after(upTo(100)) }))
  return { poll: { ...poll, room: { ...quietRoom, expelled } }, positions }
}
