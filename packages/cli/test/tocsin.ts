import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addOrganisation } from '@tocsin/api/people.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { TestNode } from '../../server/test/test-node.ts'

export const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export type Said = { readonly code: number; readonly stdout: string; readonly stderr: string }

/**
 * Runs the command line, beside a node of this process, so it must not block it; `as` goes before
 * it, to run it as somebody else.
 */
export function tocsin(
  node: TestNode | undefined,
  args: readonly string[],
  environment: Record<string, string> = {},
  as: readonly string[] = [],
): Promise<Said> {
  const [command = '', ...rest] = [...as, process.execPath, program, ...args]
  const place = node && { TOCSIN_HOME: node.home, TOCSIN_PORT: new URL(node.url).port }
  const env = {
    PATH: process.env['PATH'],
    // What one run has compiled the next need not.
    NODE_COMPILE_CACHE: join(tmpdir(), 'tocsin-test-compiled'),
    ...place,
    ...environment,
  }
  return new Promise((resolve) => {
    execFile(command, rest, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

export async function addMinistry(node: TestNode): Promise<OrganisationId> {
  const id = newId<OrganisationId>()
  const body = { id, name: 'Ministry of Foreign Affairs', kind: 'focal-point', country: 'RWA' }
  await node.operator(addOrganisation, { body: addOrganisation.body.parse(body) })
  return id
}
