import { z } from 'zod'
import type { ChannelKind } from './notification.ts'

/** One mailbox and nothing else: no name, no second address, no line break. */
const Mailbox = z.string().trim().pipe(z.email().max(254))

/** A telephone number as the whole world writes it (E.164); spaces and the like are taken out. */
const TelephoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s().\-\u00a0\u2011\u2066\u2069]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/))

/** Where a machine takes notices: over TLS, to a name, with nothing secret in the address. */
const WebhookAddress = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https$/ }).max(300))
  .refine((address) => {
    const { username, password, hash } = new URL(address)
    return username === '' && password === '' && hash === ''
  })

/** A way by which a person is reached, with an address that fits it. Devices add themselves. */
export const ContactInput = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('e-mail'), address: Mailbox }),
  z.object({ channel: z.literal('sms'), address: TelephoneNumber }),
  z.object({ channel: z.literal('call-sheet'), address: TelephoneNumber }),
  z.object({ channel: z.literal('webhook'), address: WebhookAddress }),
])
export type ContactInput = Readonly<z.infer<typeof ContactInput>>

/** The ways that are typed in; the order is the one in which they are offered. */
export const TypedChannel = z.enum(['e-mail', 'sms', 'call-sheet', 'webhook'])
export type TypedChannel = z.infer<typeof TypedChannel>

/** Where somebody is reached, the way they prefer first: one address for each way. */
export const ContactInputs = z
  .array(ContactInput)
  .max(TypedChannel.options.length)
  .refine((contacts) => isEachOnce(contacts.map(({ channel }) => channel)), { path: ['channel'] })

const isEachOnce = (channels: readonly ChannelKind[]): boolean =>
  new Set(channels).size === channels.length
