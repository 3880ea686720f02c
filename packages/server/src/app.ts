import type { Clock } from '@tocsin/domain/clock.ts'
import type { ChannelKind } from '@tocsin/domain/notification.ts'
import type { Channel } from './channels/channel.ts'
import type { Database } from './database/database.ts'
import type { Enqueue } from './jobs/queue.ts'
import type { Receivers } from './network/receivers.ts'

type Say = (details: object, message: string) => void

/** The node's own log: for the operator, never with secrets or the content of matters. */
export type Log = { readonly error: Say; readonly warn: Say; readonly info: Say }

/** What commands may use of the outside world. Nothing else reaches out. */
export type App = {
  readonly db: Database
  readonly clock: Clock
  /** Where people reach this node, and the folder that only it may read. */
  readonly node: { readonly origin: string; readonly home: string }
  readonly enqueue: Enqueue
  /** Every request the node itself makes to others: publishers of data, identity providers. */
  readonly fetch: typeof fetch
  /** The ways by which notices leave; a way that is not set up is not here. */
  readonly channels: Readonly<Partial<Record<ChannelKind, Channel>>>
  /** What each area does when a record of another member arrives; none where a process takes nothing in. */
  readonly receivers: Partial<Receivers>
  readonly log: Log
}
