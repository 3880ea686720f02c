import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'
import { brokenBy, type Finding, finding } from './finding.ts'

const NODE_MAJOR = 24
const MB = 1024 ** 2
const LOW_MEMORY = 400 * MB
const LOW_DISK = 1024 * MB
const FULL_DISK = 64 * MB

/** What is read of the machine; tests describe another one. */
export type Machine = {
  readonly nodeVersion: string
  /** Bytes that programs may still take. */
  readonly availableMemory: number
  readonly freeDisk: (folder: string) => Promise<number>
}

export const thisMachine = (): Machine => ({
  nodeVersion: process.versions.node,
  availableMemory: process.availableMemory(),
  freeDisk: async (folder) => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
})

/** Looks at the program that runs everything and at memory. */
export function examineMachine({ nodeVersion, availableMemory }: Machine): readonly Finding[] {
  const isOld = Number.parseInt(nodeVersion, 10) < NODE_MAJOR
  const megabytes = Math.round(availableMemory / MB)
  return [
    isOld
      ? finding('broken', 'node-too-old', { version: nodeVersion })
      : finding('good', 'node-version', { version: nodeVersion }),
    availableMemory < LOW_MEMORY
      ? finding('warning', 'memory-low', { megabytes })
      : finding('good', 'memory', { megabytes }),
  ]
}

/** Looks at the node's folder: is it there, whose is it, how much room is left. */
export async function examineFolder(home: string, machine: Machine): Promise<readonly Finding[]> {
  const found = await stat(home).catch(() => undefined)
  if (!found) return [await examineParent(home), await examineDisk(await nearest(home), machine)]
  return [await examineRights(home, found.mode), await examineDisk(home, machine)]
}

/** The folder itself, or the nearest one above it that is there. */
async function nearest(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  )
  return isThere || dirname(folder) === folder ? folder : nearest(dirname(folder))
}

const mayWrite = (folder: string): Promise<boolean> =>
  access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )

async function examineParent(folder: string): Promise<Finding> {
  if (await mayWrite(await nearest(folder))) return finding('good', 'folder-absent', { folder })
  return brokenBy(new Problem('node.home-read-only', { folder }))
}

async function examineRights(folder: string, mode: number): Promise<Finding> {
  if (!(await mayWrite(folder))) return brokenBy(new Problem('node.home-read-only', { folder }))
  if ((mode & 0o077) !== 0) return finding('warning', 'folder-open', { folder })
  return finding('good', 'folder', { folder })
}

async function examineDisk(folder: string, { freeDisk }: Machine): Promise<Finding> {
  const free = await freeDisk(folder)
  if (free < FULL_DISK) return brokenBy(new Problem('node.disk-full', { folder }))
  const megabytes = Math.round(free / MB)
  return free < LOW_DISK
    ? finding('warning', 'disk-low', { folder, megabytes })
    : finding('good', 'disk', { megabytes })
}
