import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('verify-log/main.go', import.meta.url))
/** Where Debian keeps golang-golang-x-mod-dev: nothing is fetched from anywhere. */
const environment = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode' }

/**
 * Whether the tests with Go's own log verifier must be left out. Only a stranger's machine may leave
 * them out, and says so; in CI its absence lets the tests run and fail.
 */
export const withoutGo = isAbsent() && process.env['CI'] !== 'true'

function isAbsent(): boolean {
  try {
    const packages = ['golang.org/x/mod/sumdb/note', 'golang.org/x/mod/sumdb/tlog']
    execFileSync('go', ['list', ...packages], { env: environment, stdio: 'ignore' })
    return false
  } catch {
    process.stdout.write(
      'Left out: tests with Go, because golang-go and golang-golang-x-mod-dev are not here.\n',
    )
    return true
  }
}

/** Asks Go's golang.org/x/mod/sumdb each question; answers whether it says yes. */
export function askGo(questions: readonly object[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-go-'))
  try {
    const program = join(folder, 'verify')
    const cache = { ...environment, GOCACHE: join(folder, 'cache') }
    execFileSync('go', ['build', '-o', program, source], { env: cache })
    const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('')
    const { stdout } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 28 })
    const answers = stdout.trimEnd().split('\n')
    if (answers.length !== questions.length || !answers.every((one) => /^(yes|no)$/.test(one))) {
      throw new Error(`Go answered ${answers.length} of ${questions.length} questions`)
    }
    return answers.map((answer) => answer === 'yes')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
