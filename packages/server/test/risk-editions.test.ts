import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@tocsin/api/client.ts'
import * as api from '@tocsin/api/risk.ts'
import { operator, system, visitor } from '@tocsin/domain/actor.ts'
import type { Day, Sha256 } from '@tocsin/domain/brand.ts'
import type { BuildProgress, EditionId } from '@tocsin/domain/risk.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { recogniseFile } from '../src/risk/published-files.ts'
import { verifyEdition } from '../src/risk/verify.ts'
import { inventedPredictors } from './invented-predictors.ts'
import { startTestNode, type TestNode } from './test-node.ts'

const issuedOn = '1998-06-01' as Day
const text = inventedPredictors(5)
const id = (name: string) => name as EditionId

async function keep(client: Client, content: string, name = 'anything.csv') {
  return client(api.keepInput, { query: { name }, stream: new Blob([content]) })
}

async function build(client: Client, edition: string, inputs: Sha256[]): Promise<BuildProgress> {
  const body = { edition: id(edition), issuedOn, inputs, resamples: 200 }
  let progress = await client(api.buildEdition, { body })
  while (progress.state === 'waiting' || progress.state === 'running') {
    await pause(100)
    progress = await client(api.getBuild, { params: { edition: id(edition) } })
  }
  return progress
}

async function buildInvented(node: TestNode): Promise<Sha256> {
  const { sha256 } = await keep(node.operator, text)
  expect(await build(node.operator, '1998', [sha256])).toMatchObject({ state: 'done' })
  return sha256
}

async function readFrozen({ visitor: client }: TestNode, edition: string) {
  const all = await client(api.listEditions, {})
  const found = all.find((one) => one.id === edition) ?? expect.fail('no such edition')
  return {
    edition: found,
    figures: await client(api.getFigures, { params: { edition: id(edition) } }),
  }
}

const asFiles = (content: string) => {
  const file = recogniseFile('again.csv', Buffer.from(content))
  return new Map([[file.kind, file]])
}

describe('an edition', () => {
  test('is built from a kept file, frozen, and computed again bit for bit', async () => {
    const node = await startTestNode()
    const sha256 = await buildInvented(node)
    const frozen = await readFrozen(node, '1998')
    expect(frozen.edition).toMatchObject({
      origin: 'computed',
      dataYear: 1997,
      horizon: { from: 1998, to: 1999 },
      countries: 24,
      inputs: [{ name: 'anything.csv', sha256 }],
    })
    const all = await node.visitor(api.listEditions, {})
    expect(all.map((one) => one.id)).toEqual(['2025', '2024', '1998', '1997'])
    const kept = await node.operator(api.getInput, { params: { sha256 } })
    const files = asFiles(Buffer.from(kept, 'base64').toString('utf8'))
    const again = verifyEdition(frozen, files)
    expect(again).toMatchObject({ same: true, differences: [], withoutInputs: [] })
    const prior = await readFrozen(node, '1997')
    expect(prior.edition.origin).toBe('re-estimated')
    expect(verifyEdition(prior, files).same).toBe(true)
  })

  test('names what differs when one figure of it was altered', async () => {
    const node = await startTestNode()
    await buildInvented(node)
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    await owner.query(
      `update risk_edition set figures = regexp_replace(figures, '"rank":1,', '"rank":2,') where id = '1998'`,
    )
    await owner.end()
    const frozen = await readFrozen(node, '1998')
    const { same, stated, kept, computed, differences } = verifyEdition(frozen, asFiles(text))
    expect(same).toBe(false)
    expect(computed).toBe(stated)
    expect(kept).not.toBe(stated)
    expect(differences).toEqual([expect.stringMatching(/^states\.\d+\.rank$/)])
    const read = node.visitor(api.getEdition, { params: { edition: id('1998') } })
    await expect(read).rejects.toMatchObject({ code: 'edition.altered' })
  })

  test('is not taken for another one made from other data', async () => {
    const node = await startTestNode()
    await buildInvented(node)
    const frozen = await readFrozen(node, '1998')
    const other = text.replace(/\n("State 2",.*)1985,/, '\n$11985,')
    expect(() => verifyEdition(frozen, asFiles(`${other}\n`))).toThrow(/risk\.other-input/)
  })

  test('never changes: not by asking again, not by the application itself', async () => {
    const node = await startTestNode()
    const sha256 = await buildInvented(node)
    const again = build(node.operator, '1998', [sha256])
    await expect(again).rejects.toMatchObject({ code: 'edition.exists' })
    const shipped = build(node.operator, '2025', [sha256])
    await expect(shipped).rejects.toMatchObject({ code: 'edition.exists' })
    const { db } = node.app
    for (const actor of [operator, system]) {
      const change = db.as(actor, (tx) =>
        tx.updateTable('risk_edition').set({ figures: '{}' }).execute(),
      )
      await expect(change).rejects.toThrow(/permission denied/)
      const remove = db.as(actor, (tx) => tx.deleteFrom('risk_input').execute())
      await expect(remove).rejects.toThrow(/permission denied/)
    }
  })

  test('is built by those who may, from files that others cannot read', async () => {
    const node = await startTestNode()
    await expect(keep(node.visitor, text)).rejects.toMatchObject({ code: 'session.required' })
    const { sha256 } = await keep(node.operator, text)
    const read = node.visitor(api.getInput, { params: { sha256 } })
    await expect(read).rejects.toMatchObject({ code: 'session.required' })
    const rows = await node.app.db.as(visitor, (tx) =>
      tx.selectFrom('risk_input').select('sha256').execute(),
    )
    expect(rows).toEqual([])
    const asked = build(node.visitor, '1998', [sha256])
    await expect(asked).rejects.toMatchObject({ code: 'session.required' })
  })

  test('fails in words when its file cannot be computed from, and nothing is kept', async () => {
    const node = await startTestNode()
    const broken = text.replace(/,1986,\d,/, ',1986,7,')
    const { sha256 } = await keep(node.operator, broken)
    const progress = await build(node.operator, '1998', [sha256])
    expect(progress.state).toBe('failed')
    expect(progress.problem).toMatchObject({
      code: 'risk.bad-row',
      details: { line: 3, column: 'mk_onset' },
    })
    const all = await node.visitor(api.listEditions, {})
    expect(all.map((one) => one.id)).toEqual(['2025', '2024'])
    const none = build(node.operator, '1998', ['0'.repeat(64) as Sha256])
    await expect(none).rejects.toMatchObject({ code: 'risk.input-not-kept' })
  })

  test('refuses files it does not understand with their columns', async () => {
    const { operator: client } = await startTestNode()
    const foreign = keep(client, 'fruit,price\napple,1\n', 'fruit.csv')
    await expect(foreign).rejects.toMatchObject({
      code: 'risk.unknown-file',
      details: { file: 'fruit.csv', columns: 'fruit, price' },
    })
    const cut = keep(client, text.slice(0, -9), 'cut.csv')
    await expect(cut).rejects.toMatchObject({
      code: 'risk.bad-row',
      details: { file: 'cut.csv', reason: 'too_few' },
    })
  })
})

