import type { Locale } from '@tocsin/domain/locale.ts'

/** Why the outside world did not take a message, or why it was not handed over. */
export type FailureReason =
  | 'unreachable'
  | 'timeout'
  | 'refused-address'
  | 'refused-content'
  | 'busy'
  | 'credentials'
  | 'tls'
  | 'not-configured'
  | 'gone'
  | 'too-large'
  | 'unexpected'
  | 'stopped'
  | 'awaiting-call'
  | 'undelivered'

export type Message = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** One line for ways with little room: which warning and how grave, never what about. */
  readonly brief: string
  /** The same without words, for a message that has room for nothing else: `W-2026/1 4/5`. */
  readonly symbol: string
  /** The page that the notice opens. */
  readonly link: string
  /** Where a gateway may say later what became of it; names nobody. */
  readonly receipt?: string
  readonly locale: Locale
  readonly again: boolean
  /** Where an answer goes, if it is not to the sender. */
  readonly replyTo?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Outcome =
  | { readonly state: 'sent' | 'delivered'; readonly reference: string }
  | { readonly state: 'refused'; readonly reason: FailureReason; readonly detail: string }
  | {
      readonly state: 'deferred'
      readonly reason: FailureReason
      readonly detail: string
      readonly retryAfterMs?: number
    }

/** What became of a message that was handed over, said later: by the reference it was given. */
export type Receipt = {
  readonly reference: string
  readonly state: 'delivered' | 'undelivered'
}

/** How answers to messages come back: at an address for each token. */
export type Answers = {
  readonly addressFor: (token: string) => string
  /** The token in the first of such addresses that a text holds. */
  readonly tokenIn: (text: string) => string | undefined
  /** Who messages come from: named where an answer repeats what it answers. */
  readonly sender: string
}

export type Channel = {
  readonly send: (message: Message) => Promise<Outcome>
  readonly close: () => Promise<void>
  /** Only where somebody takes in what is answered. */
  readonly answers?: Answers
  /** Whether this node would ever speak to such an address. */
  readonly accepts?: (address: string) => boolean
  /** Where messages to an address go: to one place one after another. One place if not given. */
  readonly laneOf?: (address: string) => string
  /** Says who takes receipts that come by the channel itself; false when it is too early for one. */
  readonly listen?: (take: (receipt: Receipt) => Promise<boolean>) => void
}
