import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Problem } from '@tocsin/domain/problem.ts'
import { z } from 'zod'
import { mayTakeReplies } from './channels/answers.ts'
import type { MailSettings } from './channels/e-mail.ts'
import type { ChannelSettings } from './channels/open.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** What the environment decides about a node; everything else is decided by people, on screen. */
export type Config = {
  /** The folder that holds what this node alone knows: its database, keys, tokens. */
  readonly home: string
  readonly host: string
  readonly port: number
  /** The address people type, when a proxy stands before the node. */
  readonly origin: string | undefined
  /** Any PostgreSQL from 15 on; without it the node runs its own. */
  readonly databaseUrl: string | undefined
  /** The mail server that notices leave by, their sender, and where they are answered; without it none leave by mail. */
  readonly mail: MailSettings | undefined
  /** The other ways by which notices leave. */
  readonly channels?: ChannelSettings
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
}

/** Exact hosts between commas, each with its port where that is not 443. */
const Hosts = z
  .string()
  .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$|^[\da-f:.]+$/)).min(1))

const isPair = (text: string): boolean => /^[\w.-]+=.*\{\w+\}/.test(text)

const Environment = z.object({
  TOCSIN_HOME: z.string().min(1).optional(),
  TOCSIN_HOST: z.string().min(1).default('127.0.0.1'),
  TOCSIN_PORT: z.coerce.number().int().min(0).max(65_535).default(4850),
  TOCSIN_ORIGIN: z.url().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  TOCSIN_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  TOCSIN_MAIL_FROM: z.email().optional(),
  TOCSIN_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
})

/** The ways besides mail: a fault here has a sentence of its own for each. */
const ChannelEnvironment = z.object({
  TOCSIN_SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  TOCSIN_SMS_FORM: z.string().refine(isPair).optional(),
  TOCSIN_SMPP_URL: z.url({ protocol: /^smpps?$/ }).optional(),
  TOCSIN_WEBHOOK_HOSTS: Hosts.optional(),
  TOCSIN_PUSH_HOSTS: Hosts.optional(),
  TOCSIN_MAIL_REPLY: z.email().refine(mayTakeReplies).optional(),
  TOCSIN_CHANNEL_CA: z.string().includes('-----BEGIN CERTIFICATE-----').optional(),
})

/** What may stand in a file instead, so that no secret is in the environment of a process. */
const inFiles = [
  'TOCSIN_SMTP_URL',
  'TOCSIN_SMS_URL',
  'TOCSIN_SMPP_URL',
  'TOCSIN_CHANNEL_CA',
] as const

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the environment; a wrong value is a problem that names the variable, never its content. */
export function readConfig(variables: Variables): Config {
  const environment = withFiles(variables)
  const { data: read, error } = Environment.safeParse(environment)
  if (!read) throw new Problem('node.bad-setting', { setting: String(error.issues[0]?.path[0]) })
  const { TOCSIN_SMTP_URL: url, TOCSIN_MAIL_FROM: from } = read
  // One without the other would look set up and send nothing.
  if ((url === undefined) !== (from === undefined)) {
    const setting = url === undefined ? 'TOCSIN_SMTP_URL' : 'TOCSIN_MAIL_FROM'
    throw new Problem('node.bad-setting', { setting })
  }
  // Without a mail server nothing is told that could be answered.
  if (url === undefined && environment['TOCSIN_MAIL_REPLY'] !== undefined) {
    throw badChannel('TOCSIN_MAIL_REPLY')
  }
  const { replies, ...channels } = readChannels(environment)
  return {
    home: resolve(read.TOCSIN_HOME ?? `${repository}.tocsin`),
    host: read.TOCSIN_HOST,
    port: read.TOCSIN_PORT,
    origin: read.TOCSIN_ORIGIN,
    databaseUrl: read.DATABASE_URL,
    mail: url !== undefined && from !== undefined ? { url, from, ...replies } : undefined,
    channels,
    logLevel: read.TOCSIN_LOG,
  }
}

type Replies = { readonly replies?: Pick<MailSettings, 'replies'> }

function readChannels(environment: Variables): ChannelSettings & Replies {
  const { data: read, error } = ChannelEnvironment.safeParse(environment)
  if (!read) throw badChannel(String(error.issues[0]?.path[0]))
  const {
    TOCSIN_SMS_URL: sms,
    TOCSIN_SMS_FORM: form,
    TOCSIN_SMPP_URL: smpp,
    TOCSIN_WEBHOOK_HOSTS: webhook,
    TOCSIN_PUSH_HOSTS: push,
    TOCSIN_MAIL_REPLY: replies,
    TOCSIN_CHANNEL_CA: ca,
  } = read
  // Two gateways would each be taken for the one that sends.
  if (sms !== undefined && smpp !== undefined) throw badChannel('TOCSIN_SMPP_URL')
  if (form !== undefined && sms === undefined) throw badChannel('TOCSIN_SMS_FORM')
  const trusting = ca !== undefined && { ca }
  return {
    ...(sms !== undefined && { sms: { url: sms, ...(form && { form }), ...trusting } }),
    ...(smpp !== undefined && { smpp: { url: smpp, ...trusting } }),
    ...(webhook && { webhook: { hosts: webhook, ...trusting } }),
    ...(push && { push: { hosts: push, ...trusting } }),
    ...(replies !== undefined && { replies: { replies } }),
  }
}

const badChannel = (setting: string) => new Problem('channel.bad-setting', { setting })

function withFiles(variables: Variables): Variables {
  const read = inFiles.flatMap((name) => {
    const file = variables[`${name}_FILE`]
    if (file === undefined) return []
    // Which of the two counts would be anybody's guess.
    if (variables[name] !== undefined) throw badChannel(`${name}_FILE`)
    return [[name, readSecret(name, file)] as const]
  })
  return { ...variables, ...Object.fromEntries(read) }
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw badChannel(`${name}_FILE`)
  }
}
