import { bytesToHex } from '@noble/hashes/utils.js'
import type { Ballot } from '@tocsin/domain/ballot.ts'
import { drawPoll } from '@tocsin/domain/made-poll.ts'
import { countBallots } from '@tocsin/domain/tally.ts'
import { canonicalJson, type Json } from '../src/canonical.ts'
import { checkDecision } from '../src/decision-check.ts'
import { decisionFileText } from '../src/decision-file.ts'
import { type Assertion, checkAssertion } from '../src/passkey/assertion.ts'
import { ballotChallenge } from '../src/passkey/ballot-challenge.ts'
import { hashTexts } from '../src/proposal-text.ts'
import { decideByBallot, decideBySilence, silentRoom, votedRoom } from './made-decision.ts'
import { hour, type MadeRoom, officerOf, organisationOf, passkeyOf, proposal } from './made-room.ts'

const print = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const ballot: Ballot = {
  proposal: proposal.id,
  reading: proposal.reading,
  texts: hashTexts(proposal),
  choice: 'yes',
  explanation: 'المادة 2 “protects” those who cross. 科夫',
  organisation: organisationOf('Ardenia'),
  officer: officerOf('Ardenia'),
  at: hour(8),
}

/** One assertion that holds, and one for each reason for which another does not. */
async function assertions() {
  const { key, sign } = passkeyOf('Ardenia')
  const challenge = ballotChallenge(ballot)
  const good = await sign(challenge)
  const other = await passkeyOf('Belmara').sign(challenge)
  const cases: readonly (readonly [string, Assertion])[] = [
    ['by the officer named, in person', good],
    ['for another choice', await sign(ballotChallenge({ ...ballot, choice: 'no' }))],
    ['on another site’s page', await sign(challenge, { origin: 'https://evil.example' })],
    ['for another site', await sign(challenge, { site: 'evil.example' })],
    ['when a passkey was made', await sign(challenge, { type: 'webauthn.create' })],
    ['without making sure who it was', await sign(challenge, { flags: 0x01 })],
    ['by another passkey under this one’s name', { ...good, signature: other.signature }],
    ['by another passkey', other],
    ['cut short', { ...good, authenticator: good.authenticator.slice(0, 20) }],
  ]
  return Promise.all(
    cases.map(async ([about, assertion]) => {
      const fault = await checkAssertion(assertion, { challenge, key })
      return { about, assertion, fault: fault ?? null }
    }),
  )
}

/** Polls with all that can be wrong with a ballot, and what they come to. */
const polls = () =>
  Array.from({ length: 40 }, (_, at) => {
    const drawn = drawPoll(at + 1, 1 + (at % 6))
    const { poll, ballots } = drawn
    return { ...poll, ballots, at: drawn.at, tally: countBallots(poll, ballots, drawn.at) }
  })

const decided = async (room: MadeRoom, decide: (room: MadeRoom) => Promise<unknown>) => {
  await decide(room)
  return decisionFileText(room.file())
}

/** The files of docs/protocol/vectors/decisions; the same on every machine. */
export async function decisionVectors(): Promise<Readonly<Record<string, string>>> {
  const files = {
    'adopted.json': await decided(await votedRoom(), decideByBallot),
    'dropped.json': await decided(await votedRoom(), (room) =>
      decideByBallot(room, {
        tally: (tally) => ({ ...tally, counted: tally.counted.slice(1) }),
      }),
    ),
    'too-early.json': await decided(await votedRoom(), (room) =>
      decideByBallot(room, { decidedAt: 47 }),
    ),
    'late-proof.json': await decided(await votedRoom(), async (room) => {
      const slow = await room.vote('Ardenia', null, 'no')
      await decideByBallot(room, { countedAt: 73, decidedAt: 74 })
      room.prove(slow, 47)
    }),
    'silence.json': await decided(silentRoom(), decideBySilence),
  }
  const expected = await Promise.all(
    Object.entries(files).map(async ([file, text]) => {
      const checked = await checkDecision(new TextEncoder().encode(text))
      const { faults, decidedAt, tally, silence } = checked
      return { file, faults, decidedAt, tally: tally ?? null, silence: silence ?? null }
    }),
  )
  return {
    ...files,
    'challenge.json': print({
      ballot,
      canonical: canonicalJson(ballot as Json),
      challenge: bytesToHex(ballotChallenge(ballot)),
      key: passkeyOf('Ardenia').key,
      assertions: await assertions(),
    }),
    'expected.json': print(expected),
    'tallies.json': `[\n${polls()
      .map((poll) => JSON.stringify(poll))
      .join(',\n')}\n]\n`,
  }
}
