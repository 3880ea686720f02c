import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Redactable } from '@tocsin/domain/redaction.ts'
import { ReportId } from '@tocsin/domain/report.ts'
import { EditionId } from '@tocsin/domain/risk.ts'
import { NotSent, SharingTerms } from '@tocsin/domain/sharing.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'

/** What is said when something is shared: with whom, on which terms, and what is left out. */
export const SharingForm = z.object({
  /** The matter's own audience, or another in which the State concerned is heard. */
  purpose: z.enum(['readers', 'right-of-reply']),
  terms: SharingTerms.omit({ name: true }),
  redacted: z.array(Redactable),
  asksWhoRead: z.boolean(),
})
export type SharingForm = Readonly<z.infer<typeof SharingForm>>

/** An organisation that does not get it, and the first reason that keeps it back. */
export const Left = z.object({
  organisation: OrganisationId,
  name: Line,
  reason: NotSent,
  /** When it will get it; only where it waits. */
  from: Instant.nullable(),
})

export type Left = Readonly<z.infer<typeof Left>>

/** Who gets it and who does not, by the function that decides it. */
export const AudienceSentence = z.object({
  readers: z.array(z.object({ organisation: OrganisationId, name: Line, isHere: z.boolean() })),
  notReaders: z.array(Left),
})
export type AudienceSentence = Readonly<z.infer<typeof AudienceSentence>>

export const SharedAudience = z.object({
  id: AudienceId,
  purpose: SharingForm.shape.purpose,
  name: Line,
  version: z.int(),
  ceiling: Marking,
  expiresAt: Instant.nullable(),
  isRosterClosed: z.boolean(),
  /** What its owner said last; while that waits, something else holds. */
  terms: SharingTerms,
  termsNow: SharingTerms,
  /** Parts of the matter that its readers do not get, and are told so. */
  redacted: z.array(Redactable),
  asksWhoRead: z.boolean(),
  /** Who has said that they read something of it, where they were asked. */
  readBy: z.array(z.object({ organisation: OrganisationId, name: Line, at: Instant })),
  /** The latest record that it was told and that the log holds: what a proof can be saved of. */
  lastTold: z.object({ organisation: OrganisationId, digest: Sha256, at: Instant }).nullable(),
  /** From when a widened version counts, as long as it waits; until then it can be called back. */
  waitsUntil: Instant.nullable(),
  sentence: AudienceSentence,
})
export type SharedAudience = Readonly<z.infer<typeof SharedAudience>>

const one = z.object({ matter: MatterId })

export const getSharing = {
  method: 'GET',
  path: '/api/matters/:matter/sharing',
  summary: 'Read with whom a matter of ours is shared, and why others do not get it',
  params: one,
  response: z.array(SharedAudience),
} as const satisfies Route

export const previewSharing = {
  method: 'POST',
  path: '/api/matters/:matter/sharing/preview',
  summary: 'Ask who would get a matter and who would not, before anything leaves',
  params: one,
  body: SharingForm,
  response: AudienceSentence,
} as const satisfies Route

export const shareMatter = {
  method: 'POST',
  path: '/api/matters/:matter/sharing',
  summary: 'Share a matter, or widen with whom it is shared; a second person approves',
  params: one,
  body: SharingForm,
  response: Outcome,
} as const satisfies Route

export const narrowAudience = {
  method: 'POST',
  path: '/api/network/audiences/:audience/narrowing',
  summary: 'Take organisations out of an audience of ours at once',
  params: z.object({ audience: AudienceId }),
  body: z.object({ without: z.array(OrganisationId).min(1).max(200) }),
  response: z.object({}),
} as const satisfies Route

export const callBackAudience = {
  method: 'POST',
  path: '/api/network/audiences/:audience/calling-back',
  summary: 'Call back a wider version of an audience of ours, at once, while it waits to count',
  params: z.object({ audience: AudienceId }),
  response: z.object({}),
} as const satisfies Route

/** An audience that nothing is shared with by itself: it is named in others, in place of its members. */
export const Group = z.object({
  id: AudienceId,
  name: Line,
  organisation: OrganisationId,
  /** Whose it is, by name: only its owner takes members out. */
  owner: Line,
  members: z.array(z.object({ organisation: OrganisationId, name: Line })),
})
export type Group = Readonly<z.infer<typeof Group>>

export const listGroups = {
  method: 'GET',
  path: '/api/network/groups',
  summary:
    'List the groups that can be named when something is shared: our own and those we are in',
  response: z.array(Group),
} as const satisfies Route

export const makeGroup = {
  method: 'POST',
  path: '/api/network/groups',
  summary: 'Make a group, whose members are told of each other; a second person approves',
  body: z.object({ name: Line, members: z.array(OrganisationId).min(1).max(200) }),
  response: Outcome,
} as const satisfies Route

const member = z.object({ member: OrganisationId })

export const stopSharing = {
  method: 'POST',
  path: '/api/network/members/:member/stop',
  summary: 'Send a member nothing more, at once',
  params: member,
  response: z.object({}),
} as const satisfies Route

export const resumeSharing = {
  method: 'POST',
  path: '/api/network/members/:member/resume',
  summary: 'Take back that a member is sent nothing; a second person approves',
  params: member,
  response: Outcome,
} as const satisfies Route

export const releaseReport = {
  method: 'POST',
  path: '/api/reports/:report/releases',
  summary: 'Release a report to an audience of ours, without its source; a second person approves',
  params: z.object({ report: ReportId }),
  body: z.object({
    audience: AudienceId,
    redacted: z.array(Redactable),
    asksWhoRead: z.boolean(),
  }),
  response: Outcome,
} as const satisfies Route

export const shareEdition = {
  method: 'POST',
  path: '/api/risk/editions/:edition/sharing',
  summary: 'Tell others which edition of the risk picture we rely on; a second person approves',
  params: z.object({ edition: EditionId }),
  body: z.object({ terms: SharingTerms.omit({ name: true }) }),
  response: Outcome,
} as const satisfies Route
