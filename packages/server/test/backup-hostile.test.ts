import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkBackup } from '../src/backup/check.ts'
import { encodeContent, encodeStatement } from '../src/backup/container.ts'
import { type Header, openSum, type Section } from '../src/backup/contents.ts'
import { makeBackup } from '../src/backup/make.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { listMigrations, migrate } from '../src/database/migrate.ts'
import { createEmptyDatabase, makeFolder, readRows, sealByHand } from './backup-places.ts'
import { startTestNode } from './test-node.ts'

type Frames = readonly Buffer[]

const headerOf = async (more: readonly string[] = []): Promise<Header> => ({
  madeAt: '2026-01-01T00:00:00.000Z',
  product: '0',
  postgres: '18',
  migrations: [
    ...(await listMigrations()).map(({ name, hash }) => ({ name, hash, ranAt: '2026-01-01' })),
    ...more.map((name) => ({ name, hash: '0'.repeat(64), ranAt: '2026-01-01' })),
  ],
})

function section(statement: Section, text: string, sum = openSum()): Frames {
  const content = Buffer.from(text)
  sum.add(content)
  return [
    encodeStatement('S', statement),
    ...encodeContent(content),
    encodeStatement('E', sum.end()),
  ]
}

const end = (sections: number, sequences: object[] = []): Buffer =>
  encodeStatement('Z', { sections, sequences })

const table = (name: string, columns: string[]): Section => ({
  kind: 'table',
  schema: 'public',
  table: name,
  columns,
})

const setting = section(
  table('node_setting', ['name', 'value', 'set_at']),
  'a\t{}\t2026-01-01 00:00:00+00\n',
)

/** Each is sealed as it should be, and wrong inside. */
const hostile: Record<string, (header: Buffer) => Frames> = {
  'that ends before its end': (header) => [header, ...setting],
  'that goes on after its end': (header) => [header, ...setting, end(1), ...setting],
  'that lacks a section': (header) => [header, end(1)],
  'without a header': () => [...setting, end(1)],
  'with a section that is not what its sum says': (header) => {
    const sum = openSum()
    sum.add(Buffer.from('more'))
    return [header, ...section(table('node_setting', ['name']), 'a\n', sum), end(1)]
  },
  'that writes outside the folder': (header) => [
    header,
    ...section({ kind: 'file', path: '../outside' }, 'x'),
    end(1),
  ],
  'that writes an absolute path': (header) => [
    header,
    ...section({ kind: 'file', path: '/tmp/outside' }, 'x'),
    end(1),
  ],
  'that brings an operator token of its own': (header) => [
    header,
    ...section({ kind: 'file', path: 'operator-token' }, 'x'),
    end(1),
  ],
}

describe('a backup that was made by hand', () => {
  test.each(Object.entries(hostile))(
    '%s is refused, and nothing is restored',
    async (_, frames) => {
      const file = join(await makeFolder(), 'hostile.backup')
      await sealByHand(file, frames(encodeStatement('H', await headerOf())))
      const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
      const restoring = restoreBackup({ databaseUrl, home, replace: false }, file)
      await expect(restoring).rejects.toMatchObject({ code: 'backup.damaged' })
      expect(await readRows(databaseUrl)).toEqual({})
      expect(await readdir(home)).toEqual([])
    },
  )

  test.each([
    ['a table that this version does not know', section(table('no_such_table', ['a']), '1\n'), []],
    ['a column that it does not know', section(table('audit_head', ['no_such']), '1\n'), []],
    ['a step that it does not know', setting, ['9999-later.sql']],
  ])('with %s is left to the version that made it', async (_, frames, more) => {
    const file = join(await makeFolder(), 'later.backup')
    await sealByHand(file, [encodeStatement('H', await headerOf(more)), ...frames, end(1)])
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    const restoring = restoreBackup({ databaseUrl, home, replace: false }, file)
    await expect(restoring).rejects.toMatchObject({ code: 'backup.newer' })
    expect(await readRows(databaseUrl)).toEqual({})
  })

  test('whose rows point nowhere leaves the node as it was', async () => {
    const row = '00000000-0000-7000-8000-000000000001\thash\t2026-01-01\n'
    const orphan = section(table('password', ['person', 'hash', 'set_at']), row)
    const file = join(await makeFolder(), 'orphan.backup')
    const header = encodeStatement('H', await headerOf())
    await sealByHand(file, [header, ...setting, ...orphan, end(2)])
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    await migrate(databaseUrl)
    await writeFile(join(home, 'identity-key'), 'a key')
    const before = await readRows(databaseUrl)
    const restoring = restoreBackup({ databaseUrl, home, replace: true }, file)
    await expect(restoring).rejects.toMatchObject({ code: 'backup.damaged' })
    expect(await readRows(databaseUrl)).toEqual(before)
    expect(await readdir(home)).toEqual(['identity-key'])
    expect(await readFile(join(home, 'identity-key'), 'utf8')).toBe('a key')
  })
})

describe('a real backup', () => {
  test('cut at any byte, or with any byte altered, is refused', async () => {
    const { databaseUrl, home } = await startTestNode()
    const folder = await makeFolder()
    const file = join(folder, 'node.backup')
    await makeBackup({ databaseUrl, home, product: '0' }, file)
    const whole = await readFile(file)
    const harm = fc.record({
      at: fc.nat(whole.length - 1),
      mask: fc.integer({ min: 0, max: 255 }),
    })
    const harmed = join(folder, 'harmed.backup')
    await fc.assert(
      fc.asyncProperty(harm, async ({ at, mask }) => {
        const bytes = mask === 0 ? whole.subarray(0, at) : Buffer.from(whole)
        if (mask !== 0) bytes[at] = (bytes[at] ?? 0) ^ mask
        await writeFile(harmed, bytes)
        await expect(checkBackup(harmed)).rejects.toMatchObject({
          code: expect.stringMatching(/^backup\.(damaged|not-a-backup|newer)$/),
        })
      }),
      { numRuns: 200, examples: [[{ at: 0, mask: 0 }], [{ at: whole.length - 1, mask: 0 }]] },
    )
    expect((await checkBackup(file)).facts.rows).toBeGreaterThan(0)
  })

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(100_000)],
  ])('is not %s', async (_, bytes) => {
    const file = join(await makeFolder(), 'other')
    await writeFile(file, bytes)
    await expect(checkBackup(file)).rejects.toMatchObject({ code: 'backup.not-a-backup' })
  })

  test('is not a folder, and not a file that is not there', async () => {
    const folder = await makeFolder()
    await expect(checkBackup(folder)).rejects.toMatchObject({ code: 'backup.not-a-backup' })
    const nowhere = checkBackup(join(folder, 'nowhere'))
    await expect(nowhere).rejects.toMatchObject({ code: 'backup.no-file' })
  })
})
