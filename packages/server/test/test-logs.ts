import { createHash } from 'node:crypto'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { sql } from 'kysely'
import pg from 'pg'
import type { App } from '../src/app.ts'
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
  /**
   * The node in a minute. What is done a minute from now is done when that minute has passed, so the node's
   * own rounds leave it alone.
   */
  readonly soon: App
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
  const soon: App = { ...node.app, clock: () => addMilliseconds(node.app.clock(), MINUTE) }
  const write = async (...names: readonly string[]) => {
    await node.app.db.as(system, async (tx) => {
      for (const name of names) await appendToLog(tx, organisation, digestOf(name), 'urgent')
    })
    await sequence(node.app)
  }
  const tick = async () => {
    await sequence(soon)
    node.advance(MINUTE)
  }
  // Whoever finds the node's own round at it leaves it to that round: its end is waited for, and
  // what was written after that round had looked is sequenced then.
  const sequence = async (app: App) => {
    for (const _ of ['beside', 'after']) {
      await sequenceLogs(app)
      await node.app.db.as(system, (tx) =>
        sql`select pg_advisory_xact_lock(hashtextextended(${`tocsin-log-${organisation}`}, 0))`.execute(
          tx,
        ),
      )
    }
  }
  const asOwner = async (statement: string, values: readonly unknown[] = []) => {
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    return owner.query(statement, [...values]).finally(() => owner.end())
  }
  const origin = `${new URL(node.app.node.origin).host}/log/${organisation}`
  const log = `${node.url}/log/${organisation}`
  return { ...node, organisation, origin, log, soon, write, tick, asOwner }
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
