import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient, problemOf, type Transport } from '@tocsin/api/client.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import { type Config, readConfig } from '@tocsin/server/config.ts'
import { ZodError } from 'zod'

/** What every command may use. */
export type Context = {
  readonly config: Config
  /** Answers for programs instead of people. */
  readonly json: boolean
  readonly t: Translate
  /** Prints one line, or the value as JSON where that was asked for. */
  readonly say: (line: string, value?: unknown) => void
  /** Speaks to the running node as its operator. */
  readonly client: () => Promise<Client>
  /** The same where an answer is read as it comes. A Problem says what the node refused. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
}

/** 0: done, or the answer is yes. 1: the answer is no. 2: refused, failed or wrongly used. */
export const exits = { yes: 0, no: 1, refused: 2 } as const

type Environment = Readonly<Record<string, string | undefined>>

/** Speaks the language of the terminal; English where it has none of the six. */
export function translatorOf(environment: Environment): Translate {
  const language = Locale.safeParse((environment['LANG'] ?? '').slice(0, 2))
  const locale = language.success ? language.data : 'en'
  return translator(locale, catalogues[locale])
}

export function openContext(environment: Environment, json: boolean): Context {
  const config = readConfig(environment)
  return {
    config,
    json,
    t: translatorOf(environment),
    say: (line, value) => console.log(json && value !== undefined ? JSON.stringify(value) : line),
    client: async () => createClient(transportTo(config), await authorise(config)),
    ask: async (path, init = {}) => {
      const headers = { ...init.headers, ...(await authorise(config)) }
      const response = await transportTo(config)(path, { ...init, headers })
      if (!response.ok) throw await problemOf(response)
      return response
    },
  }
}

const transportTo =
  ({ host, port }: Config): Transport =>
  (path, init) =>
    fetch(`http://${host}:${port}${path}`, init)

async function authorise({ home }: Config): Promise<Record<string, string>> {
  const token = await readFile(join(home, 'operator-token'), 'utf8').catch((error) => {
    throw new Problem('node.not-running', { folder: home }, { cause: error })
  })
  return { authorization: `Bearer ${token}` }
}

/** The sentence for whatever stopped a command. */
export function sentenceOf(error: unknown, t: Translate): string {
  if (error instanceof ZodError) return t('cli.bad-value')
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error)
  return t(`problem.${error.code}`, error.details as Record<string, string>)
}
