import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))

function tocsin(args: readonly string[], environment: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'tocsin-cli-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TOCSIN_HOME: home, ...environment },
  })
  return { status, stdout, stderr }
}

describe('the command line', () => {
  test('explains itself and its exit codes', () => {
    const { status, stdout } = tocsin(['--help'])
    expect(status).toBe(0)
    expect(stdout).toContain('risk')
    expect(stdout).toContain('Exit codes')
  })

  test('refuses what it does not know with 2', () => {
    expect(tocsin(['no-such-command']).status).toBe(2)
    expect(tocsin(['risk', 'reproduce']).status).toBe(2)
  })

  test('says in the language of the terminal that no node runs', () => {
    const { status, stderr } = tocsin(['risk', 'editions'], { LANG: 'fr_FR.UTF-8' })
    expect(status).toBe(2)
    expect(stderr).toContain('Aucun nœud')
    expect(stderr).not.toContain('Error')
  })

  test('names the folder that is not there', () => {
    const { status, stderr } = tocsin(['risk', 'reproduce', '--data', '/no/such/folder'])
    expect(status).toBe(2)
    expect(stderr).toContain('/no/such/folder')
  })

  test('completes its words in every shell', () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { status, stdout } = tocsin(['completion', shell])
      expect(status).toBe(0)
      expect(stdout).toContain('reproduce')
    }
    expect(tocsin(['completion', 'tcsh']).status).toBe(2)
  })
})