describe('published rankings', () => {
  const ranking = (year: number, risk: string) =>
    `edition,ewp_name,cow_num,risk,rank\n${year},Chad,483,${risk},1\n${year},Kenya,501,0.01,2\n`

  test('become editions that hold the chances and no reasons', async () => {
    const node = await startTestNode()
    const { sha256 } = await keep(node.operator, ranking(2024, '0.1231'))
    const body = { input: sha256 }
    expect(await node.operator(api.keepPublished, { body })).toEqual({
      kept: ['2024-published'],
      agreeing: [],
    })
    expect((await node.operator(api.keepPublished, { body })).kept).toEqual([])
    const params = { edition: id('2024-published') }
    const { edition, countries } = await node.visitor(api.getEdition, { params })
    expect(edition).toMatchObject({ origin: 'published', dataYear: 2023, issuedOn: null })
    expect(countries[0]).toMatchObject({ country: 'TCD', interval80: null, chanceTop30: null })
    const { country } = countries[0] ?? expect.fail('no country')
    const why = await node.visitor(api.getCountryRisk, {
      params: { edition: id('2024-published'), country },
    })
    expect(why.contributions).toEqual([])
    expect(why.meanLogOdds).toBeCloseTo(Math.log(0.1231 / (1 - 0.1231)), 12)
    const frozen = await readFrozen(node, '2024-published')
    expect(() => verifyEdition(frozen, asFiles(text))).toThrow(/edition\.only-published/)
  })

  test('show how much of a change is revision of the data: Chad, 12.31 to 12.77 %', async () => {
    const node = await startTestNode()
    const { sha256 } = await keep(node.operator, ranking(2024, '0.1231'))
    await node.operator(api.keepPublished, { body: { input: sha256 } })
    const [chad] = (
      await node.visitor(api.getEdition, { params: { edition: id('2025') } })
    ).countries.filter(({ country }) => country === 'TCD')
    const { country } = chad ?? expect.fail('no Chad')
    const { change } = await node.visitor(api.getCountryRisk, {
      params: { edition: id('2025'), country },
    })
    const logit = (chance: number) => Math.log(chance / (1 - chance))
    expect(change?.from).toBe('2024')
    expect(change?.revision).toBeCloseTo(logit(0.1277) - logit(0.1231), 3)
    const all = (change?.revision ?? 0) + (change?.data ?? 0) + (change?.model ?? 0)
    const then = logit(chad?.probability ?? 0) - logit(0.1231)
    expect(Math.abs(all - then)).toBeLessThan(1e-12)
  })

  test('are refused with the line of a chance that is none', async () => {
    const node = await startTestNode()
    const { sha256 } = await keep(node.operator, ranking(2024, '1.2'))
    const kept = node.operator(api.keepPublished, { body: { input: sha256 } })
    await expect(kept).rejects.toMatchObject({
      code: 'risk.bad-row',
      details: { line: 2, column: 'risk' },
    })
  })
})

describe('two editions', () => {
  test('are compared: the parts add up, country by country', async () => {
    const { visitor: client } = await startTestNode()
    const params = { edition: id('2025'), other: id('2024') }
    const { from, to, countries, only } = await client(api.compareEditions, { params })
    expect([from.id, to.id]).toEqual(['2024', '2025'])
    expect(countries).toHaveLength(168)
    expect(only).toEqual({ from: [], to: [] })
    for (const { logOdds, parts } of countries) {
      expect(Math.abs((parts?.data ?? 0) + (parts?.model ?? 0) - logOdds)).toBeLessThan(1e-12)
    }
    const chad = countries.find(({ country }) => country === 'TCD')
    expect(chad?.logOdds).toBeCloseTo(-0.504, 3)
    expect(chad?.parts?.drivers[0]?.driver).toBe('partyban.new.1')
  })
})
