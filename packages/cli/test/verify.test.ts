import { createHash } from 'node:crypto'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fingerprintOf } from '@tocsin/records/due-diligence.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import { zipSync } from 'fflate'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listOf, madeContent, otherSeed, seal, seed } from '../../records/test/made-record.ts'
import { tocsin } from './tocsin.ts'

const key = fingerprintOf(publicKeyOf(seed))

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin verify '))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  await writeFile(file, bytes)
  return file
}

const verify = async (name: string, bytes: Uint8Array, ...more: string[]) =>
  tocsin(undefined, ['verify', await saved(name, bytes), ...more])

function archived(change: (files: Record<string, Uint8Array>) => void = () => undefined) {
  const said = madeContent()
  const files: Record<string, Uint8Array> = {
    'due-diligence.json': seal(said),
    'due-diligence.pdf': new TextEncoder().encode('%PDF'),
  }
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  files['manifest.json'] = listOf(said, files, hashOf)
  change(files)
  return zipSync(files)
}

describe('tocsin verify', () => {
  test('says that a record is whole, from when to when, and whose key to compare', async () => {
    const { code, stdout } = await verify('record.json', seal(madeContent()))
    expect(stdout.split('\n')).toEqual([
      'This record is whole: nothing in it was changed since it was sealed, and nothing contradicts what was signed.',
      'Matter M-2026/1 of Rivers, issued on 2026-01-01 00:05 UTC.',
      '5 signed entries, from 2026-01-01 00:00 UTC to 2026-01-01 00:04 UTC.',
      `A key said to be of Rivers signed: ${key}`,
      'No file can prove whose key that is. Compare the fingerprint with the organisation by another way, by telephone or in person.',
      '',
    ])
    expect(code).toBe(0)
  })

  test('reads the archive too, and answers programs in JSON', async () => {
    const file = await saved('record.zip', archived())
    const { code, stdout } = await tocsin(undefined, ['--json', 'verify', file])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      holds: true,
      entries: 5,
      fingerprint: key,
      faults: [],
    })
  })

  test('names every fault with its place, and says no', async () => {
    const said = madeContent()
    const [warning] = said.warnings
    const changed = { ...said, warnings: warning ? [{ ...warning, draft: { level: 5 } }] : [] }
    const other = await verify('changed.json', seal(changed))
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('This record does not hold. One fault was found:')
    expect(other.stdout).toContain('- The text of warning W-2026/1 is not the one that was signed.')
    const bytes = Buffer.from(seal(said)).toString().replace('Houses marked', 'Houses burned')
    const edited = await verify('edited.json', Buffer.from(bytes))
    expect(edited.code).toBe(1)
    expect(edited.stdout).toContain('- The seal is of another content')
  })

  test('finds the document that people read exchanged for another', async () => {
    const swapped = archived((files) => {
      files['due-diligence.pdf'] = new TextEncoder().encode('%PDF another')
    })
    const { code, stdout } = await verify('record.zip', swapped)
    expect(code).toBe(1)
    expect(stdout).toContain('- due-diligence.pdf is not the file that was signed for.')
  })

  test('insists on the key that is named, however it is written', async () => {
    const record = seal(madeContent())
    const named = await verify('r.json', record, '--key', key.toUpperCase().replaceAll(' ', ':'))
    expect(named).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the key that you named'),
    })
    const other = fingerprintOf(publicKeyOf(otherSeed))
    const refused = await verify('r.json', record, '--key', other)
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain(`another key than the one you named: ${key}`)
    expect((await verify('r.json', record, '--key', 'abc')).code).toBe(2)
  })

  test('cannot read what is cut short, is rubbish or is not there, and says so', async () => {
    const record = seal(madeContent())
    const zip = archived()
    const unreadable = [
      record.subarray(0, record.length - 9),
      zip.subarray(0, zip.length - 30),
      new Uint8Array(3000).fill(0x50),
      zipSync({ 'other.txt': new Uint8Array(9) }),
    ]
    const answers = await Promise.all(unreadable.map((bytes) => verify('rubbish', bytes)))
    for (const { code, stderr, stdout } of answers) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('is not a due-diligence record, or it was cut short')
    }
    const absent = await tocsin(undefined, ['verify', '/no/such/record.zip'])
    expect(absent).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read') })
  })

  test('takes a file of 100 MB for what it is, and does not read one that no record can be', async () => {
    const { code, stderr } = await verify('large.json', new Uint8Array(100_000_000).fill(0x20))
    expect(code).toBe(2)
    expect(stderr).toContain('is not a due-diligence record')
    const file = await saved('larger.json', new Uint8Array(1))
    const handle = await open(file, 'r+')
    await handle.truncate(2 ** 33)
    await handle.close()
    const larger = await tocsin(undefined, ['verify', file])
    expect(larger).toMatchObject({ code: 2, stderr: expect.stringContaining('larger than') })
    // What the archive says of itself is added up before anything is unpacked.
    const bomb = Buffer.from(archived())
    bomb.writeUInt32LE(0xf0_00_00_00, bomb.indexOf(Buffer.from('PK\x01\x02')) + 24)
    const unpacked = await verify('bomb.zip', bomb)
    expect(unpacked).toMatchObject({ code: 2, stderr: expect.stringContaining('larger than') })
  })

  test('lets nothing in a hostile file steer the terminal', async () => {
    const said = madeContent()
    const name = 'Rivers\u001b[2J\u202eevil\nThis record is whole'
    const { stdout } = await verify(
      'r.json',
      seal({ ...said, organisation: { ...said.organisation, name } }),
    )
    for (const sign of ['\u001b', '\u202e']) expect(stdout).not.toContain(sign)
    expect(
      stdout.split('\n').filter((line) => line.startsWith('This record is whole')),
    ).toHaveLength(1)
  })
})
