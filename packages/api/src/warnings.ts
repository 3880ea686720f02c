import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { WarningLevel } from '@tocsin/domain/level.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Acknowledgement, Answer, ChannelKind, DeliveryState } from '@tocsin/domain/notification.ts'
import { Line, PostId } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { Warning, WarningDraft, WarningFault, WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import { CitedReport, Notified, PlannedClock, WarningRow } from './opened-warning.ts'
import type { Route } from './route.ts'

/** An office that can be addressed on this node: the office, never who holds it. */
export const Office = z.object({
  post: PostId,
  title: Line,
  organisation: OrganisationId,
  organisationName: Line,
  isHeld: z.boolean(),
  /** Whether it belongs to no State's government: a regional organisation, the United Nations. */
  isOutside: z.boolean(),
})
export type Office = Readonly<z.infer<typeof Office>>

export const listOffices = {
  method: 'GET',
  path: '/api/offices',
  summary: 'List the offices on this node that can be warned',
  response: z.array(Office),
} as const satisfies Route

/** Somebody who will be told, as they are known at this moment. */
export const Recipient = z.object({
  post: PostId,
  office: Line,
  authority: Line,
  name: Line,
  channels: z.array(ChannelKind),
})
export type Recipient = Readonly<z.infer<typeof Recipient>>

/** Who will see it and who will not, computed by the functions that enforce it. */
export const AudiencePreview = z.object({
  recipients: z.array(Recipient),
  /** Organisations whose people read the matter and its warnings on this node. */
  readers: z.array(Line),
  /** Organisations on this node that do not. */
  notReaders: z.array(Line),
})
export type AudiencePreview = Readonly<z.infer<typeof AudiencePreview>>

export const Delivery = z.object({
  notification: z.uuidv7(),
  office: Line,
  channel: ChannelKind,
  step: z.string(),
  state: DeliveryState,
  attempts: z.int(),
  reason: z.string().nullable(),
  mayRepeat: z.boolean(),
  sentAt: Instant.nullable(),
  nextAt: Instant,
})
export type Delivery = Readonly<z.infer<typeof Delivery>>

export const OpenedWarning = z.object({
  asOf: Instant,
  warning: Warning,
  matterTitle: Line,
  /** Who warns. */
  sender: Line,
  excluded: z.array(OrganisationId),
  /** The warning that was sent in its place. */
  replacedBy: WarningId.nullable(),
  /** The organisation's own reports on the matter; none for those it is shared with. */
  reports: z.array(CitedReport),
  /** What each addressee would be waited for, by when; empty for one that was sent. */
  plannedClocks: z.array(PlannedClock),
  /** How many clocks of the matter run now. */
  clocksRunning: z.int(),
  notifications: z.array(Notified),
  /** What keeps it from being signed; empty for one that was sent. */
  faults: z.array(WarningFault),
  /** How many must sign, this level being what it is. */
  signaturesNeeded: z.int(),
  audience: AudiencePreview,
  deliveries: z.array(Delivery),
})
export type OpenedWarning = Readonly<z.infer<typeof OpenedWarning>>

const one = z.object({ warning: WarningId })

export const listWarnings = {
  method: 'GET',
  path: '/api/warnings',
  summary: "List the organisation's warnings, drafts first, then the latest; at most 200",
  query: z.object({ matter: MatterId.optional() }),
  response: z.array(WarningRow),
} as const satisfies Route

export const saveWarning = {
  method: 'PUT',
  path: '/api/warnings/:warning',
  summary: 'Save a draft warning; saving takes back the signatures it had',
  params: one,
  body: z.object({
    matter: MatterId,
    draft: WarningDraft,
    replaces: WarningId.nullable(),
    /** What the writer last read, so that two who write at once do not lose each other's words. */
    read: Sha256.nullable(),
  }),
  response: z.object({ sha256: Sha256, savedAt: Instant }),
} as const satisfies Route

export const getWarning = {
  method: 'GET',
  path: '/api/warnings/:warning',
  summary: 'Read a warning, who will see it, what keeps it from being signed, and its deliveries',
  params: one,
  response: OpenedWarning,
} as const satisfies Route

export const signWarning = {
  method: 'POST',
  path: '/api/warnings/:warning/signatures',
  summary: 'Sign a warning; the last signature sends it',
  params: one,
  body: z.object({
    sha256: Sha256,
    /** Who was shown to whoever signs: nothing is sent when that is not who would be told. */
    shown: AudiencePreview.pick({ recipients: true, readers: true }),
  }),
  response: z.object({ state: z.enum(['waiting', 'sent']), told: z.int() }),
} as const satisfies Route

export const returnWarning = {
  method: 'POST',
  path: '/api/warnings/:warning/return',
  summary: 'Return a draft to whoever wrote it, with reasons',
  params: one,
  body: z.object({ reasons: Paragraphs }),
  response: z.object({}),
} as const satisfies Route

export const discardWarning = {
  method: 'POST',
  path: '/api/warnings/:warning/discard',
  summary:
    'Discard a draft as it was last read; the log keeps its hash and nothing of what it said',
  params: one,
  body: z.object({ sha256: Sha256 }),
  response: z.object({}),
} as const satisfies Route

export const cancelWarning = {
  method: 'POST',
  path: '/api/warnings/:warning/cancel',
  summary: 'Cancel a warning that was sent, with reasons; those who were told are told again',
  params: one,
  body: z.object({ reasons: Paragraphs }),
  response: z.object({}),
} as const satisfies Route

/** What the link of a notice shows: no more than the notice itself says, until the code is given. */
export const Letter = z.object({
  sender: Line,
  authority: Line,
  office: Line,
  symbol: z.string(),
  marking: Marking,
  isExercise: z.boolean(),
  level: WarningLevel,
  state: z.enum(['waiting', 'acknowledged', 'answered', 'withdrawn']),
  sentAt: Instant,
  openedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  reaction: z.string().nullable(),
  answeredAt: Instant.nullable(),
  outcome: z.string().nullable(),
  acknowledgeBy: Instant,
  answerBy: Instant.nullable(),
  linkExpiresAt: Instant,
  /** The letter itself, to whoever gave the code or where the marking lets anybody read. */
  content: z
    .object({
      subject: Line,
      locale: z.string(),
      paragraphs: z.array(z.string()),
      legalBasis: Line,
      options: z.array(z.object({ code: z.string(), expectedEffect: z.string() })),
      populations: z.array(z.string()),
    })
    .nullable(),
  asOf: Instant,
})
export type Letter = Readonly<z.infer<typeof Letter>>

const Token = z.object({ token: z.string().regex(/^[0-9a-f]{64}$/) })

export const readLetter = {
  method: 'GET',
  path: '/api/letters/:token',
  summary: 'Read what a notice told of, as far as its link may say; marks nothing',
  params: Token,
  response: Letter,
} as const satisfies Route

export const openLetter = {
  method: 'POST',
  path: '/api/letters/:token/opening',
  summary: 'Open a notice: marks that its page was seen, which acknowledges nothing',
  params: Token,
  response: Letter,
} as const satisfies Route

export const unsealLetter = {
  method: 'POST',
  path: '/api/letters/:token/reading',
  summary: 'Read the letter itself with the six digits that came by another way',
  params: Token,
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  response: Letter,
} as const satisfies Route

export const acknowledgeLetter = {
  method: 'POST',
  path: '/api/letters/:token/acknowledgement',
  summary: 'Acknowledge receipt, which is not agreement: once, with a name and an office',
  params: Token,
  body: Acknowledgement,
  response: Letter,
} as const satisfies Route

export const answerLetter = {
  method: 'POST',
  path: '/api/letters/:token/answer',
  summary: 'Say what was decided, or why nothing was: once, after acknowledging',
  params: Token,
  body: Answer,
  response: Letter,
} as const satisfies Route
