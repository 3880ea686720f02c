import type { Letter } from '@tocsin/api/warnings.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { Reaction } from '@tocsin/domain/notification.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { actionName } from '../warnings/action-words.ts'

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

type Props = {
  readonly t: Translate
  readonly locale: Locale
  /** The letter as far as it may be shown; none where the link opens nothing. */
  readonly letter: Letter | undefined
  /** What was wrong with what was sent, or with the link, in words. */
  readonly fault: string | undefined
  /** The six digits that were given, so that the letter stays open while it is answered. */
  readonly code: string | undefined
}

/** Isolated, so that a line from right to left keeps the order of year, month and day. */
const day = (at: string): string => `\u2066${at.slice(0, 10)} ${at.slice(11, 16)} UTC\u2069`

/** The page behind the link of a notice: plain forms, no script, for any telephone. */
export function LetterPage({ t, locale, letter, fault, code }: Props) {
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
        <Opened t={t} letter={letter} code={code} fault={fault} />
      ) : (
        <>
          <h1>{t('letter.not-shown')}</h1>
          <p role="alert">{fault}</p>
        </>
      )}
    </main>
  )
}

type Part = {
  readonly t: Translate
  readonly letter: Letter
  readonly code: string | undefined
  readonly fault?: string | undefined
}

function Opened({ t, letter, code, fault }: Part) {
  const { sender, office, authority, symbol, marking, level, content } = letter
  return (
    <>
      <h1>{t('letter.title', { sender })}</h1>
      {letter.isExercise && <p className="late">{t('notice.exercise-line')}</p>}
      <p>{t('letter.to', { office, authority })}</p>
      <p className="two sm">
        {t('letter.sent-at', { at: day(letter.sentAt) })} <bdi>{symbol}</bdi>
      </p>
      <p>
        <span className="tlp amber">{marking}</span> <b>{t('letter.level', { level })}</b>
      </p>
      {content ? <Content t={t} content={content} /> : <Sealed t={t} />}
      {fault && (
        <p role="alert" className="late">
          {fault}
        </p>
      )}
      <Standing t={t} letter={letter} code={code} />
      <p className="two sm">{t('letter.link-note', { at: day(letter.linkExpiresAt) })}</p>
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
      <h2>{content.subject}</h2>
      <ol>
        {content.paragraphs.map((paragraph) => (
          <li key={paragraph}>{paragraph}</li>
        ))}
      </ol>
      <p>{t('letter.legal-basis', { basis: content.legalBasis })}</p>
      {content.options.length > 0 && <h3>{t('letter.options')}</h3>}
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

function Sealed({ t }: { readonly t: Translate }) {
  return (
    <form method="post" className="form">
      <p>{t('letter.sealed')}</p>
      <input type="hidden" name="act" value="reading" />
      <div className="f">
        <label htmlFor="code">{t('letter.code')}</label>
        <input id="code" name="code" inputMode="numeric" pattern="[0-9]{6}" autoComplete="off" />
      </div>
      <button type="submit" className="b">
        {t('letter.read')}
      </button>
    </form>
  )
}

function Standing({ t, letter, code }: Part) {
  if (letter.state === 'withdrawn') return <p className="late">{t('letter.withdrawn')}</p>
  if (letter.state === 'answered') {
    return (
      <p role="status">{t('letter.answered', { at: day(letter.answeredAt ?? letter.asOf) })}</p>
    )
  }
  if (letter.state === 'waiting') return <Acknowledge t={t} letter={letter} code={code} />
  return (
    <>
      <p role="status">
        {t('letter.acknowledged', { at: day(letter.acknowledgedAt ?? letter.asOf) })}
      </p>
      <AnswerForm t={t} letter={letter} code={code} />
    </>
  )
}

function Acknowledge({ t, letter, code }: Part) {
  return (
    <form method="post" className="form">
      <p>
        <b>{t('letter.acknowledge-by', { at: day(letter.acknowledgeBy) })}</b>
      </p>
      <input type="hidden" name="act" value="acknowledgement" />
      <Kept code={code} />
      {/* Nothing is chosen beforehand: a machine that sends the form as it stands says nothing. */}
      <fieldset>
        <legend>{t('letter.received', { authority: letter.authority })}</legend>
        {Reaction.options.map((reaction) => (
          <label key={reaction}>
            <input type="radio" name="reaction" value={reaction} required />{' '}
            {t(`letter.reaction-${reaction}`)}
          </label>
        ))}
      </fieldset>
      <Words name="note" label={t('letter.note')} />
      <Signer t={t} />
      <button type="submit" className="b l p">
        {t('letter.acknowledge')}
      </button>
      <p className="two sm">{t('notice.not-agreement')}</p>
    </form>
  )
}

function AnswerForm({ t, letter, code }: Part) {
  return (
    <form method="post" className="form">
      <h2>{t('letter.answer')}</h2>
      {letter.answerBy && <p>{t('letter.answer-by', { at: day(letter.answerBy) })}</p>}
      <input type="hidden" name="act" value="answer" />
      <Kept code={code} />
      <fieldset>
        <legend className="vh">{t('letter.answer')}</legend>
        {(['decided', 'declined'] as const).map((outcome) => (
          <label key={outcome}>
            <input type="radio" name="outcome" value={outcome} required />{' '}
            {t(`letter.outcome-${outcome}`)}
          </label>
        ))}
      </fieldset>
      <Words name="text" label={t('letter.text')} isRequired />
      <Signer t={t} />
      <button type="submit" className="b l p">
        {t('letter.send-answer')}
      </button>
    </form>
  )
}

function Kept({ code }: { readonly code: string | undefined }) {
  return code === undefined ? null : <input type="hidden" name="code" value={code} />
}

function Words(props: {
  readonly name: string
  readonly label: string
  readonly isRequired?: true
}) {
  const { name, label, isRequired } = props
  return (
    <div className="f">
      <label htmlFor={name}>{label}</label>
      <textarea id={name} name={name} rows={3} maxLength={8000} required={isRequired} />
    </div>
  )
}

function Signer({ t }: { readonly t: Translate }) {
  return (
    <>
      <div className="f">
        <label htmlFor="name">{t('letter.name')}</label>
        <input id="name" name="name" autoComplete="name" maxLength={200} required />
      </div>
      <div className="f">
        <label htmlFor="office">{t('letter.function')}</label>
        <input
          id="office"
          name="office"
          autoComplete="organization-title"
          maxLength={200}
          required
        />
      </div>
    </>
  )
}
