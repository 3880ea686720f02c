import { type Actor, type SessionId, system } from '@tocsin/domain/actor.ts'
import { PersonId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import type { App } from '@tocsin/server/app.ts'
import { openDatabase } from '@tocsin/server/database/database.ts'
import { receivers } from '@tocsin/server/main.ts'
import { publishRecord } from '@tocsin/server/network/publish.ts'
import { withdrawRecord } from '@tocsin/server/network/withdraw.ts'
import { findServer } from '@tocsin/server/postgres/address.ts'
import pg from 'pg'
import { acquaint } from '../acquaint.ts'
import { look, watchEffects } from './look.ts'
import type { Answers, Asked, Order, Telling } from './orders.ts'

/*
 * A process at a node's own site that speaks for its organisation, and looks at what the node has. It
 * outlives the node; where the database is away, an order fails and nobody knows whether it was done.
 */

const [home = '', organisation = ''] = process.argv.slice(2)
const quiet = () => undefined

/** The database is at another place after each start of the node. */
async function address(): Promise<string> {
  const url = await findServer(home)
  if (url === undefined) throw new Error('the database is away')
  return url
}

async function withOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(await address())
  client.on('error', quiet)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(quiet)
  }
}

async function withApp<T>(work: (app: App) => Promise<T>): Promise<T> {
  const db = openDatabase(await address(), 1)
  const app: App = {
    db,
    clock: systemClock,
    node: { origin: 'http://lab.invalid', home },
    enqueue: async () => undefined,
    fetch,
    channels: {},
    receivers,
    log: { error: quiet, warn: quiet, info: quiet },
  }
  try {
    return await work(app)
  } finally {
    await db.close().catch(quiet)
  }
}

const tell = ({ audience, object, organisation: own }: Telling) =>
  withApp((app) =>
    app.db.as(system, async (tx) => {
      const digest = await publishRecord(app, tx, { organisation: own, audience, object })
      const { seq } = await tx
        .selectFrom('network_record')
        .select('seq')
        .where('digest', '=', digest)
        .executeTakeFirstOrThrow()
      return { digest, seq }
    }),
  )

/** As the one person of the organisation, who was made when the nodes were acquainted. */
const withdraw = ({ object, organisation: own }: Order<'withdraw'>) =>
  withApp(async (app) => {
    const actor: Actor = {
      kind: 'person',
      person: PersonId.parse(own),
      organisation: own,
      roles: ['focal-point'],
      session: own as string as SessionId,
      credential: 'lab',
      steppedUpUntil: null,
    }
    const reason = 'Somebody who was seen there is in danger.'
    await withdrawRecord(app, actor, {
      object: ObjectId.parse(object),
      class: 'source-risk',
      reason,
    })
    return null
  })

const answers: { [Do in keyof Answers]: (order: Order<Do>) => Promise<Answers[Do]> } = {
  acquaint: ({ own, others, audiences }) =>
    withOwner(async (client) => {
      await watchEffects(client)
      await acquaint(client, own, others, audiences)
      return null
    }),
  tell,
  withdraw,
  look: () => withOwner((client) => look(client, home, organisation)),
}

const answer = <Do extends keyof Answers>(order: Order<Do>): Promise<Answers[Do]> =>
  answers[order.do](order)

process.on('message', ({ number, order }: Asked) => {
  answer(order).then(
    (done) => process.send?.({ number, done }),
    (error: unknown) => process.send?.({ number, fault: String(error) }),
  )
})
// Without the lab there is nothing left to do.
process.on('disconnect', () => process.exit(0))
