import type { Letter } from '@tocsin/api/warnings.ts'
import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import { ProblemCode } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { LetterPage } from './LetterPage.tsx'

type Asked = {
  readonly locale: Locale
  readonly letter: Letter | undefined
  /** What the node answered when it refused something. */
  readonly problem: unknown
  readonly code: string | undefined
  readonly shown: string
  readonly given: Readonly<Record<string, string>>
  readonly styles: readonly string[]
}

/** Draws the page behind the link of a notice: a whole document without script or fonts. */
export function drawLetter({ locale, problem, styles, ...drawn }: Asked): string {
  const t = translator(locale, catalogues[locale])
  const fault = problem === undefined ? undefined : faultWords(t, problem)
  const body = renderToStaticMarkup(<LetterPage t={t} locale={locale} fault={fault} {...drawn} />)
  return [
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}" data-text><head>`,
    `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="robots" content="noindex">`,
    `<title>Tocsin</title>`,
    ...styles.map((href) => `<link rel="stylesheet" href="${href}">`),
    `</head><body>${body}</body></html>`,
  ].join('')
}

function faultWords(t: Translate, problem: unknown): string {
  const { code, details } = (problem ?? {}) as {
    readonly code?: unknown
    readonly details?: unknown
  }
  const known = ProblemCode.safeParse(code)
  if (!known.success) return t('problem.unexpected')
  if (known.data !== 'request.invalid') return t(`problem.${known.data}`)
  const isLong = JSON.stringify(details ?? {}).includes('"too_big"')
  return t(isLong ? 'letter.too-long' : 'letter.invalid')
}
