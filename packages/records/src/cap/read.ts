import { type CapAlert, type CapInfo, readAlert, writeAlert } from './alert.ts'
import { CapMessage } from './message.ts'
import { capOf, RECORD, UUID } from './profile.ts'
import type { CapRefusal } from './xml.ts'

/**
 * Reads a message of ours, or says why it is none: its parts are taken out and written again, and only
 * what comes out the same is ours, so that nothing in it can say two things. Never throws.
 */
export function readCap(bytes: Uint8Array): { readonly message: CapMessage } | CapRefusal {
  const read = readAlert(bytes)
  if ('fault' in read) return read
  const { data: message } = CapMessage.safeParse(partsOf(read.alert))
  if (!message) return { fault: 'not-in-profile', at: 'alert' }
  const [again, given] = [writeAlert(capOf(message)), writeAlert(read.alert)]
  const isSame = 'xml' in again && 'xml' in given && again.xml === given.xml
  return isSame ? { message } : { fault: 'not-in-profile', at: 'alert' }
}

const kinds: Readonly<Partial<Record<CapAlert['msgType'], CapMessage['kind']>>> = {
  Alert: 'warning.sent',
  Update: 'warning.updated',
  Cancel: 'warning.cancelled',
  Ack: 'notification.acknowledged',
}

/** What a message of the profile says, not yet checked: anything may be missing or wrong. */
function partsOf(alert: CapAlert): object {
  const code = (name: string) =>
    alert.code.find((one) => one.startsWith(name))?.slice(name.length) ?? ''
  const kind = kinds[alert.msgType]
  const envelope = {
    kind,
    digest: without(RECORD, alert.identifier),
    sender: alert.sender,
    sentAt: code('cp:sentAt:'),
    status: alert.status,
    scope: alert.scope,
    marking: code('cp:marking:'),
    matter: without(UUID, alert.incidents),
  }
  const references = (alert.references ?? '').split(' ').map(referenceOf)
  const addresses = (alert.addresses ?? '').split(' ').map((one) => without(UUID, one))
  const [info] = alert.info
  switch (kind) {
    case 'warning.sent':
      return { ...envelope, ...warningOf(info) }
    case 'warning.updated':
      return { ...envelope, references, ...warningOf(info) }
    case 'warning.cancelled':
      return { ...envelope, references, addresses, reasons: alert.note }
    default: {
      const [name, office] = (alert.source ?? '').split('\n')
      const said = { reaction: code('cp:reaction:'), note: alert.note ?? null, name, office }
      return { ...envelope, references, addresses, post: code('cp:post:'), ...said }
    }
  }
}

const without = (start: string, text = ''): string =>
  text.startsWith(start) ? text.slice(start.length) : ''

function referenceOf(text: string): object {
  const [sender, name, sent = ''] = text.split(',')
  return { sender, digest: without(RECORD, name), sentAt: `${sent.slice(0, 19)}.000Z` }
}

function warningOf(info: CapInfo | undefined): object {
  if (!info) return {}
  const all = (name: string) =>
    info.parameter.filter(({ valueName }) => valueName === name).map(({ value }) => value)
  const one = (name: string) => all(name)[0] ?? ''
  const [area] = info.area
  const independent = all('cp:independent')
  const byName = (name: string) =>
    new Map(all(name).map((text) => linesOf(text, 2) as [string, string]))
  const bases = byName('cp:legalBasis')
  const authorisations = byName('cp:authorisation')
  return {
    level: Number(one('cp:level')),
    confidence: one('cp:confidence'),
    locale: info.language,
    subject: info.headline,
    paragraphs: paragraphsOf(info.description ?? '', one('cp:paragraphs')),
    populations: all('cp:population'),
    windowFrom: Number(one('cp:windowFrom')),
    windowUntil: Number(one('cp:windowUntil')),
    scenarios: all('cp:scenario').map((value) => {
      const [kind, percent, trigger, text] = linesOf(value, 4)
      return { kind, percent: Number(percent), trigger, text }
    }),
    options: all('cp:option').map((value) => {
      const [code, expectedEffect, howWeWillKnow] = linesOf(value, 3)
      const authorisation = authorisations.get(code ?? '') ?? null
      return { code, expectedEffect, howWeWillKnow, authorisation }
    }),
    catalogue: all('cp:catalogue')[0] ?? null,
    dissents: all('cp:dissent').map((value) => {
      const [by, text] = linesOf(value, 2)
      return { by, text }
    }),
    evidence: all('cp:evidence').map((id) => without(UUID, id)),
    addressees: all('cp:addressee').map((value) => {
      const [post = '', office, authority] = linesOf(value, 3)
      const isIndependent = independent.includes(post)
      return {
        post: without(UUID, post),
        office,
        authority,
        legalBasis: bases.get(post),
        isIndependent,
      }
    }),
    expiresAt: one('cp:warningExpires'),
    acknowledgeBy: one('cp:ackBy'),
    senderName: info.senderName,
    event: info.event,
    area: { name: area?.areaDesc, country: area?.geocode[0]?.value ?? null },
    signatures: all('cp:signature').map((value) => {
      const [at, name, office = null] = linesOf(value, 3)
      return { at, name, office }
    }),
  }
}

/** So many parts, of which only the last may hold line breaks of its own. */
function linesOf(value: string, count: number): readonly string[] {
  const lines = value.split('\n')
  const last = lines.slice(count - 1)
  return [...lines.slice(0, count - 1), ...(last.length > 0 ? [last.join('\n')] : [])]
}

/** The description cut where its paragraphs end. */
function paragraphsOf(description: string, lengths: string): readonly string[] {
  let at = 0
  return lengths
    .split(' ')
    .filter((length) => length !== '')
    .map((length) => {
      const from = at
      at += Number(length) + 2
      return description.slice(from, from + Number(length))
    })
}
