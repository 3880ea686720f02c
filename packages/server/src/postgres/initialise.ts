import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Cluster } from './cluster.ts'

/** Makes the cluster beside its place and moves it there when whole: a half-made one never counts. */
export async function initialise({ binaries, wrapper, home }: Cluster, data: string) {
  const draft = join(home, 'database-draft')
  await rm(draft, { recursive: true, force: true })
  const passwordFile = join(home, 'database-password')
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  const [command = '', ...before] = [...wrapper, join(binaries, 'initdb')]
  const flags = ['--username=tocsin', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const made = spawnSync(command, [
    ...before,
    ...[`--pgdata=${draft}`, '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
    ...(versionOf(binaries) >= 17 ? builtinLocale : []),
    ...flags,
  ])
  if (made.status !== 0) throw notMade(`${made.stderr ?? ''}`, home)
  await rename(draft, data)
}

// Without it trigram search finds nothing in Arabic, Cyrillic or Chinese.
const builtinLocale = ['--locale-provider=builtin', '--builtin-locale=PG_UNICODE_FAST']

function versionOf(binaries: string): number {
  const { stdout } = spawnSync(join(binaries, 'postgres'), ['--version'])
  return Number(/(\d+)/.exec(`${stdout}`)?.[1] ?? 0)
}

function notMade(said: string, folder: string): Problem {
  if (said.includes('No space left on device')) return new Problem('node.disk-full', { folder })
  const reason = said.trim().split('\n').slice(-3).join(' ')
  return new Problem('node.database-not-made', { reason })
}
