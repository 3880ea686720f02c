import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { type CapAlert, type CapInfo, writeAlert } from './alert.ts'
import { gradesOf } from './grades.ts'
import { CapMessage, type CapMessageDraft, type Reference, type WarningMessage } from './message.ts'
import type { CapRefusal } from './xml.ts'

/* Our profile of CAP 1.2: which message says what of the record, and nothing in two ways. */

const PROFILE = 'urn:cp:atrocity-profile:1.0'
export const RECORD = 'urn:cp:record:'
export const UUID = 'urn:uuid:'

const EXPIRES_MS = 72 * 3_600_000

/** An instant as CAP writes it: to the second, in UTC. */
const capTime = (at: Instant): string => `${at.slice(0, 19)}-00:00`

const msgTypes = {
  'warning.sent': 'Alert',
  'warning.updated': 'Update',
  'warning.cancelled': 'Cancel',
  'notification.acknowledged': 'Ack',
} as const satisfies Record<CapMessage['kind'], CapAlert['msgType']>

const urns = (ids: readonly string[]): string => ids.map((id) => UUID + id).join(' ')

/** The CAP message that says this. Pure, so that the same record always makes the same message. */
export function capOf(message: CapMessage): CapAlert {
  const { digest, sender, sentAt, status, scope, marking, matter, kind } = message
  const isWarning = kind === 'warning.sent' || kind === 'warning.updated'
  const to = isWarning ? message.addressees.map(({ post }) => post) : message.addresses
  const isAck = kind === 'notification.acknowledged'
  return {
    identifier: RECORD + digest,
    sender,
    sent: capTime(sentAt),
    status,
    msgType: msgTypes[kind],
    ...(isAck && { source: [message.name, message.office].join('\n') }),
    scope,
    ...(scope === 'Restricted' && { restriction: marking }),
    addresses: urns(to),
    code: [
      PROFILE,
      `cp:marking:${marking}`,
      // CAP knows seconds; the record knows more.
      `cp:sentAt:${sentAt}`,
      ...(isAck ? [`cp:post:${message.post}`, `cp:reaction:${message.reaction}`] : []),
    ],
    ...(kind === 'warning.cancelled' && { note: message.reasons }),
    ...(isAck && message.note !== null && { note: message.note }),
    ...('references' in message && { references: message.references.map(refer).join(' ') }),
    incidents: UUID + matter,
    info: isWarning ? [infoOf(message)] : [],
  }
}

const refer = ({ sender, digest, sentAt }: Reference): string =>
  [sender, RECORD + digest, capTime(sentAt)].join(',')

/** The warning may run longer than CAP lets a message: then it says until when itself. */
const expiryOf = ({ sentAt, expiresAt }: WarningMessage): Instant => {
  const latest = addMilliseconds(sentAt, EXPIRES_MS)
  return expiresAt < latest ? expiresAt : latest
}

/** In the language of the text; lines of a value are its parts, the last may have lines of its own. */
function infoOf(message: WarningMessage): CapInfo {
  const { locale, level, confidence, paragraphs, area } = message
  const { phase, ...grades } = gradesOf(level, confidence)
  return {
    language: locale,
    category: ['Security'],
    event: message.event,
    ...grades,
    eventCode: [{ valueName: 'cp:phase', value: phase }],
    expires: capTime(expiryOf(message)),
    senderName: message.senderName,
    headline: message.subject,
    description: paragraphs.join('\n\n'),
    parameter: parametersOf(message).map(([valueName, value]) => ({ valueName, value })),
    resource: [],
    area: [
      {
        areaDesc: area.name,
        polygon: [],
        circle: [],
        geocode:
          area.country === null ? [] : [{ valueName: 'ISO 3166-1 alpha-3', value: area.country }],
      },
    ],
  }
}

function parametersOf(message: WarningMessage): readonly (readonly [string, string])[] {
  const each = <Part>(name: string, parts: readonly Part[], say: (part: Part) => string) =>
    parts.map((part) => [name, say(part)] as const)
  const lines = (...parts: readonly (string | number)[]) => parts.join('\n')
  return [
    ['cp:level', String(message.level)],
    ['cp:confidence', message.confidence],
    ['cp:ackBy', message.acknowledgeBy],
    ['cp:warningExpires', message.expiresAt],
    ['cp:windowFrom', String(message.windowFrom)],
    ['cp:windowUntil', String(message.windowUntil)],
    // How long each paragraph of the description is: a blank line may also stand within one.
    ['cp:paragraphs', message.paragraphs.map(({ length }) => length).join(' ')],
    ...each('cp:population', message.populations, (name) => name),
    ...each('cp:scenario', message.scenarios, ({ kind, percent, trigger, text }) =>
      lines(kind, percent, trigger, text),
    ),
    ...each('cp:option', message.options, ({ code, expectedEffect, howWeWillKnow }) =>
      lines(code, expectedEffect, howWeWillKnow),
    ),
    ...each(
      'cp:authorisation',
      message.options.filter(({ authorisation }) => authorisation !== null),
      ({ code, authorisation }) => lines(code, authorisation ?? ''),
    ),
    ...(message.catalogue === null ? [] : [['cp:catalogue', message.catalogue] as const]),
    ...each('cp:dissent', message.dissents, ({ by, text }) => lines(by, text)),
    // Reports are named, never carried.
    ...each('cp:evidence', message.evidence, (id) => UUID + id),
    ...each('cp:addressee', message.addressees, ({ post, office, authority }) =>
      lines(UUID + post, office, authority),
    ),
    ...each('cp:legalBasis', message.addressees, ({ post, legalBasis }) =>
      lines(UUID + post, legalBasis),
    ),
    ...each(
      'cp:independent',
      message.addressees.filter(({ isIndependent }) => isIndependent),
      ({ post }) => UUID + post,
    ),
    ...each('cp:signature', message.signatures, ({ at, name, office }) =>
      lines(at, name, ...(office === null ? [] : [office])),
    ),
  ]
}

/** The XML of a message, or what about it CAP cannot carry. */
export function encodeCap(message: CapMessageDraft): { readonly xml: string } | CapRefusal {
  const checked = CapMessage.safeParse(message)
  if (checked.success) return writeAlert(capOf(checked.data))
  const path = checked.error.issues[0]?.path ?? []
  return { fault: 'bad-value', at: path.map(String).join('/') }
}
