import type { Log } from '../src/app.ts'
import type { Message } from '../src/channels/channel.ts'

/** A notice as it is handed to a channel. */
export const message = (to: string, parts: Partial<Message> = {}): Message => ({
  id: 'a.b.warned',
  to,
  subject: 'Warning 2026/1: please acknowledge receipt',
  text: 'Open https://node.example/a/0123',
  brief: 'Warning 2026/1, level 4. Open:',
  symbol: 'W-2026/1 4/5',
  link: 'https://node.example/a/0123',
  locale: 'en',
  again: false,
  ...parts,
})

/** A log that keeps every word, to see that it holds no address and no secret. */
export function keepingLog() {
  const lines: string[] = []
  const say = (details: object, words: string) => {
    lines.push(JSON.stringify(details) + words)
  }
  const log: Log = { error: say, warn: say, info: say }
  return { log, lines }
}
