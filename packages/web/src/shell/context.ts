import type { Client } from '@tocsin/api/client.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { createContext, useContext } from 'react'

export type Theme = 'auto' | 'light' | 'dark'

/** What every page may use: the same on the server, where it is first drawn, and in the browser. */
export type Shell = {
  readonly client: Client
  readonly locale: Locale
  readonly theme: Theme
  /** Without scripts, fonts and map: for the slowest links. */
  readonly textOnly: boolean
  /** Whether single letters are commands. */
  readonly keys: boolean
  readonly t: Translate
  /** Whether there are words for a name that comes from data, such as a driver's. */
  readonly has: (key: string) => key is MessageKey
}

export const ShellContext = createContext<Shell | undefined>(undefined)

export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('a page is drawn inside a shell')
  return shell
}
