import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { system } from '@tocsin/domain/actor.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  contentsAt,
  type MemberNode,
  makeAudience,
  note,
  publish,
  startMembers,
} from '../../server/test/test-exchange.ts'
import { tocsin } from './tocsin.ts'

/** Two members of an audience between whom there is no line; what one has told the other waits. */
async function startApart(contents: readonly string[]) {
  const [ardenia, belmara] = (await startMembers(2)) as [MemberNode, MemberNode]
  for (const node of [ardenia, belmara]) {
    await node.app.db.as(system, (tx) =>
      tx.updateTable('member').set({ address: 'http://127.0.0.1:9' }).execute(),
    )
  }
  const { id } = await makeAudience([ardenia, belmara])
  for (const [n, content] of contents.entries()) {
    await publish(ardenia, id, note(content, { marking: n % 2 ? 'TLP:AMBER' : 'TLP:GREEN' }))
  }
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-disk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'b')
  const made = await tocsin(ardenia, exporting('Ministry of River 2', file))
  return { ardenia, belmara, audience: id, folder, file, made }
}

const exporting = (member: string, file: string) => [
  'bundle',
  'export',
  '--member',
  member,
  '--out',
  file,
]

const isTold = (content: string) => content.startsWith('Canary')

const rowsAt = (node: MemberNode) =>
  node.app.db.as(system, async (tx) => {
    const records = await tx
      .selectFrom('network_record')
      .select('digest')
      .orderBy('digest')
      .execute()
    const objects = await tx.selectFrom('shared_object').select('id').orderBy('id').execute()
    return { records, objects }
  })

describe('tocsin bundle', () => {
  test('carries by hand what could not be sent, and read twice changes nothing', async () => {
    const contents = Array.from({ length: 20 }, (_, n) => `Canary ${n}`)
    const { belmara, audience, file, made } = await startApart(contents)
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect((await readFile(file)).toString('latin1')).not.toContain('Canary')
    expect(await contentsAt(belmara, audience)).toEqual([])

    const first = await tocsin(belmara, ['--json', 'bundle', 'import', file])
    expect(first.stderr).toBe('')
    const { kept, ...rest } = JSON.parse(first.stdout)
    expect(rest).toEqual({ known: 0, refused: 0, reasons: [] })
    // The audience, what was told, and the key of the audience where it was made by then.
    expect(kept).toBeGreaterThanOrEqual(1 + contents.length)
    expect((await contentsAt(belmara, audience)).filter(isTold)).toEqual(contents.toSorted())
    const before = await rowsAt(belmara)
    const second = await tocsin(belmara, ['--json', 'bundle', 'import', file])
    expect(JSON.parse(second.stdout)).toEqual({ kept: 0, known: kept, refused: 0, reasons: [] })
    expect(await rowsAt(belmara)).toEqual(before)
    expect((await readdir(belmara.home)).filter((name) => name.startsWith('bundle-'))).toEqual([])
  }, 120_000)

  test('says in a sentence what is wrong with a bundle, and takes nothing from it', async () => {
    const { ardenia, belmara, folder, file } = await startApart(['One', 'Two'])
    const before = await rowsAt(belmara)
    const bytes = await readFile(file)
    const put = async (name: string, content: Uint8Array): Promise<string> => {
      await writeFile(join(folder, name), content)
      return join(folder, name)
    }
    const bad = [
      [await put('cut', bytes.subarray(0, bytes.length - 1)), 'This bundle is damaged'],
      [await put('other', Buffer.from('PK\u0003\u0004'.repeat(1000))), 'not a sealed bundle'],
      [join(folder, 'nothing'), 'is not there'],
    ] as const
    for (const [name, sentence] of bad) {
      const said = await tocsin(belmara, ['bundle', 'import', name])
      expect(said, name).toMatchObject({ code: 2, stdout: '' })
      expect(said.stderr).toContain(sentence)
    }
    const own = await tocsin(ardenia, ['bundle', 'import', file])
    expect(own.stderr).toContain('sealed to another node')
    expect(await rowsAt(belmara)).toEqual(before)
    expect((await readdir(belmara.home)).filter((name) => name.startsWith('bundle-'))).toEqual([])

    const again = await tocsin(ardenia, exporting('Ministry of River 2', file))
    expect(again.stderr).toContain('is there already')
    expect(await readFile(file)).toEqual(bytes)
    const unknown = await tocsin(ardenia, exporting('Nobody', join(folder, 'new')))
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(await readdir(folder)).not.toContain('new')
  }, 120_000)
})
