import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { createClient, type Transport } from '@tocsin/api/client.ts'
import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import { renderToString } from 'react-dom/server'
import { drawConfirmation } from './channels/render-confirmation.tsx'
import { drawLetter } from './letters/render-letter.tsx'
import { type Answers, recording } from './shell/answers.ts'
import type { Theme } from './shell/context.ts'
import { createPages } from './shell/router.tsx'

export type Assets = { readonly script: string; readonly styles: readonly string[] }

type Request = {
  /** Path and query of the page. */
  readonly url: string
  /** How the page's questions reach the node's own API. */
  readonly transport: Transport
  readonly locale: Locale
  readonly theme: Theme
  readonly textOnly: boolean
  /** Whether single letters are commands. */
  readonly keys: boolean
  readonly assets: Assets
}

/** A document, or the address to go to instead. */
type Rendered = {
  readonly status: number
  readonly location: string | undefined
  readonly html: string
}

const translators = new Map<Locale, Translate>()

/** One translator a language: what it has read of a message serves every page after. */
function translatorFor(locale: Locale): Translate {
  const made = translators.get(locale) ?? translator(locale, catalogues[locale])
  translators.set(locale, made)
  return made
}

/** Draws a page as a whole HTML document, from answers of the node's own API. */
export async function render(request: Request): Promise<Rendered> {
  const { url, locale, theme, textOnly, keys } = request
  const reader = { locale, theme, textOnly, keys }
  const answers: Answers = {}
  const client = recording(createClient(request.transport), answers)
  const catalogue = catalogues[locale]
  const t = translatorFor(locale)
  const has = (key: string): key is MessageKey => key in catalogue
  const history = createMemoryHistory({ initialEntries: [url] })
  const router = createPages({ client, ...reader, t, has }, history)
  await router.load()
  const result = router._serverResult
  if (result?.type === 'redirect') {
    return { status: 302, location: result.redirect.options.href ?? '/world', html: '' }
  }
  const body = renderToString(<RouterProvider router={router} />)
  // In one order, whichever answer came first: the same page must be the same bytes.
  const ordered = Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)))
  const fault = router.state.matches.map(({ error }) => error).find((error) => error !== undefined)
  return {
    status: fault instanceof Problem ? fault.status : (result?.status ?? 200),
    location: undefined,
    html: documentOf(request, body, { answers: ordered, ...reader }),
  }
}

/** The page without content that a browser keeps for when the node cannot be reached: the same for everybody. */
export function renderBare(reader: Omit<Request, 'url' | 'transport' | 'textOnly'>): string {
  const { locale, theme, keys } = reader
  const state = { answers: {}, locale, theme, keys, textOnly: false, isBare: true }
  return documentOf({ ...reader, textOnly: false }, '', state)
}

function documentOf(
  { locale, theme, textOnly, assets }: Omit<Request, 'url' | 'transport'>,
  body: string,
  state: object,
) {
  const themeAttribute = theme === 'auto' ? '' : ` data-theme="${theme}"`
  const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1]?.replace(/<[^>]*>/g, '') ?? 'Tocsin'
  const styles = assets.styles.map((href) => `<link rel="stylesheet" href="${href}">`)
  const scripts = [
    `<script type="application/json" id="state">${asScript(state)}</script>`,
    `<script type="module" src="${assets.script}"></script>`,
  ]
  return [
    `<!doctype html>`,
    `<html lang="${locale}" dir="${directionOf(locale)}"${themeAttribute}${textOnly ? ' data-text' : ''}>`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">`,
    `<title>${title} · Tocsin</title><link rel="icon" href="/icon.svg" type="image/svg+xml">`,
    ...styles,
    `</head><body><div id="root">${body}</div>`,
    ...(textOnly ? [] : scripts),
    `</body></html>`,
  ].join('')
}

/** JSON that no text inside it can break out of. */
const asScript = (state: object): string => JSON.stringify(state).replace(/</g, '\\u003c')

/** The page behind the link of a notice. */
export const renderLetter = drawLetter

/** The page behind the link of a test notice. */
export const renderConfirmation = drawConfirmation
