import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Transport } from '@tocsin/api/client.ts'
import type { Confirmation } from '@tocsin/api/contacts.ts'
import type { Letter } from '@tocsin/api/warnings.ts'
import type { Locale } from '@tocsin/domain/locale.ts'

const dist = new URL('../../../web/dist/', import.meta.url)

type Page = {
  readonly url: string
  readonly transport: Transport
  readonly locale: Locale
  readonly theme: 'auto' | 'light' | 'dark'
  readonly textOnly: boolean
  readonly keys: boolean
  readonly assets: { readonly script: string; readonly styles: readonly string[] }
}

/** A drawn page, or the address to go to instead. */
export type Drawn = {
  readonly status: number
  readonly location: string | undefined
  readonly html: string
}

type LetterPage = {
  readonly locale: Locale
  readonly letter: Letter | undefined
  /** What the node answered when it refused something. */
  readonly problem: unknown
  readonly code: string | undefined
  /** The moment at which the page is shown, sealed: its forms carry it back. */
  readonly shown: string
  /** What somebody wrote that was not recorded. */
  readonly given: Readonly<Record<string, string>>
  readonly styles: readonly string[]
}

type ConfirmationPage = Pick<LetterPage, 'locale' | 'problem' | 'styles'> & {
  readonly confirmation: Confirmation | undefined
}

/** The web application as it was built: the function that draws a page, and the files a page needs. */
export type WebApplication = {
  readonly render: (page: Page) => Promise<Drawn>
  /** The page without content that browsers keep for when the node cannot be reached. */
  readonly renderBare: (page: Omit<Page, 'url' | 'transport' | 'textOnly'>) => string
  /** The page behind the link of a notice, as a whole document. */
  readonly renderLetter: (page: LetterPage) => string
  /** The page behind the link of a test notice. */
  readonly renderConfirmation: (page: ConfirmationPage) => string
  readonly assets: Page['assets']
  /** Folder of the files that browsers load. */
  readonly files: string
}

type ManifestEntry = { readonly file: string; readonly css?: readonly string[] }

/** Loads the built application; undefined where it was not built, as in tests of the API alone. */
export async function loadWebApplication(): Promise<WebApplication | undefined> {
  const manifestFile = new URL('client/.vite/manifest.json', dist)
  if (!existsSync(manifestFile)) return undefined
  const manifest: Record<string, ManifestEntry> = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const entry = manifest['src/entry-client.tsx']
  if (!entry) return undefined
  const { render, renderBare, renderLetter, renderConfirmation } = await import(
    new URL('server/entry-server.js', dist).href
  )
  return {
    render,
    renderBare,
    renderLetter,
    renderConfirmation,
    assets: { script: `/${entry.file}`, styles: (entry.css ?? []).map((file) => `/${file}`) },
    files: fileURLToPath(new URL('client/', dist)),
  }
}
