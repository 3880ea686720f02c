import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { all, asFiles, collect, payload } from '../test/made-bag.ts'
import { BagRefused, bagLimit, checkBag, readPayload, writeBag } from './bag.ts'

const bag = await collect(writeBag(asFiles(payload)))

const faultOf = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<unknown> =>
  checkBag(asFiles(files)).then(
    () => undefined,
    (error) => (error instanceof BagRefused ? [error.fault, error.at] : error),
  )

describe('a bag', () => {
  test('is written as RFC 8493 has it, with nothing that tells', () => {
    expect(bag['bagit.txt']).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    expect(bag['bag-info.txt']).toBe('Payload-Oxum: 45.3\n')
    expect(Object.keys(bag)).toEqual([
      'bagit.txt',
      'data/envelopes/000001.json',
      'data/envelopes/000002.json',
      'data/proofs/a.tlog-proof',
      'manifest-sha256.txt',
      'bag-info.txt',
      'tagmanifest-sha256.txt',
    ])
    expect(bag['manifest-sha256.txt']?.split('\n')[0]).toMatch(
      /^[0-9a-f]{64} {2}data\/envelopes\/000001\.json$/,
    )
  })

  test('gives back its payload, whatever it is', async () => {
    const path = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,9}(\/[a-z0-9][a-z0-9._-]{0,9}){0,2}$/)
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, fc.uint8Array()), async (files) => {
        const written = await all(writeBag(asFiles(files)))
        const again = async function* () {
          yield* written
        }
        const checked = await checkBag(again())
        const read = await all(readPayload(again(), checked))
        expect(Object.fromEntries(read.map(({ path: at, bytes }) => [at, bytes]))).toEqual({
          ...files,
        })
      }),
      { numRuns: 60 },
    )
  })

  test('is refused when any byte of any file of it is another', async () => {
    let refused = 0
    for (const [path, said] of Object.entries(bag)) {
      const bytes = Buffer.from(said)
      for (const [at, byte] of bytes.entries()) {
        const changed = new Uint8Array(bytes).with(at, byte ^ 1)
        expect(await faultOf({ ...bag, [path]: changed }), `${path} ${at}`).toBeDefined()
        refused += 1
      }
    }
    expect(refused).toBe(Object.values(bag).reduce((sum, said) => sum + Buffer.byteLength(said), 0))
  })

  test('is refused with the fault named', async () => {
    const { 'data/proofs/a.tlog-proof': _, ...lacking } = bag
    const { 'manifest-sha256.txt': __, ...unlisted } = bag
    const { 'bagit.txt': ___, ...undeclared } = bag
    const path = 'data/envelopes/000001.json'
    expect(await faultOf(bag)).toBe(undefined)
    expect(await faultOf(lacking)).toEqual(['missing', 'data/proofs/a.tlog-proof'])
    expect(await faultOf(unlisted)).toEqual(['missing', 'manifest-sha256.txt'])
    expect(await faultOf(undeclared)).toEqual(['not-a-bag', 'bagit.txt'])
    expect(await faultOf({ ...bag, [path]: 'x' })).toEqual(['wrong-sum', path])
    expect(await faultOf({ ...bag, 'data/more': 'x' })).toEqual(['unlisted', 'data/more'])
    expect(await faultOf({ ...bag, 'fetch.txt': 'x' })).toEqual(['unlisted', 'fetch.txt'])
    expect(await faultOf({ ...bag, 'bag-info.txt': 'Bagging-Date: 2026-01-01\n' })).toEqual([
      'wrong-sum',
      'bag-info.txt',
    ])
    const list = bag['manifest-sha256.txt'] ?? ''
    const [first] = list.split('\n')
    const relisted = (text: string) => faultOf({ ...bag, 'manifest-sha256.txt': text })
    expect(await relisted(`${list}${first}\n`)).toEqual(['twice', path])
    expect(await relisted(list.slice(0, -1))).toEqual(['not-a-bag', 'manifest-sha256.txt'])
    expect(await relisted(list.replace('  ', ' '))).toEqual(['not-a-bag', 'manifest-sha256.txt'])
    expect(await relisted(list.replace('data/', '../../'))).toMatchObject(['bad-path', /\.\./])
    expect(await faultOf({ ...bag, 'bagit.txt': new Uint8Array([0xff]) })).toEqual([
      'not-a-bag',
      'bagit.txt',
    ])
  })

  test('takes no path that leads elsewhere or could stand for another', async () => {
    const paths = ['../x', '/etc/x', 'a/../../x', 'a//x', 'a/./x', '.x', 'a\\x', 'C:x', 'x\n', '']
    for (const path of [
      ...paths,
      'X',
      'é',
      'a/',
      '~',
      '-x',
      'a'.repeat(65),
      `${'a/'.repeat(6)}a`,
    ]) {
      await expect(collect(writeBag(asFiles({ [path]: '' })))).rejects.toThrow('bad-path')
      expect(await faultOf({ ...bag, [`data/${path}`]: '' })).toMatchObject(['bad-path', /./])
    }
  })

  test('is not read on when it is too large, has a name twice, or too many files', async () => {
    const large = { 'data/x': new Uint8Array(bagLimit.bytes + 1) }
    expect(await faultOf({ ...bag, ...large })).toEqual(['too-large', 'data/x'])
    async function* endless(pathOf: (n: number) => string) {
      for (let n = 0; ; n += 1) yield { path: pathOf(n), bytes: new Uint8Array(0) }
    }
    await expect(checkBag(endless(() => 'data/x'))).rejects.toThrow('twice: data/x')
    await expect(checkBag(endless((n) => `data/${n}`))).rejects.toThrow('too-many')
  })

  test('that was changed after it was checked gives nothing that was changed', async () => {
    const checked = await checkBag(asFiles(bag))
    const changed = { ...bag, 'data/envelopes/000002.json': '{}' }
    const given: string[] = []
    const reading = (async () => {
      for await (const { path } of readPayload(asFiles(changed), checked)) given.push(path)
    })()
    await expect(reading).rejects.toThrow('wrong-sum')
    expect(given).toEqual(['envelopes/000001.json'])
  })
})
