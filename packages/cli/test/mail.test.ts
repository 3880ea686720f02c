import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startTestNode } from '../../server/test/test-node.ts'
import { tocsin } from './tocsin.ts'

/** As a mail server does, which gives the mail on standard input: here an empty one. */
const piped = ['sh', '-c', 'exec "$@" < /dev/null', 'sh']

describe('tocsin mail', () => {
  test('says in a sentence what it found, and asks the mail server to wait for a node that is away', async () => {
    const node = await startTestNode()
    const taken = await tocsin(node, ['--json', 'mail', 'bounce'], {}, piped)
    expect(taken.code).toBe(0)
    expect(JSON.parse(taken.stdout)).toEqual({ outcome: 'unknown', reason: null })
    const answered = await tocsin(node, ['--json', 'mail', 'reply'], {}, piped)
    expect(answered.code).toBe(0)
    expect(JSON.parse(answered.stdout)).toEqual({ outcome: 'unknown', reason: null })
    const home = await mkdtemp(join(tmpdir(), 'tocsin-away-'))
    onTestFinished(() => rm(home, { recursive: true, force: true }))
    const away = await tocsin({ ...node, home }, ['mail', 'bounce'], {}, piped)
    expect(away.code).toBe(75)
    expect(away.stderr).not.toBe('')
  })
})
