import { spawn } from 'node:child_process'
import { build, install, node, program } from './install.mjs'

install()
if (build() !== 0) process.exit(1)

// Ctrl-C reaches the node itself, which stops in order; this process only waits for it.
process.on('SIGINT', () => undefined)
const child = spawn(node(), [...program, 'start', ...process.argv.slice(2)], { stdio: 'inherit' })
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => process.exit(code ?? 1))
