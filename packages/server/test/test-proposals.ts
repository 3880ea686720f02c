import * as api from '@tocsin/api/decisions.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { ClauseId } from '@tocsin/domain/clauses.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { Answering, Putting } from '@tocsin/domain/deciding.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { keepOrder } from '../src/decisions/home-jobs.ts'
import { settleProposals } from '../src/decisions/jobs.ts'
import { watchLog } from '../src/network/log.ts'
import { exchangeCheckpoints } from '../src/network/log-exchange.ts'
import { publicLogKeys } from '../src/network/log-keys.ts'
import { sequenceLogs } from '../src/network/log-sequencer.ts'
import type { TestPerson } from './test-people.ts'
import { carry, type Sharer } from './test-sharing.ts'

export const HOUR = 3_600_000
export const MINUTE = 60_000

/** Each node watches the logs of all the others, and has its own cosigned by them. */
export async function witnessEachOther(
  nodes: readonly Sharer[],
  urlOf: (from: Sharer, to: Sharer) => string = (_, to) => to.url,
): Promise<void> {
  for (const node of nodes) {
    for (const other of nodes) {
      if (node === other) continue
      const origin = `${new URL(other.app.node.origin).host}/log/${other.own}`
      const { verifierKey, witnessKey } = await publicLogKeys(other.app, origin)
      await node.app.db.as(system, (tx) =>
        watchLog(tx, {
          ...{ organisation: other.own, verifierKey, witnessKey },
          address: `${urlOf(node, other)}/log/${other.own}`,
          witnessAddress: `${urlOf(node, other)}/witness`,
        }),
      )
    }
  }
}

/** Lets a minute pass for all, in which logs grow and are cosigned and homes put in order and count. */
async function passMinute(all: readonly Sharer[], linked: readonly Sharer[]): Promise<void> {
  for (const node of all) node.advance(MINUTE)
  await Promise.all(linked.map(({ app }) => sequenceLogs(app)))
  await Promise.all(linked.map(({ app }) => exchangeCheckpoints(app)))
  await Promise.all(linked.map(({ app }) => settleProposals(app)))
  await Promise.all(linked.map(({ app }) => keepOrder(app)))
}

/** The longest that a step may take on a machine that does much else. */
const PATIENCE_MS = 120_000

/**
 * The same again and again, while the nodes themselves hand over what they said, until nothing is missing.
 * Throws what each of them still holds instead.
 */
export async function liveUntil(
  step: string,
  all: readonly Sharer[],
  linked: readonly Sharer[],
  listMissing: () => Promise<readonly string[]>,
): Promise<void> {
  const began = Date.now()
  for (;;) {
    const missing = await listMissing()
    if (missing.length === 0) return
    if (Date.now() - began > PATIENCE_MS) {
      throw new Error(`after ${PATIENCE_MS / 1000} s, ${step}: ${missing.join('; ')}`)
    }
    await passMinute(all, linked)
  }
}

/**
 * Lets a minute pass for all, in which logs grow and are cosigned and those who have a link to each other
 * hand over what they said, until it has come to that.
 */
export async function settleUntil(
  all: readonly Sharer[],
  linked: readonly Sharer[],
  holds: () => Promise<boolean>,
): Promise<void> {
  for (let minutes = 0; minutes < 40; minutes += 1) {
    if (await holds()) return
    await passMinute(all, linked)
    for (const node of linked) await carry(node, ...linked.filter((other) => other !== node))
  }
  throw new Error('it did not come to that')
}

export const clauseIds = [newId<ClauseId>(), newId<ClauseId>()] as const

export const putting = (at: Instant, parts: Partial<Putting> = {}): Putting => ({
  title: { en: 'Joint presence', fr: 'Présence commune' },
  clauses: [
    {
      clause: clauseIds[0],
      texts: { en: 'Members deploy observers.', fr: 'Les membres déploient des observateurs.' },
    },
    {
      clause: clauseIds[1],
      texts: { en: 'The desk reports every week.', fr: 'Le bureau rend compte chaque semaine.' },
    },
  ],
  originals: ['en'],
  closesAt: addMilliseconds(at, 48 * HOUR),
  ...{ item: null, quorum: 1, opensAt: null, isSealed: false, mayChange: true },
  method: { kind: 'silence', minimumHours: 24, extensionHours: 72 },
  ...{ weights: [], recused: [] },
  hasConvenerSay: true,
  ...parts,
})

export const proposalsOf = async ({ call }: TestPerson, consultation: ConsultationId) =>
  (await call(api.listProposals, { params: { consultation } })).proposals

export const firstOf = async (person: TestPerson, consultation: ConsultationId) => {
  const [proposal] = await proposalsOf(person, consultation)
  if (!proposal) throw new Error('nothing was put')
  return proposal
}

/** How a member stands by what a node counts. */
export const stateOf = async ({ focal }: Sharer, consultation: ConsultationId, member: Sharer) =>
  (await firstOf(focal, consultation)).members.find(
    ({ organisation }) => organisation === member.own,
  )

/**
 * What a node counts, as one text. Each node calls organisations by its own names; what one says that nobody
 * has witnessed yet, others may not hold.
 */
const ownWords = ['name', 'organisationName', 'pending']

export const countedBy = async ({ focal }: Sharer, consultation: ConsultationId) =>
  JSON.stringify(await proposalsOf(focal, consultation), (key, value) =>
    ownWords.includes(key) ? undefined : value,
  )

type Where = {
  readonly consultation: ConsultationId
  readonly proposal: ProposalId
  readonly reading?: number
}

export const answer = (
  { call }: TestPerson,
  { reading = 1, ...one }: Where,
  said: Answering,
  key = newId<string>(),
) => call(api.answerProposal, { params: { ...one, answer: key }, body: { reading, answer: said } })
