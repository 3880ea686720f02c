import type { Letter } from '@tocsin/api/warnings.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { ProblemCode } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import { plainDocument } from '../shell/plain-document.tsx'
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
  const props = { t, locale, fault, ...drawn }
  return plainDocument({ locale, styles }, <LetterPage {...props} />)
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
