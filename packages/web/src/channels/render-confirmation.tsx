import type { Confirmation } from '@tocsin/api/contacts.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { ProblemCode } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import { formatInstant } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { plainDocument } from '../shell/plain-document.tsx'

type Asked = {
  readonly locale: Locale
  readonly confirmation: Confirmation | undefined
  /** What the node answered when it refused something. */
  readonly problem: unknown
  readonly styles: readonly string[]
}

const productName = 'Tocsin'

/** Draws the page behind the link of a test notice: one button, which only a person presses. */
export function drawConfirmation({ locale, confirmation, problem, styles }: Asked): string {
  const t = translator(locale, catalogues[locale])
  return plainDocument(
    { locale, styles },
    <main id="main" className="page letter">
      <p className="word">{productName}</p>
      <nav aria-label={t('letter.languages')}>
        {Object.entries(languageNames).map(([one, name]) => (
          <a key={one} href={`?lang=${one}`} lang={one} aria-current={one === locale || undefined}>
            {name}
          </a>
        ))}
      </nav>
      {confirmation ? (
        <Confirming t={t} locale={locale} confirmation={confirmation} />
      ) : (
        <>
          <h1>{t('letter.not-shown')}</h1>
          <p role="alert">{t(`problem.${codeOf(problem)}`)}</p>
        </>
      )}
    </main>,
  )
}

const codeOf = (problem: unknown): ProblemCode =>
  ProblemCode.catch('channel.confirmation-not-valid').parse(
    (problem as { readonly code?: unknown } | null)?.code,
  )

type Props = Pick<Asked, 'locale'> & {
  readonly t: Translate
  readonly confirmation: Confirmation
}

function Confirming({ t, locale, confirmation: { channel, confirmedAt } }: Props) {
  return (
    <>
      <h1>{t('confirm.title')}</h1>
      {confirmedAt ? (
        <p role="status">{t('confirm.done', { at: formatInstant(locale, confirmedAt) })}</p>
      ) : (
        <form method="post">
          <p>{t('confirm.why', { way: t(`channel.name-${channel}`) })}</p>
          <button type="submit" className="b l p">
            {t('confirm.act')}
          </button>
        </form>
      )}
    </>
  )
}
