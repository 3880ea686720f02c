import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

type Look = { readonly locale: Locale; readonly styles: readonly string[] }

/** A whole document without script or fonts, for any telephone. */
export function plainDocument({ locale, styles }: Look, page: ReactNode): string {
  return [
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}" data-text><head>`,
    `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="robots" content="noindex">`,
    `<title>Tocsin</title>`,
    ...styles.map((href) => `<link rel="stylesheet" href="${href}">`),
    `</head><body>${renderToStaticMarkup(page)}</body></html>`,
  ].join('')
}
