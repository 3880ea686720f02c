import { createHash } from 'node:crypto'
import nodemailer from 'nodemailer'
import { answersAt } from './answers.ts'
import type { Channel, FailureReason, Message, Outcome } from './channel.ts'

export type MailSettings = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly url: string
  /** The address that notices come from. */
  readonly from: string
  /** The address whose mail is handed to the node as answers, each with `+` and a token. */
  readonly replies?: string
}

const WAIT_MS = 20_000
const CONNECTIONS = 4
const MESSAGES_PER_CONNECTION = 500

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host.startsWith('127.')

/**
 * Hands notices to a mail server. Connections are kept and carry many messages; outside the machine
 * itself they are encrypted or nothing is sent. What the server says becomes an outcome, never a throw.
 */
export function openEMail({ url, from, replies }: MailSettings): Channel {
  const address = new URL(url)
  const transport = nodemailer.createTransport({
    pool: true,
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port: Number(address.port || (address.protocol === 'smtps:' ? 465 : 587)),
    secure: address.protocol === 'smtps:',
    requireTLS: !isLoopback(address.hostname),
    ignoreTLS: isLoopback(address.hostname) && address.protocol === 'smtp:',
    maxConnections: CONNECTIONS,
    maxMessages: MESSAGES_PER_CONNECTION,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(address.username && {
      auth: {
        user: decodeURIComponent(address.username),
        pass: decodeURIComponent(address.password),
      },
    }),
  })
  const domain = from.split('@').at(-1) ?? 'localhost'
  return {
    send: async (message) => {
      if (!isAddress(message.to)) {
        return { state: 'refused', reason: 'refused-address', detail: 'not an address' }
      }
      try {
        const { messageId } = await transport.sendMail(lettersOf(message, from, domain))
        return { state: 'sent', reference: messageId }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: async () => transport.close(),
    ...(replies !== undefined && { answers: answersAt(replies, from) }),
  }
}

/** One mailbox and nothing else: no second address, no line break, no name. */
const isAddress = (to: string): boolean =>
  to.length <= 254 && /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(to)

function lettersOf(
  { id, to, subject, text, html, locale, again, replyTo }: Message,
  from: string,
  domain: string,
) {
  return {
    from,
    to,
    subject: subject.replace(/[\r\n]+/g, ' '),
    text,
    ...(html !== undefined && { html }),
    ...(replyTo !== undefined && { replyTo }),
    // The same on every attempt, so that a mailbox can show two copies as one.
    messageId: `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}@${domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': locale,
      ...(again && { 'X-Tocsin-Repeat': 'yes' }),
    },
  }
}

const NETWORK: Readonly<Record<string, FailureReason>> = {
  ECONNECTION: 'unreachable',
  EDNS: 'unreachable',
  ESOCKET: 'unreachable',
  ETIMEDOUT: 'timeout',
  ETLS: 'tls',
  EAUTH: 'credentials',
}

/** Whether it may be tried again, by the server's own code; its words are not passed on. */
function outcomeOf(error: unknown): Outcome {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number }
  const detail = responseCode ? `SMTP ${responseCode}` : code
  if (code === 'EAUTH') return { state: 'deferred', reason: 'credentials', detail }
  if (responseCode === undefined) {
    return { state: 'deferred', reason: NETWORK[code] ?? 'unreachable', detail }
  }
  if (responseCode === 552 || responseCode === 523) {
    return { state: 'refused', reason: 'too-large', detail }
  }
  if (responseCode >= 500) {
    const reason = code === 'EENVELOPE' ? 'refused-address' : 'refused-content'
    return { state: 'refused', reason, detail }
  }
  return { state: 'deferred', reason: 'busy', detail }
}
