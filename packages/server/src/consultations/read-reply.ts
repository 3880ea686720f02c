import { createHash } from 'node:crypto'
import { answerIn } from '@tocsin/domain/mailed-reply.ts'
import { type ParsedMail, simpleParser } from 'mailparser'

/** A mail that may answer a notice. */
export type MailedAnswer = {
  /** All that says to which address it was sent, as one text. */
  readonly sentTo: string
  /** The one address that it says it is from, in small letters; undefined where there are none or several. */
  readonly from: string | undefined
  /** Written by a program: an absence note, a report, a list. */
  readonly isAutomatic: boolean
  /** Names the mail: the same for each copy of it. */
  readonly digest: string
  /** What was written, without what it answers. */
  readonly textWithout: (own: readonly string[]) => string
  readonly attachments: number
}

/** So much of the written part is looked at; a contribution holds far less. */
const LOOKED_AT = 500_000
const addressed = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']

/** Undefined for what is no mail at all. */
export async function readAnswer(raw: Buffer): Promise<MailedAnswer | undefined> {
  // Words of HTML alone become plain ones; a picture in them is no file that somebody sent.
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true }).catch(
    () => undefined,
  )
  if (!mail) return undefined
  const text = (mail.text ?? '').slice(0, LOOKED_AT).replace(invisible, '')
  return {
    sentTo: mail.headerLines
      .filter(({ key }) => addressed.includes(key))
      .map(({ line }) => line.replace(/\r?\n[ \t]+/g, ''))
      .join('\n'),
    from: senderOf(mail),
    isAutomatic: isAutomatic(mail),
    digest: createHash('sha256')
      .update(mail.messageId ?? raw)
      .digest('hex'),
    textWithout: (own) => answerIn(text, own),
    attachments: mail.attachments.filter(({ related }) => !related).length,
  }
}

/** Marks of direction that mail programs put in, and what nobody types; line ends stay. */
const invisible = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu

function senderOf({ from }: ParsedMail): string | undefined {
  const [one, ...others] = from?.value ?? []
  return others.length === 0 ? one?.address?.toLowerCase() : undefined
}

/** By RFC 3834, and by the older ways of saying so. */
function isAutomatic({ headers }: ParsedMail): boolean {
  const said = (name: string) => String(headers.get(name) ?? '').toLowerCase()
  const isSubmitted = headers.has('auto-submitted') && said('auto-submitted') !== 'no'
  const isBulk = /^(bulk|junk|list|auto_reply)$/.test(said('precedence').trim())
  const { value = '' } = (headers.get('content-type') ?? {}) as { value?: string }
  return isSubmitted || isBulk || headers.has('list-id') || value === 'multipart/report'
}
