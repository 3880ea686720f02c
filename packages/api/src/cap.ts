import { Instant } from '@tocsin/domain/brand.ts'
import { NotificationId } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

const produces = 'application/cap+xml'

export const getWarningAsCap = {
  method: 'GET',
  path: '/api/warnings/:warning/cap',
  summary: 'Read a warning that was sent as a message of the Common Alerting Protocol 1.2',
  params: z.object({ warning: WarningId }),
  query: z.object({
    /** What stands now, which is a cancellation once there is one; or what was sent at first. */
    message: z.enum(['latest', 'first']).default('latest'),
  }),
  produces,
  response: z.string(),
} as const satisfies Route

/** Read by people who are signed in, and by programs with a token as for TAXII. */
export const getWarningFeed = {
  method: 'GET',
  path: '/api/warnings.atom',
  summary: 'Read where the warnings that stand are found in CAP 1.2, as an Atom feed',
  produces: 'application/atom+xml',
  response: z.string(),
} as const satisfies Route

export const listCapAcknowledgements = {
  method: 'GET',
  path: '/api/warnings/:warning/cap/acknowledgements',
  summary: 'List who acknowledged a warning; each can be read as a message of CAP 1.2',
  params: z.object({ warning: WarningId }),
  response: z.array(
    z.object({
      notification: NotificationId,
      authority: Line,
      office: Line,
      acknowledgedAt: Instant,
    }),
  ),
} as const satisfies Route

export const getAcknowledgementAsCap = {
  method: 'GET',
  path: '/api/warnings/:warning/cap/acknowledgements/:notification',
  summary: 'Read an acknowledgement as a message of CAP 1.2 that refers to the warning',
  params: z.object({ warning: WarningId, notification: NotificationId }),
  produces,
  response: z.string(),
} as const satisfies Route
