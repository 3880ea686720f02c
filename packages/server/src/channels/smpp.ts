import type { Channel, Outcome, Receipt } from './channel.ts'
import { type BoundSession, bind, NoAnswer, type SmppSettings } from './smpp-session.ts'
import { isNumber, shortTextOf } from './sms-text.ts'

const NARROW = 0
const WIDE = 8
const INTERNATIONAL = 1
const ALPHANUMERIC = 5
const TELEPHONE = 1

/** What the other side says when it has too much to do: throttled, its queue full, its own trouble. */
const busy = [0x58, 0x14, 0x08]
/** A number that does not exist, or of a kind that is not served. */
const wrongNumber = [0x0b, 0x48, 0x49, 0x50, 0x51]

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 300_000

/**
 * Hands short messages to a message centre over SMPP 3.4, each in one part, and takes its receipts.
 * The connection is made when it is first needed; after a failure it is left alone, longer each time.
 */
export function openSmpp(settings: SmppSettings, waitMs?: number): Channel {
  const source = new URL(settings.url).searchParams.get('source') ?? ''
  let take: (receipt: Receipt) => Promise<boolean> = async () => false
  let session: Promise<BoundSession> | undefined
  let failures = 0
  let notBefore = 0
  const bound = async (): Promise<BoundSession> => {
    const known = await session?.catch(() => undefined)
    if (known?.isOpen()) return known
    const wait = notBefore - Date.now()
    if (wait > 0) throw new NoAnswer('unreachable', 'waits before it connects again')
    session = bind(settings, (receipt) => take(receipt), waitMs)
    try {
      const made = await session
      failures = 0
      return made
    } catch (error) {
      notBefore = Date.now() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
      failures += 1
      throw error
    }
  }
  let binding: Promise<BoundSession> | undefined
  /** Notices that leave at once share the connection that the first of them makes. */
  const sharedSession = (): Promise<BoundSession> => {
    binding ??= bound().finally(() => {
      binding = undefined
    })
    return binding
  }
  return {
    send: async (message): Promise<Outcome> => {
      if (!isNumber(message.to)) {
        return { state: 'refused', reason: 'refused-address', detail: 'not a number' }
      }
      const { text, alphabet } = shortTextOf(message)
      try {
        const { submit } = await sharedSession()
        const { command_status, message_id } = await submit({
          source_addr: source,
          source_addr_ton: /^\d+$/.test(source) ? INTERNATIONAL : ALPHANUMERIC,
          dest_addr_ton: INTERNATIONAL,
          dest_addr_npi: TELEPHONE,
          destination_addr: message.to.slice(1),
          data_coding: alphabet === 'ucs2' ? WIDE : NARROW,
          registered_delivery: 1,
          short_message: { message: text },
        })
        return command_status === 0
          ? { state: 'sent', reference: message_id ?? '' }
          : refusedWith(command_status)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        return { state: 'deferred', reason: error.reason, detail: error.message }
      }
    },
    listen: (taker) => {
      take = taker
    },
    close: async () => {
      const open = await session?.catch(() => undefined)
      open?.close()
    },
  }
}

function refusedWith(status: number): Outcome {
  const detail = `SMPP ${status}`
  if (busy.includes(status)) return { state: 'deferred', reason: 'busy', detail }
  const reason = wrongNumber.includes(status) ? 'refused-address' : 'refused-content'
  return { state: 'refused', reason, detail }
}
