import { createHash } from 'node:crypto'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import pg from 'pg'
import { appendToLog, watchLog } from '../src/network/log.ts'
import { publicLogKeys } from '../src/network/log-keys.ts'
import { sequenceLogs } from '../src/network/log-sequencer.ts'
import { startTestNode, type TestNode } from './test-node.ts'

export const digestOf = (name: string): Sha256 =>
  createHash('sha256').update(name).digest('hex') as Sha256

export type LogNode = TestNode & {
  readonly organisation: OrganisationId
  readonly origin: string
  /** Where the log is served. */
  readonly log: string
  /** Puts these into the log and gives them their places. */
  readonly write: (...names: readonly string[]) => Promise<void>
  /** Lets a minute pass and grows the log. */
  readonly tick: () => Promise<void>
  /** As the owner of the database, who passes every rule. */
  readonly asOwner: (statement: string, values?: readonly unknown[]) => Promise<pg.QueryResult>
}

const MINUTE = 60_000

/** A node with one organisation that keeps a log. */
export async function startLogNode(
  parts: Parameters<typeof startTestNode>[0] = {},
): Promise<LogNode> {
  const node = await startTestNode(parts)
  const { organisation } = await node.as('administrator')
  const write = async (...names: readonly string[]) => {
    await node.app.db.as(system, async (tx) => {
      for (const name of names) await appendToLog(tx, organisation, digestOf(name), 'urgent')
    })
    await sequenceLogs(node.app)
  }
  const tick = async () => {
    node.advance(MINUTE)
    await sequenceLogs(node.app)
  }
  const asOwner = async (statement: string, values: readonly unknown[] = []) => {
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    return owner.query(statement, [...values]).finally(() => owner.end())
  }
  const origin = `${new URL(node.app.node.origin).host}/log/${organisation}`
  const log = `${node.url}/log/${organisation}`
  return { ...node, organisation, origin, log, write, tick, asOwner }
}

/** Each node watches the logs of all the others and has its own cosigned by them. */
export async function introduce(...nodes: readonly LogNode[]): Promise<void> {
  for (const node of nodes) {
    for (const other of nodes) {
      if (node !== other) await watch(node, other)
    }
  }
}

async function watch(node: LogNode, other: LogNode): Promise<void> {
  const keys = await publicLogKeys(other.app, other.origin)
  await node.app.db.as(system, (tx) =>
    watchLog(tx, {
      organisation: null,
      ...keys,
      address: other.log,
      witnessAddress: `${other.url}/witness`,
    }),
  )
}

export const findingsOf = async (node: LogNode) =>
  (
    await node.asOwner(
      `select origin, kind, index::int, evidence from log_finding order by found_at, index, id`,
    )
  ).rows as readonly {
    readonly origin: string
    readonly kind: string
    readonly index: number | null
    readonly evidence: Record<string, never>
  }[]
