import type { Locale } from '@tocsin/domain/locale.ts'

/** Why the outside world did not take a message. */
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

export type Message = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly locale: Locale
  readonly again: boolean
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

export type Channel = {
  readonly send: (message: Message) => Promise<Outcome>
  readonly close: () => Promise<void>
}
