import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { install, node, repository } from './install.mjs'

install()
const program = join(repository, 'packages/cli/src/main.ts')
const { status } = spawnSync(node(), [program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
