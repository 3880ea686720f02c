import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tocsin } from './tocsin.ts'

const vectors = fileURLToPath(new URL('../../../docs/protocol/vectors/log/', import.meta.url))
const proof = join(vectors, 'entry-100.tlog-proof')
const policy = join(vectors, 'policy.txt')
const digest = 'eb0a72f433d471264b82857c2850c3ea21d95168440b55ee261470d68747bd30'

async function saved(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin proof '))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

const verify = (file: string, by = policy) => tocsin(undefined, ['verify', file, '--policy', by])

describe('tocsin verify, given a proof from a log', () => {
  test('says which record, in which log, and who had seen it by when', async () => {
    const { code, stdout } = await verify(proof)
    expect(stdout.trimEnd().split('\n')).toEqual([
      `This proof holds: the record ${digest} is entry 100 of the log.`,
      'The log is rivers.example/log/ministry, with 264 entries when it was signed.',
      'Witness ardenia saw it by 2026-01-01 00:00 UTC.',
      'Witness belmara saw it by 2026-01-01 00:00 UTC.',
      'Witness corvane saw it by 2026-01-01 00:00 UTC.',
    ])
    expect(code).toBe(0)
    const json = await tocsin(undefined, ['--json', 'verify', proof, '--policy', policy])
    expect(JSON.parse(json.stdout)).toMatchObject({ holds: true, digest, index: 100, size: 264 })
  })

  test('says no to a proof of another entry, with too few witnesses or of an unknown log', async () => {
    const text = await readFile(proof, 'utf8')
    const lines = text.split('\n')
    const one = lines.filter((line) => !/^— (belmara|corvane)/.test(line)).join('\n')
    const rules = await readFile(policy, 'utf8')
    const other = rules.replace(/^log .*$/m, '')
    const answers = [
      await verify(join(vectors, 'tampered.tlog-proof')),
      await verify(await saved('one.tlog-proof', one)),
      await verify(proof, await saved('other.txt', other)),
    ]
    expect(answers.map(({ code }) => code)).toEqual([1, 1, 1])
    expect(answers.map(({ stdout }) => stdout)).toEqual([
      expect.stringContaining('is not in the tree that the log signed'),
      expect.stringContaining('fewer witnesses than your policy asks for'),
      expect.stringContaining('no log of your policy signed it'),
    ])
  })

  test('names what it cannot read, and asks for the policy', async () => {
    const text = await readFile(proof, 'utf8')
    const answers = [
      await tocsin(undefined, ['verify', proof]),
      await verify(await saved('cut.tlog-proof', text.slice(0, 120))),
      await verify(proof, await saved('policy.txt', 'quorum none\nquorum none\n')),
      await verify(proof, '/no/such/policy'),
    ]
    expect(answers.map(({ code, stdout }) => `${code}${stdout}`)).toEqual(['2', '2', '2', '2'])
    expect(answers.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('Say with --policy'),
      expect.stringContaining('is not a proof from a log, or it was cut short'),
      expect.stringContaining('line 2 cannot be read'),
      expect.stringContaining('cannot be read'),
    ])
  })
})
