import type { Letter } from '@tocsin/api/warnings.ts'
import { Reaction } from '@tocsin/domain/notification.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { formatLeft, formatSpan } from '../docket/span.ts'

/** What every form of the letter is drawn with. */
export type Filled = {
  readonly t: Translate
  /** The six digits that were given, so that the letter stays open while it is answered. */
  readonly code: string | undefined
  /** The moment at which the page is shown, sealed. */
  readonly shown: string
  /** What was written and not recorded: it stands in the form again. */
  readonly given: Readonly<Record<string, string>>
}

type Part = Filled & { readonly letter: Letter }

/** Isolated, so that a line from right to left keeps the order of year, month and day. */
export const moment = (at: string): string =>
  `\u2066${at.slice(0, 10)} ${at.slice(11, 16)} UTC\u2069`

export function Acknowledge(part: Part) {
  const { t, letter } = part
  const { asOf, acknowledgeBy } = letter
  const span = Date.parse(acknowledgeBy) - Date.parse(asOf)
  const isLate = span < 0
  return (
    <form method="post" className="form">
      <p className="left">
        <span className="two sm">{t('letter.time-left')}</span>
        <b className={isLate ? 'late' : undefined}>
          {isLate ? formatLeft(t, asOf, acknowledgeBy) : formatSpan(t, span)}
        </b>
        <span className="two sm">{t('letter.acknowledge-by', { at: moment(acknowledgeBy) })}</span>
      </p>
      <Hidden {...part} act="acknowledgement" />
      {/* Nothing is chosen beforehand: a machine that sends the form as it stands says nothing. */}
      <fieldset>
        <legend>{t('letter.received', { authority: letter.authority })}</legend>
        {Reaction.options.map((reaction) => (
          <Choice
            key={reaction}
            {...part}
            name="reaction"
            value={reaction}
            label={t(`letter.reaction-${reaction}`)}
            hint={t(`letter.hint-${reaction}`)}
          />
        ))}
      </fieldset>
      <Words {...part} name="note" label={t('letter.note')} />
      <Signer {...part} />
      <button type="submit" className="b l p">
        {t('letter.acknowledge')}
      </button>
      <p className="two sm">{t('notice.not-agreement')}</p>
    </form>
  )
}

export function AnswerForm(part: Part) {
  const { t, letter } = part
  return (
    <form method="post" className="form">
      <h2>{t('letter.answer')}</h2>
      {letter.answerBy && <p>{t('letter.answer-by', { at: moment(letter.answerBy) })}</p>}
      <Hidden {...part} act="answer" />
      <fieldset>
        <legend className="vh">{t('letter.answer')}</legend>
        {(['decided', 'declined', 'forwarded'] as const).map((outcome) => (
          <Choice
            key={outcome}
            {...part}
            name="outcome"
            value={outcome}
            label={t(`letter.outcome-${outcome}`)}
          />
        ))}
      </fieldset>
      <Line {...part} name="forwardTo" label={t('letter.forward-to')} />
      <Words {...part} name="text" label={t('letter.text')} isRequired />
      <Signer {...part} />
      <button type="submit" className="b l p">
        {t('letter.send-answer')}
      </button>
    </form>
  )
}

type Act = 'reading' | 'acknowledgement' | 'answer'

/** Which step a form takes, when its page was shown, and the code that keeps the letter open. */
export function Hidden({ act, shown, code }: Filled & { readonly act: Act }) {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="shown" value={shown} />
      {act !== 'reading' && code !== undefined && <input type="hidden" name="code" value={code} />}
    </>
  )
}

type Named = Filled & { readonly name: string; readonly label: string }

function Choice(props: Named & { readonly value: string; readonly hint?: string }) {
  const { given, name, label, value, hint } = props
  return (
    <label>
      <input
        type="radio"
        name={name}
        value={value}
        defaultChecked={given[name] === value}
        required
      />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  )
}

function Words({ given, name, label, isRequired }: Named & { readonly isRequired?: true }) {
  return (
    <div className="f">
      <label htmlFor={name}>{label}</label>
      <textarea
        id={name}
        name={name}
        rows={3}
        maxLength={8000}
        required={isRequired}
        defaultValue={given[name]}
      />
    </div>
  )
}

type LineProps = Named & { readonly autoComplete?: string; readonly isRequired?: true }

function Line({ given, name, label, autoComplete, isRequired }: LineProps) {
  return (
    <div className="f">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        autoComplete={autoComplete}
        maxLength={200}
        required={isRequired}
        defaultValue={given[name]}
      />
    </div>
  )
}

function Signer(part: Filled) {
  const { t } = part
  return (
    <div className="two2">
      <Line {...part} name="name" label={t('letter.name')} autoComplete="name" isRequired />
      <Line
        {...part}
        name="office"
        label={t('letter.function')}
        autoComplete="organization-title"
        isRequired
      />
    </div>
  )
}
