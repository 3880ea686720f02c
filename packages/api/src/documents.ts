import { Locale } from '@tocsin/domain/locale.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { NotificationId } from '@tocsin/domain/notification.ts'
import { WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import { Bytes, type Route } from './route.ts'

/** The media type of each form in which documents are given out. */
export const mediaTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  zip: 'application/zip',
  json: 'application/vnd.tocsin.due-diligence+json',
} as const

/** The language of the frame; what people wrote stands in the language in which they signed it. */
const locale = Locale.default('en')

const warning = z.object({ warning: WarningId })

export const getLetter = {
  method: 'GET',
  path: '/api/warnings/:warning/letter',
  summary: 'Read a warning as a letter; written to one authority, it holds what opens it for them',
  params: warning,
  query: z.object({
    format: z.enum(['pdf', 'docx']).default('pdf'),
    locale,
    notification: NotificationId.optional(),
  }),
  sends: [mediaTypes.pdf, mediaTypes.docx],
  response: Bytes,
} as const satisfies Route

export const getCallSheet = {
  method: 'GET',
  path: '/api/warnings/:warning/call-sheet',
  summary: 'Read whom to call about a warning, with their codes and what may be said',
  params: warning,
  query: z.object({ format: z.enum(['pdf', 'docx']).default('pdf'), locale }),
  sends: [mediaTypes.pdf, mediaTypes.docx],
  response: Bytes,
} as const satisfies Route

export const getDueDiligence = {
  method: 'GET',
  path: '/api/matters/:matter/due-diligence',
  summary: 'Read the due-diligence record of a matter: sealed, and verifiable by anybody, offline',
  params: z.object({ matter: MatterId }),
  query: z.object({ format: z.enum(['zip', 'json', 'pdf']).default('zip'), locale }),
  sends: [mediaTypes.zip, mediaTypes.json, mediaTypes.pdf],
  response: Bytes,
} as const satisfies Route
