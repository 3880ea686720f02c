import type { CastBallot, Choice, Poll } from './ballot.ts'

/*
 * The count once more, as slowly and plainly as one would do it by hand, to hold the real one against:
 * times as numbers, each ballot compared with each other, weights laid out one by one. Shares nothing
 * with `countBallots`.
 */

type Fate = string

export type ByHand = {
  readonly outcome: string
  /** What became of each record. */
  readonly fates: ReadonlyMap<string, Fate>
  readonly votes: ReadonlyMap<string, Choice>
}

const ms = (at: string | null) => (at === null ? Number.NaN : Date.parse(at))

export function countByHand(poll: Poll, ballots: readonly CastBallot[], at: string): ByHand {
  const { proposal, room } = poll
  const records: CastBallot[] = []
  for (const one of ballots) {
    if (!records.some((other) => other.digest === one.digest)) records.push(one)
  }
  const isVoid = room.withdrawnAt !== null && ms(room.withdrawnAt) < ms(proposal.closesAt)
  const fates = new Map<string, Fate>()
  for (const one of records) {
    const proofs = ballots.filter((other) => other.digest === one.digest && other.provenAt !== null)
    const proof = Math.min(...proofs.map((other) => ms(other.provenAt)))
    const isForked = records.some(
      (other) =>
        other.author === one.author && other.place === one.place && other.digest !== one.digest,
    )
    const faults: readonly Fault[] = [
      ['proposal-withdrawn', isVoid],
      ...faultsOfPaper(poll, one),
      ...faultsOfTime(poll, one, proof),
      ['forked', isForked],
      ['not-proven-in-time', !Number.isFinite(proof) && ms(at) > lastProof(proposal)],
      ['unproven', !Number.isFinite(proof)],
    ]
    // Another proposal is another proposal, whatever became of this one.
    const isOther = one.ballot.proposal !== proposal.id
    const first = isOther ? 'unknown-proposal' : faults.find(([, holds]) => holds)?.[0]
    fates.set(one.digest, first ?? 'valid')
  }
  const valid = records.filter(({ digest }) => fates.get(digest) === 'valid')
  const votes = voteOfEach(proposal, valid, fates)
  return { outcome: isVoid ? 'withdrawn' : decide(proposal, votes), fates, votes }
}

/** The close, the longest grace, and then as long as voting was open or one day. */
function lastProof({ opensAt, closesAt, offline }: Poll['proposal']): number {
  let last = ms(closesAt)
  for (const { graceMs } of offline) last = Math.max(last, ms(closesAt) + graceMs)
  return last + Math.min(ms(closesAt) - ms(opensAt), 24 * 60 * 60 * 1000)
}

function voteOfEach(
  proposal: Poll['proposal'],
  valid: readonly CastBallot[],
  fates: Map<string, Fate>,
): ReadonlyMap<string, Choice> {
  const votes = new Map<string, Choice>()
  for (const { ballot, digest, place } of valid) {
    const better = valid.some(
      (one) =>
        one.ballot.organisation === ballot.organisation &&
        (proposal.mayChange ? one.place > place : one.place < place),
    )
    const other = proposal.mayChange ? 'replaced' : 'already-voted'
    fates.set(digest, better ? other : 'counted')
    if (!better) votes.set(ballot.organisation, ballot.choice)
  }
  return votes
}

type Fault = readonly [string, boolean]

function faultsOfPaper(
  { proposal, texts }: Poll,
  { ballot, author, signedBy }: CastBallot,
): readonly Fault[] {
  const member = proposal.roster.find((one) => one.organisation === ballot.organisation)
  const both = new Set([...Object.entries(texts), ...Object.entries(ballot.texts)].map(String))
  const isOtherText =
    both.size !== Object.keys(texts).length || both.size !== Object.keys(ballot.texts).length
  const isSecond = signedBy.some((one) => one !== ballot.officer)
  return [
    ['not-by-ballot', proposal.method.kind === 'silence'],
    ['other-reading', ballot.reading !== proposal.reading],
    ['wrong-text', isOtherText],
    ['not-eligible', !member],
    ['recused', proposal.recused.some((one) => one.organisation === ballot.organisation)],
    ['not-the-author', author !== ballot.organisation],
    ['bad-assertion', !signedBy.some((one) => one === ballot.officer)],
    ['two-officers-needed', member?.officers === 2 && !isSecond],
  ]
}

/** With a proof that there is not, nothing is true but that whoever is out is out. */
function faultsOfTime({ proposal, room }: Poll, { ballot }: CastBallot, proof: number) {
  const who = ballot.organisation
  const isOut = room.expelled.some((one) => one.organisation === who && !(proof < ms(one.at)))
  const grace = proposal.offline.find((one) => one.organisation === who)?.graceMs ?? 0
  return [
    ['expelled', isOut],
    ['before-opening', proof < ms(proposal.opensAt)],
    ['after-close', Number.isFinite(proof) && proof - grace > ms(proposal.closesAt)],
  ] as const
}

function decide(
  { method, quorum, roster, recused }: Poll['proposal'],
  votes: ReadonlyMap<string, Choice>,
): string {
  if (votes.size < quorum) return 'no-quorum'
  const pile: Record<Choice | 'silent', bigint> = { yes: 0n, no: 0n, abstain: 0n, silent: 0n }
  for (const { organisation, weight } of roster) {
    if (recused.some((one) => one.organisation === organisation)) continue
    const stones = method.kind === 'weighted' ? weight : 1
    pile[votes.get(organisation) ?? 'silent'] += BigInt(stones)
  }
  if (method.kind.startsWith('consensus') && pile.no > 0n) return 'blocked'
  return pile.yes > 0n && isCarried(method, pile) ? 'adopted' : 'rejected'
}

function isCarried(
  method: Poll['proposal']['method'],
  { yes, no, abstain, silent }: Readonly<Record<Choice | 'silent', bigint>>,
): boolean {
  if (!('of' in method)) return method.kind !== 'silence'
  const others = no + (method.of === 'entitled' ? abstain + silent : 0n)
  if (method.kind === 'simple-majority') return yes > others
  // At least two of three: for each of the others there are two.
  if (method.kind === 'two-thirds') return yes >= 2n * others
  const [least, all] = [BigInt(method.share.atLeast), BigInt(method.share.of)]
  return yes * (all - least) >= others * least && yes > no
}
