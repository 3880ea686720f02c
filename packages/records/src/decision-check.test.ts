import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideByBallot,
  decideBySilence,
  evidenceOf,
  type Lies,
  silentRoom,
  votedRoom,
} from '../test/made-decision.ts'
import {
  home,
  hour,
  type MadeRoom,
  makeRoom,
  organisationOf,
  policyText,
} from '../test/made-room.ts'
import { canonicalJson } from './canonical.ts'
import { checkDecision } from './decision-check.ts'
import { type DecisionFile, decisionFileText } from './decision-file.ts'
import { digestOf } from './jws.ts'
import { readPolicy } from './log/policy.ts'
import { questionEndObject } from './stix/question.ts'

const bytesOf = (file: DecisionFile) => new TextEncoder().encode(decisionFileText(file))
const faultsIn = async (file: DecisionFile) =>
  (await checkDecision(bytesOf(file))).faults.map(({ fault }) => fault)
const decided = async (lies: Lies, room?: MadeRoom) => {
  const made = room ?? (await votedRoom())
  await decideByBallot(made, lies)
  return made.file()
}

describe('a decision by ballot', () => {
  test('holds, counted again by whoever holds the file', async () => {
    const checked = await checkDecision(bytesOf(await decided({})))
    expect(checked.faults).toEqual([])
    expect(checked.decidedAt).toBe(hour(51))
    expect(checked.tally).toMatchObject({
      outcome: 'adopted',
      yes: { organisations: 3 },
      no: { organisations: 1 },
      notVoted: [],
    })
    expect(checked.tally?.refused.map(({ reason }) => reason)).toEqual(['after-close', 'recused'])
    expect(checked.tally?.replaced).toHaveLength(1)
    expect(checked.decision?.dissent).toEqual([
      { organisation: organisationOf('Dalesh'), text: 'Thirty days are too few.' },
    ])
  })

  test('does not hold where the home lies, and it is said how', async () => {
    const drop: Lies = { tally: (tally) => ({ ...tally, counted: tally.counted.slice(1) }) }
    expect(await faultsIn(await decided(drop))).toEqual([
      'home-ballot-dropped',
      'differs-present',
      'differs-votes',
    ])
    const turn: Lies = {
      tally: (tally) => ({
        ...tally,
        counted: tally.counted.map((one) => ({ ...one, choice: 'yes' as const })),
      }),
    }
    expect(await faultsIn(await decided(turn))).toEqual(['home-ballot-forged', 'differs-votes'])
    const late: Lies = {
      tally: (tally) => {
        const refused = tally.refused.find(({ reason }) => reason === 'after-close')
        const counted = { ...refused, choice: 'no', provenAt: hour(47) }
        return { ...tally, counted: [...tally.counted, counted] } as typeof tally
      },
    }
    expect(await faultsIn(await decided(late))).toContain('home-ballot-miscounted')
    const invented: Lies = {
      tally: (tally) => ({
        ...tally,
        counted: tally.counted.map((one, at) =>
          at === 0 ? { ...one, digest: 'ab'.repeat(32) as Sha256 } : one,
        ),
      }),
    }
    expect(await faultsIn(await decided(invented))).toContain('home-ballot-not-shown')
    const other: Lies = { tally: (tally) => ({ ...tally, outcome: 'rejected' }) }
    expect(await faultsIn(await decided(other))).toEqual(['home-other-result', 'differs-outcome'])
  })

  test('does not hold where it says something else than was voted', async () => {
    const claims = [
      ['differs-text', { reading: 3 }],
      ['differs-outcome', { outcome: 'rejected' }],
      ['differs-recused', { recused: [] }],
      ['differs-present', { present: [] }],
      ['differs-votes', { votes: [] }],
      ['differs-dissent', { dissent: [] }],
      [
        'differs-dissent',
        { dissent: [{ organisation: organisationOf('Ardenia'), text: 'Never.' }] },
      ],
    ] as const
    for (const [fault, change] of claims) {
      const lie: Lies = { decision: (decision) => ({ ...decision, ...change }) as typeof decision }
      expect(await faultsIn(await decided(lie)), fault).toEqual([fault])
    }
  })

  test('does not hold before the time is over, without proof, or without what it cites', async () => {
    expect(await faultsIn(await decided({ decidedAt: 47 }))).toEqual(['not-final'])
    expect(await faultsIn(await decided({ decidedAt: null }))).toEqual(['not-proven'])
    const nowhere = 'cd'.repeat(32) as Sha256
    const cite = (change: object): Lies => ({ decision: (one) => ({ ...one, ...change }) })
    expect(await faultsIn(await decided(cite({ question: nowhere })))).toEqual(['no-question'])
    expect(
      await faultsIn(await decided(cite({ ground: { kind: 'tally', tally: nowhere } }))),
    ).toEqual(['no-tally'])
    const undecided = await votedRoom()
    expect(await faultsIn(undecided.file())).toEqual(['no-decision'])
  })

  test('counts by the proofs and witnesses, not by what anybody says of the time', async () => {
    const file = await decided({})
    const none = await checkDecision(bytesOf({ ...file, proofs: [] }))
    expect(none.faults.map(({ fault }) => fault)).toEqual(['not-proven'])
    const strict = readPolicy(policyText.replace('neighbours 2', 'neighbours all'))
    if ('line' in strict) throw new Error('the policy is read')
    // All three must have seen it: the one whose clock is wrong makes nothing earlier.
    expect((await checkDecision(bytesOf(file), strict)).faults).toEqual([])
    const lone = readPolicy(policyText.replace('quorum neighbours', 'quorum dalesh'))
    if ('line' in lone) throw new Error('the policy is read')
    expect((await checkDecision(bytesOf(file), lone)).decidedAt).toBe(hour(26))
    const unread = await faultsIn({ ...file, policy: 'quorum' })
    expect(unread).toEqual(['policy-not-readable', 'not-proven'])
  })

  test('waits for a ballot that is here and not proven', async () => {
    const room = await votedRoom()
    await room.vote('Ardenia', null, 'no')
    expect(await faultsIn(await decided({}, room))).toEqual(['not-final'])
  })

  test('waits no longer than was known when it was put, and stands whatever is proven later', async () => {
    const room = await votedRoom()
    const slow = await room.vote('Ardenia', null, 'no')
    const file = await decided({ countedAt: 73, decidedAt: 74 }, room)
    const checked = await checkDecision(bytesOf(file))
    expect(checked.faults).toEqual([])
    expect(checked.late).toEqual([])
    const isSlow = ({ reason }: { readonly reason: string }) => reason === 'not-proven-in-time'
    expect(checked.tally?.refused.filter(isSlow)).toMatchObject([{ digest: slow }])
    room.prove(slow, 47)
    const proven = await checkDecision(bytesOf(room.file()))
    expect(proven.faults).toEqual([])
    expect(proven.tally).toEqual(checked.tally)
    expect(proven.late).toEqual([slow])
    // Whoever says so before it is over has not waited.
    const hasty = await votedRoom()
    const early: Lies = {
      tally: (tally) => {
        const [first, ...counted] = tally.counted
        const refused = [...tally.refused, { ...first, reason: 'not-proven-in-time' }]
        return { ...tally, counted, refused } as typeof tally
      },
    }
    expect(await faultsIn(await decided(early, hasty))).toContain('not-final')
  })

  test('is void where the proposal was taken back by whoever put it, and by nobody else', async () => {
    const end = (by: typeof home | 'Ardenia') => async () => {
      const room = await votedRoom()
      const { asked } = room
      room.say(by, 20, (said) =>
        questionEndObject({
          ...said,
          proposal: asked.id,
          reading: asked.reading,
          reasons: 'Redrafted.',
        }),
      )
      return checkDecision(bytesOf(await decided({}, room)))
    }
    expect((await end('Ardenia')()).faults).toEqual([])
    const taken = await end(home)()
    expect(taken.tally?.outcome).toBe('withdrawn')
    expect(taken.faults.length).toBeGreaterThan(0)
  })

  test('does not hold when a record, a key or a proof is another', async () => {
    const file = await decided({})
    const text = decisionFileText(file)
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (at) => {
        const index = at % file.records.length
        const records = file.records.map((record, place) =>
          place === index ? { ...record, payload: record.payload.replace(/A/, 'B') } : record,
        )
        const isSame = records[index]?.payload === file.records[index]?.payload
        const { faults } = await checkDecision(bytesOf({ ...file, records }))
        expect(faults.length > 0).toBe(!isSame)
      }),
      { numRuns: 8 },
    )
    const [key] = file.keys as [DecisionFile['keys'][number]]
    expect(await faultsIn({ ...file, keys: [key, ...file.keys] })).toContain('key-ambiguous')
    expect(await faultsIn({ ...file, keys: file.keys.slice(1) })).toContain('record-unknown-key')
    const spaced = new TextEncoder().encode(`${text} `)
    expect((await checkDecision(spaced)).faults.map(({ fault }) => fault)).toEqual([
      'not-canonical',
    ])
    for (const bytes of ['', '{}', text.slice(1)]) {
      const { faults } = await checkDecision(new TextEncoder().encode(bytes))
      expect(faults).toEqual([{ fault: 'not-readable', at: '' }])
    }
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })
})

