import type { Letter } from '@tocsin/api/warnings.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { LevelShape } from '../docket/LevelMark.tsx'
import { actionName } from '../warnings/action-words.ts'
import { Acknowledge, AnswerForm, type Filled, Hidden, moment } from './LetterForms.tsx'

/** Each language by its own name. */
const languages: Readonly<Record<Locale, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  ru: 'Русский',
  ar: 'العربية',
  zh: '中文',
}

const productName = 'Tocsin'

type Props = Filled & {
  readonly locale: Locale
  /** The letter as far as it may be shown; none where the link opens nothing. */
  readonly letter: Letter | undefined
  /** What was wrong with what was sent, or with the link, in words. */
  readonly fault: string | undefined
}

/** The page behind the link of a notice: plain forms, no script, for any telephone. */
export function LetterPage({ locale, letter, ...rest }: Props) {
  const { t, fault } = rest
  return (
    <main id="main" className="page letter">
      <p className="word">{productName}</p>
      <nav aria-label={t('letter.languages')}>
        {Object.entries(languages).map(([one, name]) => (
          <a key={one} href={`?lang=${one}`} lang={one} aria-current={one === locale || undefined}>
            {name}
          </a>
        ))}
      </nav>
      {letter ? (
        <Opened letter={letter} {...rest} />
      ) : (
        <>
          <h1>{t('letter.not-shown')}</h1>
          <p role="alert">{fault}</p>
        </>
      )}
    </main>
  )
}

type Part = Omit<Props, 'locale'> & { readonly letter: Letter }

function Opened(part: Part) {
  const { t, letter, fault } = part
  const { sender, office, authority, symbol, marking, level, content } = letter
  return (
    <>
      <header className="head">
        <p>
          <b>{sender}</b>
        </p>
        <p className="two sm">{t('letter.to', { office, authority })}</p>
        <p className="two sm">{t('letter.sent-at', { at: moment(letter.sentAt) })}</p>
        <p className="two sm">
          <bdi>{symbol}</bdi>
        </p>
        <p>
          <span className="tlp amber">{marking}</span>
        </p>
        <p className="lv">
          <LevelShape t={t} level={level} size={20} isSaid />{' '}
          <b>{t('level.mark', { level, name: t(`level.${level}`) })}</b>
        </p>
      </header>
      {letter.isExercise && <p className="late">{t('notice.exercise-line')}</p>}
      <h1>{content?.subject ?? t('letter.title', { sender })}</h1>
      {content ? <Content t={t} content={content} /> : <Sealed {...part} />}
      {fault && (
        <p role="alert" className="late">
          {fault}
        </p>
      )}
      <Standing {...part} />
      <p className="two sm">{t('letter.link-note', { at: moment(letter.linkExpiresAt) })}</p>
    </>
  )
}

function Content({
  t,
  content,
}: {
  readonly t: Translate
  readonly content: NonNullable<Letter['content']>
}) {
  return (
    <section lang={content.locale}>
      <ol>
        {content.paragraphs.map((paragraph) => (
          <li key={paragraph}>{paragraph}</li>
        ))}
      </ol>
      <p>{t('letter.legal-basis', { basis: content.legalBasis })}</p>
      {content.options.length > 0 && <h2>{t('letter.options')}</h2>}
      <ul>
        {content.options.map((option) => (
          <li key={option.code}>
            <b>{actionName(t, option.code)}</b>
            {': '}
            <bdi>{option.expectedEffect}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sealed(part: Part) {
  const { t } = part
  return (
    <form method="post" className="form">
      <p>{t('letter.sealed')}</p>
      <Hidden {...part} act="reading" />
      <div className="f">
        <label htmlFor="code">{t('letter.code')}</label>
        <input
          id="code"
          name="code"
          inputMode="numeric"
          pattern="[0-9]{6}"
          autoComplete="off"
          required
        />
      </div>
      <button type="submit" className="b">
        {t('letter.read')}
      </button>
    </form>
  )
}

function Standing(part: Part) {
  const { t, letter } = part
  if (letter.state === 'waiting') return <Acknowledge {...part} />
  if (letter.state === 'acknowledged') {
    return (
      <>
        <p role="status">
          {t('letter.acknowledged', { at: moment(letter.acknowledgedAt ?? letter.asOf) })}
        </p>
        {part.given['note'] && <Unrecorded {...part} />}
        <AnswerForm {...part} />
      </>
    )
  }
  return (
    <>
      {letter.state === 'withdrawn' ? (
        <p className="late">{t('letter.withdrawn')}</p>
      ) : (
        <p role="status">
          {t('letter.answered', { at: moment(letter.answeredAt ?? letter.asOf) })}
        </p>
      )}
      <Unrecorded {...part} />
    </>
  )
}

/** Somebody else was faster, or the warning went: what was written is given back, not lost. */
function Unrecorded({ t, given }: Filled) {
  const words = given['text'] || given['note']
  if (!words) return null
  return (
    <div className="unrecorded">
      <p>{t('letter.not-on-record')}</p>
      <blockquote>{words}</blockquote>
    </div>
  )
}
