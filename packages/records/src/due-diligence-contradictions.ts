import { Entry, type EntryKind } from '@tocsin/domain/matter.ts'
import { stampsOf } from '@tocsin/domain/stamps.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from './canonical.ts'
import { type DueDiligence, sha256Of } from './due-diligence.ts'

/** Where the rest of a file says something else than the signed record. */
export type Contradiction =
  | 'warning-text-differs'
  | 'warning-not-on-record'
  | 'warning-signatures-differ'
  | 'warning-time-differs'
  | 'warning-missing'
  | 'opening-differs'
  | 'opening-missing'
  | 'acknowledgement-differs'
  | 'acknowledgement-missing'
  | 'answer-differs'
  | 'answer-missing'
  | 'times-reversed'
  | 'steps-differ'

type Found = { readonly fault: Contradiction; readonly at: string }

/** What an entry says; its kind may be one that this version does not know yet. */
export const Said = Entry.pick({ at: true, by: true, text: true, facts: true }).extend({
  kind: z.string(),
})
export type Said = Readonly<z.infer<typeof Said>>

type ToldAuthority = DueDiligence['notifications'][number]
type SignedWarning = DueDiligence['warnings'][number]

/** A fact and its entry are written in one transaction, which may wait for another's to end. */
const SAME_MOMENT_MS = 60_000

const isSameMoment = (one: string, other: string): boolean =>
  Math.abs(Date.parse(one) - Date.parse(other)) <= SAME_MOMENT_MS

/** Everything in which warnings, notifications and steps contradict what the signed entries say. */
export function contradictionsIn(file: DueDiligence, record: readonly Said[]): readonly Found[] {
  return [
    ...file.warnings.flatMap((warning) => ofWarning(warning, record)),
    ...missingWarnings(file, record),
    ...ofNotifications(file, record),
    ...file.notifications.flatMap((told) => ofTimes(told, file)),
    ...ofSteps(file, record),
  ]
}

const isSending = ({ kind }: Said): boolean => kind === 'warning.sent' || kind === 'warning.updated'

function ofWarning(warning: SignedWarning, record: readonly Said[]): readonly Found[] {
  const { id, symbol: at, draft, sha256, signatures, sentAt } = warning
  const entry = record.find((one) => isSending(one) && one.facts['warning'] === id)
  if (!entry) return [{ fault: 'warning-not-on-record', at }]
  const found: Found[] = []
  if (sha256Of(draft as Json) !== sha256 || entry.facts['sha256'] !== sha256) {
    found.push({ fault: 'warning-text-differs', at })
  }
  if (!isSameSignatures(signatures, entry.facts['signatures'])) {
    found.push({ fault: 'warning-signatures-differ', at })
  }
  if (sentAt === null || !isSameMoment(sentAt, entry.at)) {
    found.push({ fault: 'warning-time-differs', at })
  }
  return found
}

const Signatures = z.array(
  z.object({ name: z.string(), office: z.string().nullable(), at: z.string() }),
)

function isSameSignatures(said: SignedWarning['signatures'], recorded: unknown): boolean {
  const signed = Signatures.safeParse(recorded).data
  const own = Signatures.parse(said)
  return signed !== undefined && canonicalJson(signed) === canonicalJson(own)
}

function missingWarnings({ warnings }: DueDiligence, record: readonly Said[]): readonly Found[] {
  const known = new Set<unknown>(warnings.map(({ id }) => id))
  return record
    .filter((one) => isSending(one) && !known.has(one.facts['warning']))
    .map(({ facts }) => ({ fault: 'warning-missing', at: String(facts['number']) }))
}

/** One thing that an authority did: what the file says of it, and what entry must say the same. */
type Act = {
  readonly name: 'opening' | 'acknowledgement' | 'answer'
  readonly kind: EntryKind
  readonly at: (told: ToldAuthority) => string | null
  readonly isSame: (told: ToldAuthority, entry: Said) => boolean
}

const acts: readonly Act[] = [
  {
    name: 'opening',
    kind: 'notification.opened',
    // Whoever acknowledged without opening the page has opened it at that moment.
    at: ({ openedAt, acknowledgedAt }) => (openedAt === acknowledgedAt ? null : openedAt),
    isSame: () => true,
  },
  {
    name: 'acknowledgement',
    kind: 'notification.acknowledged',
    at: ({ acknowledgedAt }) => acknowledgedAt,
    isSame: ({ acknowledgement: said }, { facts, text, by }) =>
      said?.reaction === facts['reaction'] && said?.note === text && said?.name === by.name,
  },
  {
    name: 'answer',
    kind: 'notification.answered',
    at: ({ answeredAt }) => answeredAt,
    isSame: ({ answer: said }, { facts, text, by }) =>
      said?.outcome === facts['outcome'] && said?.text === text && said?.name === by.name,
  },
]

/** Holds what the file says of each authority against the entries, one entry for each thing done. */
function ofNotifications(
  { notifications }: DueDiligence,
  record: readonly Said[],
): readonly Found[] {
  return acts.flatMap(({ name, kind, at: timeOf, isSame }) => {
    const left = new Set(record.filter((entry) => entry.kind === kind))
    const found: Found[] = []
    for (const told of notifications) {
      const time = timeOf(told)
      if (time === null) continue
      const entry = [...left].find(
        (one) =>
          one.facts['authority'] === told.authority &&
          one.facts['office'] === told.office &&
          isSameMoment(one.at, time) &&
          isSame(told, one),
      )
      if (entry) left.delete(entry)
      else found.push({ fault: `${name}-differs`, at: placeOf(told) })
    }
    const missing = [...left].map(({ at, facts }) => ({
      fault: `${name}-missing` as const,
      at: `${String(facts['authority'])}, ${at}`,
    }))
    return [...found, ...missing]
  })
}

const placeOf = ({ authority, office }: ToldAuthority): string => `${office}, ${authority}`

/** Nobody acknowledges before it was sent, or answers before acknowledging. */
function ofTimes(told: ToldAuthority, { warnings }: DueDiligence): readonly Found[] {
  const { openedAt, acknowledgedAt, answeredAt } = told
  const sentAt = warnings.find(({ id }) => id === told.warning)?.sentAt ?? null
  const times = [sentAt, openedAt, acknowledgedAt, answeredAt].filter((time) => time !== null)
  const isReversed = times.some((time, index) => time < (times[index - 1] ?? ''))
  const isLacking = answeredAt !== null && acknowledgedAt === null
  return isReversed || isLacking ? [{ fault: 'times-reversed', at: placeOf(told) }] : []
}

function ofSteps({ steps, matter }: DueDiligence, record: readonly Said[]): readonly Found[] {
  const entries = record.map((one, index) => ({
    ...one,
    // Only kind, time and facts make a step; a kind that is not known yet makes none.
    kind: one.kind as EntryKind,
    matter: matter.id as Entry['matter'],
    seq: index + 1,
    digest: '' as Entry['digest'],
  }))
  const read = stampsOf(entries)
  return canonicalJson(read) === canonicalJson(steps) ? [] : [{ fault: 'steps-differ', at: '' }]
}
