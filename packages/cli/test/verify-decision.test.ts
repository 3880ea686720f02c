import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tocsin } from './tocsin.ts'

const vectors = fileURLToPath(new URL('../../../docs/protocol/vectors/decisions/', import.meta.url))
const verify = (name: string, ...more: string[]) =>
  tocsin(undefined, ['verify', join(vectors, name), ...more])

async function saved(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin decision '))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

describe('tocsin verify, given a decision', () => {
  test('counts it again and says what it comes to', async () => {
    const { code, stdout } = await verify('adopted.json')
    const lines = stdout.trimEnd().split('\n')
    expect(lines.slice(0, 6)).toEqual([
      'This decision holds: counted again from what is in the file, it comes to the same.',
      'Decision 7 of 2026, by Regional desk: Joint presence at the posts',
      'Adopted. Proven by 2026-11-24 11:00 UTC.',
      'Yes 3, no 1, abstentions 0; ballots refused: 2.',
      'Recused: 1.',
      'Witnesses were judged by the policy inside the file. Name your own with --policy.',
    ])
    expect(lines.filter((line) => line.startsWith('A key said to be of'))).toHaveLength(6)
    expect(lines.at(-1)).toContain('No file can prove whose key that is.')
    expect(code).toBe(0)
  })

  test('names what the home did to it, in the language of the terminal', async () => {
    const file = join(vectors, 'dropped.json')
    const { code, stdout } = await tocsin(undefined, ['verify', file], { LANG: 'ar_EG.UTF-8' })
    expect(stdout).toMatch(/^- أسقطت العقدة المضيفة ورقة الاقتراع [0-9a-f]{64}، وهي محتسبة\.$/m)
    expect(code).toBe(1)
  })

  test('counts by a policy of one’s own', async () => {
    const text = await readFile(join(vectors, 'adopted.json'), 'utf8')
    const { policy } = JSON.parse(text)
    const own = await saved('policy.txt', policy.replace('quorum neighbours', 'quorum none'))
    const { code, stdout } = await verify('adopted.json', '--policy', own)
    expect(code).toBe(1)
    expect(stdout).toContain('Nothing proves when the decision')
    expect(stdout).toContain('by the policy that you gave')
  })

  test('cannot read what was cut short, and says so', async () => {
    const text = await readFile(join(vectors, 'adopted.json'), 'utf8')
    const cut = await tocsin(undefined, ['verify', await saved('cut.json', text.slice(0, 900))])
    expect(cut.code).toBe(2)
    expect(cut.stderr).toContain('cut.json')
  })
})
