import type { DeliveryProblem } from '@tocsin/domain/notification.ts'
import { type ParsedMail, simpleParser } from 'mailparser'

/** What a mail that came back says of the message it is about. */
export type MailReport = {
  /** The name of the message, as it left. */
  readonly messageId: string
  readonly action: 'failed' | 'delivered' | 'delayed'
  readonly reason: DeliveryProblem
}

/** Headers stand at the beginning; what follows may be as long as somebody likes. */
const LOOKED_AT = 65_536

/**
 * Reads a delivery status notification (RFC 3464), or a report in the words of an older mail server.
 * Undefined for anything else: an answer of a person, an absence note, what names no message.
 */
export async function readMailReport(raw: Buffer): Promise<MailReport | undefined> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  }).catch(() => undefined)
  if (!mail) return undefined
  return readStatusPart(mail) ?? readWords(mail)
}

const partOf = ({ attachments }: ParsedMail, ...types: readonly string[]): string | undefined =>
  attachments
    .find(({ contentType }) => types.includes(contentType.toLowerCase()))
    ?.content.subarray(0, LOOKED_AT)
    .toString('latin1')

/** Our own name of the message, out of the part of it that came back. */
const messageIdIn = (text: string): string | undefined =>
  /^\s*message-id:\s*(<[^<>\s]{3,250}>)/im.exec(text)?.[1]

function readStatusPart(mail: ParsedMail): MailReport | undefined {
  const status = partOf(mail, 'message/delivery-status')
  const returned = partOf(mail, 'message/rfc822', 'text/rfc822-headers', 'message/global-headers')
  const messageId = messageIdIn(returned ?? '')
  if (status === undefined || messageId === undefined) return undefined
  const action = /^action:\s*([a-z]+)/im.exec(status)?.[1]?.toLowerCase()
  const reason = reasonOf(/^status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(status)?.[1])
  if (action === 'failed') return { messageId, action, reason }
  if (action === 'delivered') return { messageId, action, reason }
  // Relayed to a server that promises nothing, or spread over a list: not known to have arrived.
  return action ? { messageId, action: 'delayed', reason } : undefined
}

/** Servers without a status part: qmail, older Exim and others say it in words. */
function readWords(mail: ParsedMail): MailReport | undefined {
  const from = mail.from?.text ?? ''
  const isFromServer =
    mail.headers.has('x-failed-recipients') || /mailer-daemon|postmaster/i.test(from)
  if (!isFromServer) return undefined
  const text = (mail.text ?? '').slice(0, LOOKED_AT)
  const messageId = messageIdIn(partOf(mail, 'message/rfc822', 'text/rfc822-headers') ?? text)
  if (messageId === undefined) return undefined
  const said = text.slice(0, text.search(/^\s*message-id:/im) >>> 0)
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0]
  const code = /\b([45])\d\d\b/.exec(said)?.[1]
  const isFinal = mail.headers.has('x-failed-recipients') || (status ?? code)?.startsWith('5')
  if (isFinal) return { messageId, action: 'failed', reason: reasonOf(status) }
  return { messageId, action: 'delayed', reason: reasonOf(status) }
}

/** The reasons of RFC 3463 that a person can do something about. */
const reasons: readonly (readonly [RegExp, DeliveryProblem])[] = [
  [/^\d\.1\./, 'refused-address'],
  [/^\d\.2\.2$/, 'mailbox-full'],
  [/^\d\.(2\.3|3\.4)$/, 'too-large'],
  [/^\d\.4\./, 'unreachable'],
  [/^\d\.(6|7)\./, 'refused-content'],
]

const reasonOf = (status = ''): DeliveryProblem =>
  reasons.find(([pattern]) => pattern.test(status))?.[1] ?? 'bounced'
