import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withdrawRecord } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import type { BagFile } from '@tocsin/records/bag.ts'
import { checkBundle, readBundle, sealBundle } from '@tocsin/records/bundle.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { watchLog } from '../../server/src/network/log.ts'
import { publicLogKeys } from '../../server/src/network/log-keys.ts'
import { ageKeysOf, ownAgeKeys } from '../../server/src/network/own-keys.ts'
import {
  contentsAt,
  eventually,
  type MemberNode,
  makeAudience,
  note,
  publish,
  startMembersApart,
} from '../../server/test/test-exchange.ts'
import { tocsin } from './tocsin.ts'

/** Two members of an audience between whom there is no line; what one has told the other waits. */
async function startApart(
  contents: readonly string[],
  prepare: (ardenia: MemberNode) => Promise<void> = async () => undefined,
) {
  const [ardenia, belmara] = (await startMembersApart(2)) as [MemberNode, MemberNode]
  const { id } = await makeAudience([ardenia, belmara])
  for (const [n, content] of contents.entries()) {
    await publish(ardenia, id, note(content, { marking: n % 2 ? 'TLP:AMBER' : 'TLP:GREEN' }))
  }
  await prepare(ardenia)
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
    // The log of the other is not followed here: its proofs say nothing yet.
    const nothing = { refused: 0, reasons: [], proven: 0, wrongProofs: 0 }
    expect(rest).toEqual({ known: 0, ...nothing })
    // The audience, what was told, and the key of the audience where it was made by then.
    expect(kept).toBeGreaterThanOrEqual(1 + contents.length)
    expect((await contentsAt(belmara, audience)).filter(isTold)).toEqual(contents.toSorted())
    const before = await rowsAt(belmara)
    const second = await tocsin(belmara, ['--json', 'bundle', 'import', file])
    expect(JSON.parse(second.stdout)).toEqual({ kept: 0, known: kept, ...nothing })
    expect(await rowsAt(belmara)).toEqual(before)
    expect((await readdir(belmara.home)).filter((name) => name.startsWith('bundle-'))).toEqual([])
  })

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
  })

  test('proves what it carries by the log, says no to a proof that does not hold, and takes back', async () => {
    const { ardenia, belmara, audience, folder, file } = await startApart(
      ['Canary one', 'Canary two'],
      (node) => eventually([node], () => placed(node)),
    )
    const origin = `${new URL(ardenia.url).host}/log/${ardenia.own}`
    const keys = await publicLogKeys(ardenia.app, origin)
    const address = `${ardenia.url}/log/${ardenia.own}`
    await belmara.app.db.as(system, (tx) =>
      watchLog(tx, { organisation: ardenia.own, ...keys, address, witnessAddress: null }),
    )
    const files = await openBundle(belmara, file)
    const proofs = files.filter(({ path }) => path.endsWith('.tlog-proof'))
    expect(proofs.length).toBeGreaterThanOrEqual(3)
    expect(files.map(({ path }) => path)).toContain(`logs/${ardenia.own}.checkpoint`)
    const [one = { path: '', bytes: new Uint8Array() }] = proofs
    const altered = files.map((each) =>
      each === one
        ? { ...each, bytes: bytesOf(textOf(each.bytes).replace(/index (\d+)/, 'index 7')) }
        : each,
    )
    const bad = join(folder, 'bad')
    await writeFile(bad, await sealAgain(belmara, altered))
    const said = await tocsin(belmara, ['bundle', 'import', bad])
    expect(said).toMatchObject({ code: 1, stderr: '' })
    expect(said.stdout).toContain('1 proof does not hold')
    const whole = await tocsin(belmara, ['--json', 'bundle', 'import', file])
    expect(JSON.parse(whole.stdout)).toMatchObject({
      kept: 0,
      proven: proofs.length,
      wrongProofs: 0,
    })

    // A withdrawal travels like everything else; read twice it changes nothing.
    const { call } = await ardenia.as('focal-point')
    const body = {
      object: ObjectId.parse(await idOf(ardenia, 'Canary two')),
      class: 'source-risk',
      reason: 'Followed.',
    } as const
    await call(withdrawRecord, { body })
    await rm(file)
    await tocsin(ardenia, exporting('Ministry of River 2', file))
    const first = await tocsin(belmara, ['--json', 'bundle', 'import', file])
    expect(JSON.parse(first.stdout)).toMatchObject({ refused: 0 })
    expect((await contentsAt(belmara, audience)).filter(isTold)).toEqual(['Canary one'])
    const second = await tocsin(belmara, ['--json', 'bundle', 'import', file])
    expect(JSON.parse(second.stdout)).toMatchObject({ kept: 0, refused: 0 })
    expect((await contentsAt(belmara, audience)).filter(isTold)).toEqual(['Canary one'])
  })
})

const idOf = (node: MemberNode, content: string) =>
  node.app.db.as(system, async (tx) => {
    const rows = await tx.selectFrom('shared_object').select(['id', 'object']).execute()
    return rows.find(({ object }) => (object as { content?: unknown }).content === content)?.id
  })

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()

/** Whether everything said there has its place in the log. */
const placed = (node: MemberNode) =>
  node.app.db.as(system, async (tx) => {
    const left = await tx
      .selectFrom('log_entry')
      .select('digest')
      .where('index', 'is', null)
      .execute()
    return left.length === 0
  })

const streamOf = (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)]).stream()

/** What is inside, as only the node opens it. */
async function openBundle(node: MemberNode, file: string): Promise<readonly BagFile[]> {
  const bytes = await readFile(file)
  const keys = await node.app.db.as(system, (tx) => ownAgeKeys(node.app, tx))
  const checked = await checkBundle(streamOf(bytes), keys)
  if ('fault' in checked) throw new Error(checked.fault)
  const files: BagFile[] = []
  for await (const one of readBundle(streamOf(bytes), keys, checked.bag)) files.push(one)
  return files
}

async function sealAgain(node: MemberNode, files: readonly BagFile[]): Promise<Uint8Array> {
  const { recipient } = await ageKeysOf(node.app, node.own)
  async function* each() {
    yield* files
  }
  return new Response(await sealBundle(each(), recipient)).bytes()
}
