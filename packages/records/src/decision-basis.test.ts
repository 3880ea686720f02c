import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideByBallot, decideBySilence, silentRoom, votedRoom } from '../test/made-decision.ts'
import { hour, type MadeRoom, passkeyOf } from '../test/made-room.ts'
import { composeDecisionFile, type HeldForDecision } from './decision-basis.ts'
import { checkDecision } from './decision-check.ts'
import { type DecisionFile, decisionFileText } from './decision-file.ts'
import { digestOf } from './jws.ts'
import { readPolicy } from './log/policy.ts'
import { readProof } from './log/proof-file.ts'
import { provenTimes } from './log/proven-time.ts'
import { readKept } from './record.ts'
import { readRoom } from './room-evidence.ts'
import { officersObject } from './stix/ballot.ts'

/** What somebody holds, read as a node reads it. */
async function heldIn(file: DecisionFile): Promise<HeldForDecision> {
  const policy = readPolicy(file.policy)
  if ('line' in policy) throw new Error('the policy is read')
  const records = file.records.map((statement) => ({
    ...{ digest: digestOf(statement), statement },
    ...readKept(statement),
  }))
  const proofs = file.proofs.flatMap((text) => readProof(text) ?? [])
  const evidence = await readRoom(records, provenTimes(proofs, policy))
  const [decision] = evidence.decisions
  if (!decision) throw new Error('it is decided')
  return { ...file, decision, evidence, records }
}

const textOf = async (file: DecisionFile) =>
  decisionFileText(composeDecisionFile(await heldIn(file)))

const rooms: readonly (readonly [string, () => Promise<MadeRoom>])[] = [
  [
    'by ballots',
    async () => {
      const room = await votedRoom()
      await decideByBallot(room)
      return room
    },
  ],
  [
    'by silence',
    async () => {
      const room = silentRoom()
      await decideBySilence(room)
      return room
    },
  ],
]

/** What goes on in the room when all is over. */
async function goOn(room: MadeRoom): Promise<void> {
  const { key } = passkeyOf('Ardenia')
  room.say('Ardenia', null, (said) =>
    officersObject({ ...said, key: room.newKey(), officers: [key] }),
  )
  await room.vote('Ardenia', 130, 'no')
  await room.vote('Dalesh', null, 'no')
  room.stand('Belmara', 131, { kind: 'break-silence', reasons: 'Too late.' })
}

describe('the file of a decision', () => {
  test.each(rooms)(
    '%s is the same, whatever came in which order, how often and later',
    async (_, make) => {
      const room = await make()
      const before = room.file()
      const expected = await textOf(before)
      const again = [...room.times].map(([digest, at]) => {
        const hours = (Date.parse(at) - Date.parse(hour(0))) / 3_600_000
        return [room.proveAgain(digest, hours + 1), room.proveAgain(digest, hours + 40)]
      })
      await goOn(room)
      const after = room.file()
      const pick = <T>(all: readonly T[]) => fc.shuffledSubarray([...all, ...all])
      await fc.assert(
        fc.asyncProperty(
          pick(after.records.slice(before.records.length)),
          pick([...after.proofs.slice(before.proofs.length), ...again.flat()]),
          fc.shuffledSubarray(before.records, { minLength: before.records.length }),
          fc.shuffledSubarray(before.proofs, { minLength: before.proofs.length }),
          fc.shuffledSubarray(before.keys, { minLength: before.keys.length }),
          async (records, proofs, allRecords, allProofs, keys) => {
            const file = {
              ...before,
              keys,
              records: [...records, ...allRecords],
              proofs: [...proofs, ...allProofs],
            }
            expect(await textOf(file)).toBe(expected)
          },
        ),
        { numRuns: 5 },
      )
    },
  )

  test.each(rooms)('%s holds all that it is counted again by', async (_, make) => {
    const text = await textOf((await make()).file())
    const { faults, tally, silence } = await checkDecision(new TextEncoder().encode(text))
    expect(faults).toEqual([])
    expect((tally ?? silence)?.outcome).toBe('adopted')
  })

  test('takes the proof that shows the earlier time, where it comes late', async () => {
    const room = await votedRoom()
    await decideByBallot(room)
    const file = room.file()
    const [ballot] = (await heldIn(file)).evidence.ballots
    const digest = ballot?.digest
    if (!digest) throw new Error('nobody voted')
    const earlier = room.proveAgain(digest, 7)
    const { proofs } = composeDecisionFile(
      await heldIn({ ...file, proofs: [...file.proofs, earlier] }),
    )
    expect(proofs).toContain(earlier)
    expect(proofs).toHaveLength(composeDecisionFile(await heldIn(file)).proofs.length)
  })

  test('shows a ballot that was there in time and that the tally leaves out', async () => {
    const room = await votedRoom()
    await decideByBallot(room, {
      tally: (tally) => ({ ...tally, counted: tally.counted.slice(1), replaced: [], refused: [] }),
    })
    const text = await textOf(room.file())
    const { faults } = await checkDecision(new TextEncoder().encode(text))
    expect(faults.map(({ fault }) => fault)).toContain('home-ballot-dropped')
  })
})
