import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startTestNode } from '../../server/test/test-node.ts'
import { addMinistry, tocsin } from './tocsin.ts'

const passphrases = ['three herons on the weir', 'a barge of blue tiles', 'the ferry at Sarrin']

test('a root of trust is made by three keepers off line, counts with two signatures, and is known by its words', async () => {
  const node = await startTestNode()
  const organisation = await addMinistry(node)
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-root-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const at = (name: string) => join(folder, name)
  const trust = (...args: readonly string[]) => tocsin(node, ['trust', ...args])
  // Whoever keeps a key has no node.
  const offLine = (...args: readonly string[]) => tocsin(undefined, ['trust', ...args])

  await writeFile(at('keys.json'), (await trust('keys', organisation)).stdout)
  await writeFile(at('short'), ['short', ...passphrases.slice(1)].join('\n'))
  const short = await offLine('make-root', at('keys.json'), folder, '--passphrases', at('short'))
  expect(short.code).not.toBe(0)
  await writeFile(at('all'), passphrases.join('\n'))
  const made = await offLine('make-root', at('keys.json'), folder, '--passphrases', at('all'))
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const root = at('1.root.json')
  const sign = async (key: number, passphrase = passphrases[key - 1] ?? '') => {
    await writeFile(at('one'), passphrase)
    return offLine('sign', root, at(`key-${key}.age`), '--passphrases', at('one'))
  }
  for (const [index, passphrase] of passphrases.entries()) {
    expect(await readFile(at(`key-${index + 1}.age`), 'utf8')).not.toContain(passphrase)
  }

  expect((await trust('install', organisation, root)).code).not.toBe(0)
  expect((await sign(1)).code).toBe(0)
  expect((await trust('install', organisation, root)).code).not.toBe(0)
  expect((await sign(2, 'not the words of this key')).code).not.toBe(0)
  expect((await sign(2)).code).toBe(0)
  const installed = await trust('install', organisation, root)
  expect(installed).toMatchObject({ code: 0, stderr: '' })
  const words = installed.stdout.trim()
  expect(words.split(' ')).toHaveLength(8)
  expect((await offLine('fingerprint', root)).stdout.trim()).toBe(words)
  expect((await trust('fingerprint')).stdout).toContain(words)
})
