import { Instant, PersonId } from '@tocsin/domain/brand.ts'
import { TypedChannel } from '@tocsin/domain/contact.ts'
import { ChannelKind } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** Where a person is reached by one way, and what is known of that way. */
export const Contact = z.object({
  channel: ChannelKind,
  address: z.string(),
  /** When somebody confirmed a test notice that went this way to this address. */
  verifiedAt: Instant.nullable(),
  testedAt: Instant.nullable(),
  /** When a notice last left by this way. */
  usedAt: Instant.nullable(),
})
export type Contact = Readonly<z.infer<typeof Contact>>

/** The way a person prefers first. */
export const Contacts = z.array(Contact)

/** A device of one's own that is told. */
export const Device = z.object({
  id: z.uuidv7(),
  name: Line,
  madeAt: Instant,
  usedAt: Instant.nullable(),
})
export type Device = Readonly<z.infer<typeof Device>>

export const listOwnContacts = {
  method: 'GET',
  path: '/api/contacts',
  summary: 'Read where one is reached oneself, one’s devices, and the ways that this node has',
  response: z.object({
    contacts: Contacts,
    devices: z.array(Device),
    /** The ways by which notices leave this node now. */
    ways: z.array(ChannelKind),
    /** What a browser needs to subscribe; null where this node tells no devices. */
    pushKey: z.string().nullable(),
  }),
} as const satisfies Route

export const testContact = {
  method: 'POST',
  path: '/api/people/:person/contacts/:channel/test',
  summary: 'Send a test notice with a link by which its reader confirms that it arrived',
  params: z.object({ person: PersonId, channel: TypedChannel.or(z.literal('web-push')) }),
  response: z.object({
    outcome: z.enum(['sent', 'delivered', 'refused', 'deferred']),
    reason: z.string().nullable(),
  }),
} as const satisfies Route

export const addDevice = {
  method: 'PUT',
  path: '/api/contacts/devices/:device',
  summary: 'Have a device of one’s own told; the same device twice stays one',
  params: z.object({ device: z.uuidv7() }),
  body: z.object({
    name: Line,
    endpoint: z.url({ protocol: /^https$/ }).max(1000),
    p256dh: z.string().regex(/^[\w-]{87}=?$/),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
  response: z.object({}),
} as const satisfies Route

export const removeDevice = {
  method: 'DELETE',
  path: '/api/contacts/devices/:device',
  summary: 'Have a device of one’s own told no more',
  params: z.object({ device: z.uuidv7() }),
  response: z.object({}),
} as const satisfies Route

const Token = z.object({ token: z.string().regex(/^[0-9a-f]{64}$/) })

/** What the link of a test notice shows: which way is confirmed, never whose. */
export const Confirmation = z.object({
  channel: ChannelKind,
  confirmedAt: Instant.nullable(),
})
export type Confirmation = Readonly<z.infer<typeof Confirmation>>

export const readConfirmation = {
  method: 'GET',
  path: '/api/confirmations/:token',
  summary: 'Read what the link of a test notice confirms; marks nothing',
  params: Token,
  response: Confirmation,
} as const satisfies Route

export const confirmContact = {
  method: 'POST',
  path: '/api/confirmations/:token',
  summary: 'Confirm that a test notice arrived',
  params: Token,
  response: Confirmation,
} as const satisfies Route
