import { MatterId } from '@tocsin/domain/matter.ts'
import { Report, ReportForm, ReportId } from '@tocsin/domain/report.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

export const fileReport = {
  method: 'POST',
  path: '/api/reports',
  summary: 'File an incident or situation report; the same request twice files one',
  body: ReportForm,
  response: Report,
} as const satisfies Route

export const getReport = {
  method: 'GET',
  path: '/api/reports/:report',
  summary: "Read one of the organisation's own reports",
  params: z.object({ report: ReportId }),
  response: Report,
} as const satisfies Route

export const listReports = {
  method: 'GET',
  path: '/api/reports',
  summary: 'List reports, newest first: those on no matter yet, or all',
  query: z.object({
    loose: z.stringbool().default(false),
    exercise: z.stringbool().default(false),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** The number of reports to pass over. */
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  response: z.object({ total: z.int(), reports: z.array(Report) }),
} as const satisfies Route

export const attachReport = {
  method: 'PUT',
  path: '/api/matters/:matter/reports/:report',
  summary: 'Put a report on a matter: an entry of its record',
  params: z.object({ matter: MatterId, report: ReportId }),
  response: z.object({}),
} as const satisfies Route
