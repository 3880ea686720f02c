import type { App } from '../src/app.ts'
import { openEMail } from '../src/channels/e-mail.ts'
import { openDatabase } from '../src/database/database.ts'
import { drainOutbox } from '../src/warnings/hand-over.ts'
import { type Pace, pacedClock } from './paced-clock.ts'

/*
 * A process that is there to be killed: it does nothing but hand over notices. It loads what it needs
 * first, and begins when it is told the name by which the mail server knows it and its time.
 */

export type Begin = {
  readonly name: string
  readonly databaseUrl: string
  readonly home: string
  readonly port: number
  readonly pace: Pace
}

const quiet = () => undefined

process.once('message', async ({ name, databaseUrl, home, port, pace }: Begin) => {
  const url = `smtp://${name}:x@127.0.0.1:${port}`
  const app: App = {
    db: openDatabase(databaseUrl, 3),
    clock: pacedClock(pace),
    node: { origin: 'https://node.example', home },
    enqueue: async () => undefined,
    fetch,
    channels: { 'e-mail': openEMail({ url, from: 'tocsin@node.example' }) },
    receivers: {},
    log: { error: quiet, warn: quiet, info: quiet },
  }
  for (;;) {
    const tried = await drainOutbox(app)
    if (tried === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
