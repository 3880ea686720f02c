import { spawnSync } from 'node:child_process'
import { Problem } from '@tocsin/domain/problem.ts'

/** A command line before a command line: PostgreSQL refuses to run as the superuser. */
export type Wrapper = readonly string[]

const mapped: Wrapper = ['unshare', '-U', '--map-user=1000', '--map-group=1000', '--']

/**
 * How to run a program as nobody special. As root the program sees itself as user 1000 in a user
 * namespace of its own, while its files stay root's; where namespaces are off there is no safe way
 * that would not change the machine's accounts, so the operator is told.
 */
export function findWrapper(): Wrapper {
  if (process.getuid?.() !== 0) return []
  const [command = '', ...rest] = mapped
  if (spawnSync(command, [...rest, 'true']).status === 0) return mapped
  throw new Problem('node.root-refused')
}
