import { Instant } from '@tocsin/domain/brand.ts'
import { ChannelKind } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

export const getNodeKeys = {
  method: 'GET',
  path: '/.well-known/jwks.json',
  summary: 'Read the public keys by which machines know what this node signs (RFC 7517)',
  response: z.object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
      }),
    ),
  }),
} as const satisfies Route

/** How a way is held back. */
export const ChannelControl = z.object({
  /** Nothing leaves by it until somebody lets it go on. */
  isStopped: z.boolean(),
  /** How many notices may leave by it in a minute; null for as many as there are. */
  perMinute: z.int().min(1).max(100_000).nullable(),
})
export type ChannelControl = Readonly<z.infer<typeof ChannelControl>>

export const ChannelStanding = ChannelControl.extend({
  channel: ChannelKind,
  isSetUp: z.boolean(),
})
export type ChannelStanding = Readonly<z.infer<typeof ChannelStanding>>

export const listChannels = {
  method: 'GET',
  path: '/api/settings/channels',
  summary: 'List the ways by which notices leave, and how each is held back',
  response: z.array(ChannelStanding),
} as const satisfies Route

export const setChannel = {
  method: 'PUT',
  path: '/api/settings/channels/:channel',
  summary: 'Stop a way, let it go on, or say how many notices may leave by it in a minute',
  params: z.object({ channel: ChannelKind }),
  /** What is left out stays as it is. */
  body: ChannelControl.partial(),
  response: z.array(ChannelStanding),
} as const satisfies Route

const receipt = z.object({ receipt: z.string().regex(/^[0-9a-f]{64}$/) })
/** As gateways write it: a number or a word. */
const Status = z.object({ status: z.coerce.string().max(40) })

export const receiveReceipt = {
  method: 'GET',
  path: '/api/receipts/:receipt',
  summary: 'Take from a gateway what became of one delivery, at the address it was given for it',
  params: receipt,
  query: Status,
  response: z.object({}),
} as const satisfies Route

export const postReceipt = {
  method: 'POST',
  path: '/api/receipts/:receipt',
  summary: 'Take from a machine what became of one delivery, at the address it was given for it',
  params: receipt,
  body: Status,
  response: z.object({}),
} as const satisfies Route

/** One try to reach somebody by voice. */
export const CallRecord = z.object({
  at: Instant,
  by: Line.nullable(),
  isReached: z.boolean(),
  spokeWith: Line.nullable(),
  said: z.string(),
})
export type CallRecord = Readonly<z.infer<typeof CallRecord>>

/** Somebody who is reached only by voice, and what came of it so far. */
export const Call = z.object({
  delivery: z.uuidv7(),
  authority: Line,
  office: Line,
  name: Line,
  /** The number to call: only while the call is owed, and only to those who make it. */
  number: z.string().nullable(),
  madeAt: Instant,
  isOwed: z.boolean(),
  /** Why it is owed no more although nobody was reached. */
  reason: z.string().nullable(),
  tries: z.array(CallRecord),
})
export type Call = Readonly<z.infer<typeof Call>>

export const listCalls = {
  method: 'GET',
  path: '/api/warnings/:warning/calls',
  summary: 'List the people whom a warning reaches only by voice: the calls to make and those made',
  params: z.object({ warning: WarningId }),
  response: z.array(Call),
} as const satisfies Route

export const recordCall = {
  method: 'PUT',
  path: '/api/deliveries/:delivery/calls/:call',
  summary: 'Record a call: who was reached and what was said, or why nobody was; once for each id',
  params: z.object({ delivery: z.uuidv7(), call: z.uuidv7() }),
  body: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('reached'), spokeWith: Line, said: Paragraphs }),
    z.object({ outcome: z.literal('not-reached'), said: Paragraphs }),
  ]),
  response: z.object({}),
} as const satisfies Route
