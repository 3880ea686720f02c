import { DeliveryProblem } from '@tocsin/domain/notification.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** How a person wants to be told of what is not urgent. */
const NoticePreference = z.object({
  /** Levels 1 and 2 once a day, when the person's own office begins to work. */
  digest: z.boolean(),
})

export const readNoticePreference = {
  method: 'GET',
  path: '/api/notices/preference',
  summary: 'Read how one wants to be told of notices of levels 1 and 2',
  response: NoticePreference,
} as const satisfies Route

export const setNoticePreference = {
  method: 'PUT',
  path: '/api/notices/preference',
  summary: 'Say whether notices of levels 1 and 2 come at once or together once a day',
  body: NoticePreference,
  response: NoticePreference,
} as const satisfies Route

/** What a mail server's report was found to say of a notice. */
export const ReportOutcome = z.object({
  /** `unknown`: it is no report, or not about a notice of this node; nothing was changed. */
  outcome: z.enum(['failed', 'delivered', 'delayed', 'unknown']),
  reason: DeliveryProblem.nullable(),
})

export const takeMailReport = {
  method: 'POST',
  path: '/api/notices/mail-reports',
  summary: 'Take a mail that came back to the sender of notices: what became of a notice',
  consumes: 'stream',
  response: ReportOutcome,
} as const satisfies Route
