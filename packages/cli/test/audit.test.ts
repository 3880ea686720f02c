import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportAudit } from '@tocsin/api/audit.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startTestNode } from '../../server/test/test-node.ts'
import { addMinistry, tocsin } from './tocsin.ts'

describe('tocsin audit verify', () => {
  async function saveLog(
    change: (log: string) => string,
    query: { readonly act?: string } = {},
  ): Promise<string> {
    const node = await startTestNode()
    await addMinistry(node)
    await addMinistry(node)
    const folder = await mkdtemp(join(tmpdir(), 'tocsin audit '))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'audit.jsonl')
    await writeFile(file, change(await node.operator(exportAudit, { query })))
    return file
  }

  test('checks the log of the running node', async () => {
    const node = await startTestNode()
    await addMinistry(node)
    const { code, stdout } = await tocsin(node, ['--json', 'audit', 'verify'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ entries: expect.any(Number), fault: null })
  })

  test('checks a saved log without a node', async () => {
    const file = await saveLog((log) => log)
    const { code, stdout } = await tocsin(undefined, ['audit', 'verify', file])
    expect(stdout).toContain('The chain holds')
    expect(code).toBe(0)
  })

  test('names the entry that was changed, and the one that is missing', async () => {
    const changed = await saveLog((log) => log.replace(/people\.[a-z-]+/, 'people.nothing'))
    const said = await tocsin(undefined, ['audit', 'verify', changed])
    expect(said).toMatchObject({ code: 1, stdout: expect.stringContaining('Entry ') })
    const short = await saveLog((log) => log.split('\n').toSpliced(1, 1).join('\n'))
    const { code, stdout } = await tocsin(undefined, ['audit', 'verify', short])
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'Entry 1 is missing.\n' })
  })

  test('finds out that a whole log was cut short; of a part it says that it cannot', async () => {
    const cut = await saveLog((log) => log.trimEnd().split('\n').slice(0, -1).join('\n'))
    const short = await tocsin(undefined, ['audit', 'verify', cut])
    expect(short).toMatchObject({ code: 1, stdout: expect.stringContaining('ends before entry') })
    const part = await saveLog((log) => log, { act: 'people' })
    const { code, stdout } = await tocsin(undefined, ['--json', 'audit', 'verify', part])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ scope: 'part', entries: 2, fault: null })
  })

  test('refuses what is not a log, naming the line', async () => {
    const file = await saveLog((log) => `${log}\nnot an entry`)
    const refused = await tocsin(undefined, ['audit', 'verify', file])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/line \d+ is not an entry/)
    const absent = await tocsin(undefined, ['audit', 'verify', '/no/such/log'])
    expect(absent.code).toBe(2)
    expect(absent.stderr).toContain('/no/such/log')
  })
})