describe('a ballot', () => {
  test('is refused where the passkey that signed it was told only afterwards, or not', async () => {
    const room = makeRoom()
    await room.vote('Ardenia', 5, 'yes')
    const { ballots } = await evidenceOf(room)
    expect(ballots.map(({ signedBy }) => signedBy.length)).toEqual([1])
    await decideByBallot(room)
    // The record by which Ardenia told its officers' keys is left out of the file.
    const whole = room.file()
    const records = whole.records.filter((_, at) => at !== 1)
    const { tally } = await checkDecision(bytesOf({ ...whole, records }))
    expect(tally?.refused).toMatchObject([{ reason: 'bad-assertion' }])
  })

  test('in another’s name is not read as one', async () => {
    const room = await votedRoom()
    const digest = await room.vote('Ardenia', 12, 'no', { organisation: organisationOf('Belmara') })
    const { ballots } = await evidenceOf(room)
    expect(ballots.find((one) => one.digest === digest)?.author).toBe(organisationOf('Ardenia'))
    await decideByBallot(room)
    const { tally } = await checkDecision(bytesOf(room.file()))
    expect(tally?.refused).toContainEqual({
      digest,
      organisation: organisationOf('Belmara'),
      reason: 'not-the-author',
    })
    expect(room.file().records.map(digestOf)).toContain(digest)
  })
})

