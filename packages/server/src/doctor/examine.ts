import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { type Clock, systemClock } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { findLastBackup } from '../backup/queries.ts'
import type { Config } from '../config.ts'
import { findHolder } from '../postgres/home-lock.ts'
import { examineChannels } from './channels.ts'
import { examineDatabase } from './database.ts'
import { brokenBy, type Finding, finding } from './finding.ts'
import { examineFolder, examineMachine, type Machine, thisMachine } from './machine.ts'

const OLD_BACKUP_MS = 7 * 24 * 3600 * 1000
const ANSWER_MS = 5_000

type Outside = { readonly clock?: Clock; readonly machine?: Machine }

/** Looks at everything a node needs, whether it runs or not, and changes nothing. */
export async function examine(
  config: Config,
  { clock = systemClock, machine = thisMachine() }: Outside = {},
): Promise<readonly Finding[]> {
  return [
    ...examineMachine(machine),
    ...(await examineFolder(config.home, machine)),
    ...(await examineDatabase(config, clock)),
    await examineNode(config),
    await examineBackup(config.home, clock),
    ...(await examineChannels(config)),
  ]
}

async function examineNode(config: Config): Promise<Finding> {
  const { host, port } = config
  const url = `http://${host}:${port}`
  const holder = await findHolder(config.home)
  const free = await isFree(config)
  if (!holder) {
    if (free) return finding('warning', 'not-running', { port })
    return brokenBy(new Problem('node.port-in-use', { port: String(port) }))
  }
  const answer = await fetch(`${url}/api/session`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => undefined)
  if (answer?.ok) return finding('good', 'answers', { url })
  return finding('broken', 'not-answering', { url, pid: holder.pid })
}

async function isFree({ host, port }: Config): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

async function examineBackup(home: string, clock: Clock): Promise<Finding> {
  const last = await findLastBackup(home)
  if (!last) return finding('warning', 'backup-none')
  const { file, madeAt, bytes } = last
  const found = await stat(file).catch(() => undefined)
  // Whoever moved it elsewhere did well; whether it is still there is theirs to know.
  if (found?.size !== bytes) return finding('warning', 'backup-gone', { file, madeAt })
  const age = Date.parse(clock()) - Date.parse(madeAt)
  return age > OLD_BACKUP_MS
    ? finding('warning', 'backup-old', { file, madeAt })
    : finding('good', 'backup', { file, madeAt })
}
