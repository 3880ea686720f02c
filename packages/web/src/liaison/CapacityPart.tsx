import { checkCapacity } from '@tocsin/api/liaison.ts'
import {
  CapacityAnswer,
  type CapacityAnswers,
  type CapacityCheck,
  CapacityCheckId,
  capacityQuestions,
  gapsIn,
} from '@tocsin/domain/capacity-check.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'
import type { DeskProps } from './LiaisonPage.tsx'

const here = (search: Record<string, string>) => `${addressTo('/liaison', search)}#capacity`

/** How the organisation looks at its own capacity: the newest answers, and each earlier look as it was. */
export function CapacityPart({ desk, search, mayWork }: DeskProps) {
  const { t, locale } = useShell()
  const { checks } = desk
  const shown = checks.find(({ id }) => id === search['check']) ?? checks[0]
  const isAsking = mayWork && search['act'] === 'check'
  return (
    <section className="sec" id="capacity" aria-labelledby="capacity-title">
      <div className="h">
        <h2 id="capacity-title">{t('liaison.capacity')}</h2>
      </div>
      <p className="two">{t('liaison.capacity-lede')}</p>
      {mayWork && !isAsking && (
        <p className="acts noprint">
          <a className="b" href={here({ act: 'check' })} data-stay>
            {t('liaison.capacity-check')}
          </a>
        </p>
      )}
      {isAsking && <CheckForm last={checks[0]} />}
      {!isAsking && shown && <Answers check={shown} mayWork={mayWork} />}
      {!isAsking && !shown && <p>{t('liaison.capacity-none')}</p>}
      {checks.length > 1 && (
        <details className="sure noprint">
          <summary>{t('liaison.capacity-earlier')}</summary>
          <ul className="plan-said">
            {checks.map(({ id, at, by }) => (
              <li key={id}>
                <a
                  href={here({ check: id })}
                  aria-current={id === shown?.id || undefined}
                  data-stay
                >
                  {t('liaison.capacity-by', { at: formatInstant(locale, at), name: by ?? '' })}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

type AnswersProps = { readonly check: CapacityCheck; readonly mayWork: boolean }

function Answers({ check, mayWork }: AnswersProps) {
  const { t, locale } = useShell()
  const { answers, at, by } = check
  const gaps = gapsIn(answers)
  const of = (answer: CapacityAnswer) =>
    Object.values(answers).filter((one) => one.answer === answer).length
  const counts = {
    ...{ yes: of('yes'), partly: of('partly'), no: of('no'), unknown: of('unknown') },
    left: capacityQuestions.length - Object.keys(answers).length,
  }
  return (
    <>
      <p>
        <bdi>{t('liaison.capacity-by', { at: formatInstant(locale, at), name: by ?? '' })}</bdi>
        <span className="block">{t('liaison.capacity-counts', counts)}</span>
      </p>
      <ul className="list liaison-list">
        {capacityQuestions.map((question) => {
          const said = answers[question.id]
          return (
            <li key={question.id}>
              <p>
                {t(`liaison.question-${question.id}`)}{' '}
                <span className={said?.answer === 'yes' ? 'chip ok' : 'chip'}>
                  {t(`liaison.answer-${said?.answer ?? 'none'}`)}
                </span>
              </p>
              {said?.note && (
                <p className="own-words" dir="auto">
                  {said.note}
                </p>
              )}
              <Follows question={question} />
              {mayWork && gaps.includes(question.id) && (
                <p className="noprint">
                  <a
                    href={`${addressTo('/liaison', { act: 'request', about: question.id })}#requests`}
                    data-stay
                  >
                    {t('liaison.capacity-help')}
                    <span className="vh">{t(`liaison.question-${question.id}`)}</span>
                  </a>
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The text that a question follows; what nobody has checked there says so. */
function Follows({ question }: { readonly question: (typeof capacityQuestions)[number] }) {
  const { t } = useShell()
  const { follows, place, verified } = question
  const text = t(`liaison.text-${follows}`)
  return (
    <p className="src">
      {place === null
        ? t('liaison.follows', { text })
        : t('liaison.follows-place', {
            text,
            place: setApart(follows === 'conclusions' ? `${place})` : place),
          })}
      {!verified && ` · ${t('liaison.unverified')}`}
    </p>
  )
}

function CheckForm({ last }: { readonly last: CapacityCheck | undefined }) {
  const { t, client } = useShell()
  const keep = async (fields: FormData, id: string) => {
    const said = capacityQuestions.flatMap((question) => {
      const answer = CapacityAnswer.safeParse(textOf(fields, `answer-${question.id}`)).data
      const note = textOf(fields, `note-${question.id}`) || null
      return answer ? [[question.id, { answer, note }] as const] : []
    })
    const answers = Object.fromEntries(said) as CapacityAnswers
    await client(checkCapacity, { params: { check: CapacityCheckId.parse(id) }, body: { answers } })
  }
  return (
    <div className="sign noprint">
      <div className="h">
        <h3 className="sub">{t('liaison.capacity-check')}</h3>
        <a className="more" href={here({})} data-stay>
          {t('form.cancel')}
        </a>
      </div>
      <ActForm submit={t('liaison.capacity-save')} isMain deed={keep}>
        {capacityQuestions.map((question) => {
          const said = last?.answers[question.id]
          return (
            <fieldset key={question.id} className="big">
              <legend>{t(`liaison.question-${question.id}`)}</legend>
              <Follows question={question} />
              <div className="opt row">
                {CapacityAnswer.options.map((answer) => (
                  <label key={answer}>
                    <input
                      type="radio"
                      name={`answer-${question.id}`}
                      value={answer}
                      defaultChecked={said?.answer === answer}
                    />
                    <span>{t(`liaison.answer-${answer}`)}</span>
                  </label>
                ))}
              </div>
              <LongField
                name={`note-${question.id}`}
                label={t('liaison.capacity-note')}
                rows={2}
                dir="auto"
                defaultValue={said?.note ?? ''}
              />
            </fieldset>
          )
        })}
      </ActForm>
    </div>
  )
}
