import { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Marking } from './audience.ts'
import type { Instant } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { isSelf } from './people-access.ts'

/*
 * A room answered by mail. Whoever is told that something is new in a room may answer that mail; what they wrote
 * waits for them, read by nobody else, until they sign in and say it. A letter can be forged and a mailbox read by
 * others, and what is said in a room is signed for an organisation and cannot be unsaid (docs/adr/0017).
 */

/** What became of a mail that was taken for an answer. `unknown`: it names no notice of this node. */
export const ReplyOutcome = z.enum(['kept', 'kept-before', 'refused', 'automatic', 'unknown'])
export type ReplyOutcome = z.infer<typeof ReplyOutcome>

/** Why an answer was not kept. Only the one with `other-sender` hears nothing of it. */
export const ReplyRefusal = z.enum([
  'other-sender',
  'expired',
  'too-large',
  'too-long',
  'empty',
  'too-many',
  'closed',
  'recused',
  'not-in-room',
])
export type ReplyRefusal = z.infer<typeof ReplyRefusal>

/** For so long a notice may be answered. */
const ANSWERED_WITHIN_MS = 14 * 86_400_000

export const answerableUntil = (toldAt: Instant): Instant =>
  addMilliseconds(toldAt, ANSWERED_WITHIN_MS)

/** TLP:RED is for those who are there: nothing of it is written into a mail, by nobody. */
export const mayAnswerByMail = (marking: Marking): boolean => marking !== 'TLP:RED'

/** What a person has by mail and has not said yet: their own; the node puts it there. */
export const mayReadMailed = (actor: Actor, thing: Parameters<typeof isSelf>[1]): boolean =>
  actor.kind === 'system' || isSelf(actor, thing)

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Telling = {
  readonly now: Instant
  /** When the newest that others said came here. */
  readonly newsAt: Instant
  readonly lookedAt: Instant | null
  /** When this person was last told of news in this room. */
  readonly toldAt: Instant | null
}

/**
 * Whether a person is told by mail that something is new in a room: once until they look, then once a day; whoever
 * has looked, not twice within an hour.
 */
export function isTold({ now, newsAt, lookedAt, toldAt }: Telling): boolean {
  if (lookedAt !== null && newsAt <= lookedAt) return false
  if (toldAt === null) return true
  if (newsAt <= toldAt) return false
  const rest = lookedAt !== null && lookedAt > toldAt ? HOUR_MS : DAY_MS
  return now >= addMilliseconds(toldAt, rest)
}

/** Stands above the notice, around words in its reader's language; what was written stands above it. */
export const REPLY_MARK = '##--'

const isQuoted = (line: string): boolean => line.trimStart().startsWith('>')
/** What mail programs draw between an answer and what it answers. */
const isRule = (line: string): boolean => {
  const drawn = line.trim()
  return /^[-_*=]{3}/.test(drawn) && /[-_*=]{3}$/.test(drawn)
}
const isBlank = (line: string): boolean => line.trim() === ''

/**
 * What somebody wrote in answer: without what it answers, without the line that leads to that, and without a
 * signature below `-- `. `own` are the node's addresses, by which that line is known in every language. Nothing of
 * any line that holds one of them is kept.
 */
export function answerIn(text: string, own: readonly string[]): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const at = lines.findIndex((line) => line.includes(REPLY_MARK))
  const mark = lines[at] ?? ''
  // Where what is answered is not marked line by line, all of it stands below.
  const above = at >= 0 && !isQuoted(mark) ? lines.slice(0, at) : lines
  const quote = above.findIndex(isQuoted)
  const head = above.slice(0, quote < 0 ? above.length : quote)
  const written = withoutLead(head, own)
  const below = above.slice(head.length).filter((line) => !isQuoted(line))
  const kept = [...written, ...below]
  const end = kept.findIndex((line) => line === '-- ' || line === '--')
  return (end < 0 ? kept : kept.slice(0, end))
    .filter((line) => !own.some((one) => line.toLowerCase().includes(one.toLowerCase())))
    .join('\n')
    .trim()
}

/** Takes away the last lines that stand together, where they name one of the addresses: who wrote what, and when. */
function withoutLead(lines: readonly string[], own: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => !isBlank(line)) + 1
  let from = end
  while (from > 0 && !isBlank(lines[from - 1] ?? '')) from -= 1
  const lead = lines.slice(from, end).join('\n').toLowerCase()
  if (!own.some((one) => lead.includes(one.toLowerCase()))) return lines
  const names = (line: string) => own.some((one) => line.toLowerCase().includes(one.toLowerCase()))
  // An answer that stands right above that line, without an empty one between, is kept.
  const first = lines.findIndex((line, index) => index >= from && (isRule(line) || names(line)))
  const begins = isRule(lines[first] ?? '') ? first : leadBegins(lines, from, first)
  return dropEnd(lines.slice(0, begins))
}

/** The line before goes with it where it ends in no full stop: "On 1 December, the node" and then the address. */
function leadBegins(lines: readonly string[], from: number, first: number): number {
  const before = lines[first - 1]
  if (first <= from || before === undefined) return first
  return /\d/.test(before) && !/[.!?。؟]$/.test(before.trimEnd()) ? first - 1 : first
}

function dropEnd(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => !isBlank(line) && !isRule(line))
  return lines.slice(0, end + 1)
}
