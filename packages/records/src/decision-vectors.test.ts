import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { countBallots } from '@tocsin/domain/tally.ts'
import { describe, expect, test } from 'vitest'
import { decisionVectors } from '../test/decision-vectors.ts'
import { canonicalJson } from './canonical.ts'
import { checkDecision } from './decision-check.ts'
import { checkAssertion } from './passkey/assertion.ts'
import { ballotChallenge } from './passkey/ballot-challenge.ts'

const folder = fileURLToPath(new URL('../../../docs/protocol/vectors/decisions/', import.meta.url))
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8')

describe('the published vectors of decisions', () => {
  test('are those that the script makes, and no others', async () => {
    const made = await decisionVectors()
    expect(readdirSync(folder).sort()).toEqual(Object.keys(made).sort())
    for (const [name, text] of Object.entries(made)) expect(read(name), name).toBe(text)
  })

  test('of a ballot have the challenge that stands there, and the faults', async () => {
    const { ballot, canonical, challenge, key, assertions } = JSON.parse(read('challenge.json'))
    expect(canonicalJson(ballot)).toBe(canonical)
    const asked = { challenge: ballotChallenge(ballot), key }
    expect(Buffer.from(asked.challenge).toString('hex')).toBe(challenge)
    for (const { about, assertion, fault } of assertions) {
      expect((await checkAssertion(assertion, asked)) ?? null, about).toBe(fault)
    }
    const faults = new Set(assertions.map(({ fault }: { fault: string | null }) => fault))
    expect(faults.size).toBe(assertions.length)
  })

  test('of polls come to the results that stand there', () => {
    const polls = JSON.parse(read('tallies.json'))
    for (const { ballots, at, tally, ...poll } of polls) {
      expect(countBallots(poll, ballots, at)).toEqual(tally)
    }
    expect(polls).toHaveLength(40)
  })

  test('of decisions hold, or do not for the reason that stands there', async () => {
    const expected = JSON.parse(read('expected.json'))
    for (const { file, faults, decidedAt } of expected) {
      const checked = await checkDecision(new TextEncoder().encode(read(file)))
      expect(checked, file).toMatchObject({ faults, decidedAt })
    }
    const of = (file: string) => expected.find((one: { file: string }) => one.file === file)?.faults
    expect(of('adopted.json')).toEqual([])
    expect(of('silence.json')).toEqual([])
    expect(of('late-proof.json')).toEqual([])
    expect(of('dropped.json')[0].fault).toBe('home-ballot-dropped')
    expect(of('too-early.json')[0].fault).toBe('not-final')
  })
})
