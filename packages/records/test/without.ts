import { execFileSync } from 'node:child_process'

/**
 * Whether tests that need this Debian program must be left out. Only a stranger's machine may leave
 * them out, and says so; in CI the program's absence lets the tests run and fail.
 */
export function without(
  program: string,
  debianPackage: string,
  check = `command -v ${program}`,
): boolean {
  try {
    execFileSync('sh', ['-c', check], { stdio: 'ignore' })
    return false
  } catch {
    process.stdout.write(`Left out: tests with ${program}, because ${debianPackage} is not here.\n`)
    return process.env['CI'] !== 'true'
  }
}
