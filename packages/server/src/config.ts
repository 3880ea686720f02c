import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Problem } from '@tocsin/domain/problem.ts'
import { z } from 'zod'

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
  /** The mail server that notices leave by, and their sender; without it none leave by mail. */
  readonly mail: { readonly url: string; readonly from: string } | undefined
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
}

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

/** Reads the environment; a wrong value is a problem that names the variable, never its content. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { data: read, error } = Environment.safeParse(environment)
  if (!read) throw new Problem('node.bad-setting', { setting: String(error.issues[0]?.path[0]) })
  const { TOCSIN_SMTP_URL: url, TOCSIN_MAIL_FROM: from } = read
  // One without the other would look set up and send nothing.
  if ((url === undefined) !== (from === undefined)) {
    const setting = url === undefined ? 'TOCSIN_SMTP_URL' : 'TOCSIN_MAIL_FROM'
    throw new Problem('node.bad-setting', { setting })
  }
  return {
    home: resolve(read.TOCSIN_HOME ?? `${repository}.tocsin`),
    host: read.TOCSIN_HOST,
    port: read.TOCSIN_PORT,
    origin: read.TOCSIN_ORIGIN,
    databaseUrl: read.DATABASE_URL,
    mail: url !== undefined && from !== undefined ? { url, from } : undefined,
    logLevel: read.TOCSIN_LOG,
  }
}
