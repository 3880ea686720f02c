import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { type MailSettings, openEMail } from '../channels/e-mail.ts'
import { openDatabase } from '../database/database.ts'
import { look } from './sound.ts'

/** What the watching thread is given; everything else it opens itself. */
export type WatcherData = {
  readonly databaseUrl: string
  readonly mail: MailSettings | undefined
  readonly silenceMs: number
}

/** What it says: that something fell silent, or that it could not look. */
export type WatcherSays = { readonly silent: string } | { readonly failed: string }

async function watch({ databaseUrl, mail, silenceMs }: WatcherData): Promise<never> {
  const say = (what: WatcherSays) => parentPort?.postMessage(what)
  // A connection of its own: what holds up the node does not hold this up.
  const opened = {
    db: openDatabase(databaseUrl, 1),
    mail: mail && openEMail(mail),
    silenceMs,
    startedMs: Date.now(),
  }
  for (;;) {
    await look(opened).then(
      (begun) => {
        for (const silent of begun) say({ silent })
      },
      (error: unknown) => say({ failed: error instanceof Error ? error.message : 'unknown' }),
    )
    await sleep(Math.min(10_000, silenceMs / 4))
  }
}

if (parentPort) void watch(workerData as WatcherData)
