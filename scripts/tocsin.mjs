import { spawnSync } from 'node:child_process'
import { install, node, program } from './install.mjs'

install()
const { status } = spawnSync(node(), [...program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
