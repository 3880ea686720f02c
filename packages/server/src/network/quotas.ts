import { setTimeout as pause } from 'node:timers/promises'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyReply } from 'fastify'
import { sql } from 'kysely'
import type { App } from '../app.ts'

/** What one member may send in a minute: far more than a crisis brings, far less than a flood. */
export const QUOTA = { records: 30_000, bytes: 64 * 1_048_576 } as const

/** What a request costs beside its body, in bytes: its signature is checked and its answer signed. */
const REQUEST_BYTES = 4_096
/** How many bodies of one member are in hand at once: more than its node sends by itself. */
export const AT_ONCE = 6
/** How many of whoever has used up an eighth of its quota: one for each lane of a push. */
const AT_ONCE_OF_MANY = 2
/** How long whoever is turned away is held, unheard, and how many of one member: it sends the less. */
const HELD_MS = 1_000
const HELD = 64
/** How often a member is told to wait, in a signed answer, before it is turned away by name. */
const TOLD = 4

const MINUTE_MS = 60_000

/** In how many seconds a member may go on, 0 where it may now; and whether it sent much lately. */
type Count = { readonly wait: number; readonly isMuch: boolean }

/** Counts what a member sends. */
export async function countAgainstQuota(
  app: App,
  member: OrganisationId,
  { records = 0, bytes = 0 }: { readonly records?: number; readonly bytes?: number },
): Promise<Count> {
  const now = Date.parse(app.clock())
  const minute = Math.floor(now / MINUTE_MS)
  const { rows } = await app.db.as(system, (tx) =>
    sql<{ records: number; bytes: number }>`insert into peer
        (member, next_push_at, next_pull_at, minute, records, bytes)
      values (${member}, ${app.clock()}, ${app.clock()}, ${minute}, ${records}, ${bytes})
      on conflict (member) do update set
        records = ${records} + case when peer.minute = ${minute} then peer.records else 0 end,
        bytes = ${bytes} + case when peer.minute = ${minute} then peer.bytes else 0 end,
        minute = ${minute}
      returning records, bytes`.execute(tx),
  )
  const { records: sum = 0, bytes: length = 0 } = rows[0] ?? {}
  const share = Math.max(sum / QUOTA.records, length / QUOTA.bytes)
  const wait = share > 1 ? Math.ceil(((minute + 1) * MINUTE_MS - now) / 1000) : 0
  return { wait, isMuch: share > 1 / 8 }
}

/** Refuses for now, and says in how many seconds it may be tried again. */
export function refuseFor(reply: FastifyReply, seconds: number): never {
  reply.header('retry-after', String(seconds))
  throw new Problem('request.too-many')
}

type Sender = { readonly kid: string; readonly organisation: OrganisationId }

/**
 * Keeps one member from taking what belongs to all: counts what it sends before any of it is read,
 * and lets only so many of its bodies in at once. Whoever goes on though it was told to wait is
 * turned away by the name of its key, before anything is looked up for it.
 */
export function openTurnstile(app: App) {
  const inHand = new Map<OrganisationId, number>()
  const held = new Map<string, number>()
  const told = new Map<string, { readonly until: number; readonly times: number }>()
  const now = () => Date.parse(app.clock())

  const tell = ({ kid }: Sender, seconds: number) => {
    const last = told.get(kid)
    const isStill = last !== undefined && last.until > now()
    const until = Math.max(now() + seconds * 1000, isStill ? last.until : 0)
    told.set(kid, { until, times: isStill ? last.times + 1 : 1 })
  }

  return {
    /**
     * In how many seconds the holder of a key is listened to again; 0 where that is now. Whoever is
     * not is held for a while first: until its connection ends it can send nothing on it.
     */
    isTurnedAway: async (kid: string): Promise<number> => {
      const last = told.get(kid)
      if (last === undefined || last.times < TOLD || last.until <= now()) return 0
      const already = held.get(kid) ?? 0
      if (already < HELD) {
        held.set(kid, already + 1)
        await pause(HELD_MS)
        held.set(kid, (held.get(kid) ?? 1) - 1)
      }
      return Math.max(1, Math.ceil((last.until - now()) / 1000))
    },
    /** Lets a request in whose sender is known, with so many bytes; answers how long it must wait. */
    letIn: async (sender: Sender, bytes: number, reply: FastifyReply): Promise<number> => {
      const { organisation } = sender
      const count = await countAgainstQuota(app, organisation, { bytes: bytes + REQUEST_BYTES })
      const already = inHand.get(organisation) ?? 0
      const isFull = already >= (count.isMuch ? AT_ONCE_OF_MANY : AT_ONCE)
      const seconds = count.wait === 0 && bytes > 0 && isFull ? 1 : count.wait
      if (seconds > 0) tell(sender, seconds)
      else if (bytes > 0 && !reply.raw.closed) {
        inHand.set(organisation, already + 1)
        reply.raw.once('close', () => {
          inHand.set(organisation, (inHand.get(organisation) ?? 1) - 1)
        })
      }
      return seconds
    },
  }
}