describe('a decision by silence', () => {
  const check = async (room: MadeRoom, lies: Lies = {}) => {
    await decideBySilence(room, lies)
    return checkDecision(bytesOf(room.file()))
  }

  test('holds when the time was over for all', async () => {
    const checked = await check(silentRoom())
    expect(checked.faults).toEqual([])
    expect(checked.silence).toMatchObject({ outcome: 'adopted', deadline: hour(72) as Instant })
  })

  test('holds as broken, with the reasons of whoever broke it', async () => {
    const room = silentRoom()
    room.stand('Estuary Isles', 71, { kind: 'break-silence', reasons: 'Article 2.' })
    const checked = await check(room)
    expect(checked.faults).toEqual([])
    expect(checked.decision?.dissent).toEqual([
      { organisation: organisationOf('Estuary Isles'), text: 'Article 2.' },
    ])
  })

  test('does not hold before, nor without a receipt, nor with another deadline', async () => {
    const faults = async (room: MadeRoom, lies: Lies = {}) =>
      (await check(room, lies)).faults.map(({ fault }) => fault)
    expect(await faults(silentRoom(), { decidedAt: 71 })).toEqual(['differs-outcome'])
    const room = makeRoom({ method: silentRoom().asked.method })
    for (const name of ['Ardenia', 'Belmara', 'Dalesh'] as const) {
      room.stand(name, 3, { kind: 'receipt' })
    }
    expect(await faults(room)).toEqual(['differs-outcome'])
    const cite = (change: object): Lies => ({
      decision: (one) => ({ ...one, ground: { ...one.ground, ...change } }) as typeof one,
    })
    expect(await faults(silentRoom(), cite({ deadline: hour(60) }))).toEqual(['differs-deadline'])
    const nowhere = 'cd'.repeat(32)
    expect(await faults(silentRoom(), cite({ positions: [nowhere] }))).toEqual([
      'differs-positions',
    ])
    const ground = { kind: 'silence' as const, deadline: hour(48), positions: [], expelled: [] }
    const voted = await decided({ decision: (one) => ({ ...one, ground }) })
    expect(await faultsIn(voted)).toEqual(['differs-outcome'])
  })
})
