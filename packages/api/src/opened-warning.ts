import { Instant } from '@tocsin/domain/brand.ts'
import { Notification } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Report } from '@tocsin/domain/report.ts'
import { ClockKind, StepPlan } from '@tocsin/domain/service-clock.ts'
import { Warning } from '@tocsin/domain/warning.ts'
import { z } from 'zod'

/** What waits for an authority if the warning were signed now. */
export const PlannedClock = z.object({
  kind: ClockKind,
  dueAt: Instant,
  steps: z.array(StepPlan),
})
export type PlannedClock = Readonly<z.infer<typeof PlannedClock>>

/** An office that was told, and how far that came: never who holds it. */
export const Notified = Notification.pick({
  id: true,
  authority: true,
  office: true,
  legalBasis: true,
  state: true,
  openedAt: true,
  acknowledgedAt: true,
  answeredAt: true,
  acknowledgeBy: true,
  answerBy: true,
}).extend({
  reaction: z.string().nullable(),
  outcome: z.string().nullable(),
})
export type Notified = Readonly<z.infer<typeof Notified>>

/** A report on the matter as far as the letter cites it. */
export const CitedReport = Report.pick({
  id: true,
  year: true,
  number: true,
  what: true,
  fromDay: true,
  sourceGrade: true,
  informationGrade: true,
})
export type CitedReport = Readonly<z.infer<typeof CitedReport>>

/** One warning in a list. */
export const WarningRow = Warning.pick({
  id: true,
  matter: true,
  year: true,
  number: true,
  state: true,
  isExercise: true,
  sha256: true,
  returned: true,
  savedAt: true,
  sentAt: true,
}).extend({
  matterTitle: Line,
  subject: z.string(),
  level: z.int(),
  expiresAt: Instant,
  signatures: z.int(),
  signaturesNeeded: z.int(),
})
export type WarningRow = Readonly<z.infer<typeof WarningRow>>
