import { draftRequest, moveRequest } from '@tocsin/api/liaison.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { CapacityQuestionId } from '@tocsin/domain/capacity-check.ts'
import {
  type LiaisonRequest,
  LiaisonRequestId,
  nextSteps,
  type RequestForm,
  RequestKind,
  RequestStep,
} from '@tocsin/domain/liaison.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import type { DeskProps } from './LiaisonPage.tsx'

const here = (search: Record<string, string>) => `${addressTo('/liaison', search)}#requests`

/** What is asked of the Office and what it asks, each with what followed. */
export function RequestsPart(props: DeskProps) {
  const { desk, search, mayWork } = props
  const { t } = useShell()
  const { requests } = desk
  const act = search['act']
  const isNew = act === 'request' || act === 'came'
  const opened = requests.find(({ id }) => id === search['request'])
  return (
    <section className="sec" id="requests" aria-labelledby="requests-title">
      <div className="h">
        <h2 id="requests-title">{t('liaison.requests')}</h2>
      </div>
      {mayWork && (
        <p className="acts noprint">
          <a
            className={act || opened ? 'b' : 'b p'}
            href={here({ act: 'request' })}
            aria-current={act === 'request' || undefined}
            data-stay
          >
            {t('liaison.request-new')}
          </a>
          <a
            className="b"
            href={here({ act: 'came' })}
            aria-current={act === 'came' || undefined}
            data-stay
          >
            {t('liaison.request-came')}
          </a>
        </p>
      )}
      {mayWork && isNew && <WriteForm key={JSON.stringify(search)} {...props} known={undefined} />}
      {requests.length === 0 && <p>{t('liaison.requests-none')}</p>}
      <ul className="list liaison-list">
        {requests.map((request) => (
          <li key={request.id}>
            <Line request={request} desk={desk} />
            {mayWork && nextSteps(request.state).length > 0 && (
              <p className="acts noprint">
                {request.state === 'drafted' && (
                  <a
                    className="b"
                    href={here({ act: 'change', request: request.id })}
                    aria-current={(act === 'change' && opened === request) || undefined}
                    data-stay
                  >
                    {t('liaison.request-change')}
                    <span className="vh">{request.subject}</span>
                  </a>
                )}
                <a
                  className="b"
                  href={here({ act: 'follow', request: request.id })}
                  aria-current={(act === 'follow' && opened === request) || undefined}
                  data-stay
                >
                  {t('liaison.request-follow')}
                  <span className="vh">{request.subject}</span>
                </a>
              </p>
            )}
            {mayWork && opened === request && act === 'change' && (
              <WriteForm key={request.id} {...props} known={request} />
            )}
            {mayWork && opened === request && act === 'follow' && (
              <StepForm key={`${request.id}-${request.state}`} request={request} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ request, desk }: Pick<DeskProps, 'desk'> & { readonly request: LiaisonRequest }) {
  const { t, locale } = useShell()
  const { kind, direction, subject, text, state, matter, wantedBy, cameOn, steps } = request
  const about = desk.matters.find(({ id }) => id === matter)
  return (
    <>
      <h3 dir="auto">{subject}</h3>
      <p className="sm">
        <span className={state === 'answered' ? 'chip ok' : 'chip'}>
          {t(`liaison.state-${state}`)}
        </span>{' '}
        {[t(`liaison.kind-${kind}`), t(`liaison.direction-${direction}`)].join(' · ')}
        {cameOn && ` · ${t('liaison.came-on-day', { day: formatDay(locale, cameOn) })}`}
        {wantedBy && ` · ${t('liaison.wanted-by-day', { day: formatDay(locale, wantedBy) })}`}
        {matter && (
          <>
            {' · '}
            <a href={`/matters/${matter}`}>
              {about ? symbolOf('M', about) : t('liaison.about-matter')}
            </a>
          </>
        )}
      </p>
      <p className="own-words" dir="auto" lang={request.locale}>
        {text}
      </p>
      <ol className="plan-said">
        {steps.map(({ to, on, how, text: words, by }) => (
          <li key={to}>
            <b>{t(`liaison.state-${to}`)}</b>
            {' · '}
            {formatDay(locale, on)}
            {how && (
              <>
                {' · '}
                <bdi>{how}</bdi>
              </>
            )}
            {by && (
              <span className="mute">
                {' · '}
                <bdi>{by}</bdi>
              </span>
            )}
            {words && <p dir="auto">{words}</p>}
          </li>
        ))}
      </ol>
    </>
  )
}

type WriteProps = DeskProps & { readonly known: LiaisonRequest | undefined }

function WriteForm({ desk, search, known }: WriteProps) {
  const { t, client, locale } = useShell()
  const direction = known?.direction ?? (search['act'] === 'came' ? 'from-office' : 'to-office')
  const help = CapacityQuestionId.safeParse(search['about']).data
  const subject =
    help && t('liaison.capacity-help-subject', { question: t(`liaison.question-${help}`) })
  const write = async (fields: FormData, id: string) => {
    const body: RequestForm = {
      kind: RequestKind.parse(textOf(fields, 'kind')),
      direction,
      subject: textOf(fields, 'subject'),
      text: textOf(fields, 'text'),
      locale: Locale.parse(textOf(fields, 'locale')),
      matter: (textOf(fields, 'matter') || null) as RequestForm['matter'],
      wantedBy: (textOf(fields, 'wantedBy') || null) as Day | null,
      cameOn: (textOf(fields, 'cameOn') || null) as Day | null,
    }
    const request = known?.id ?? LiaisonRequestId.parse(id)
    await client(draftRequest, { params: { request }, body })
  }
  return (
    <div className="sign noprint">
      <div className="h">
        <h3 className="sub">
          {t(direction === 'to-office' ? 'liaison.request-new' : 'liaison.request-came')}
        </h3>
        <a className="more" href={here({})} data-stay>
          {t('form.cancel')}
        </a>
      </div>
      <ActForm submit={t('liaison.request-save')} isMain deed={write}>
        <Choice name="kind" label={t('liaison.kind')} defaultValue={known?.kind ?? 'training'}>
          {RequestKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {t(`liaison.kind-${kind}`)}
            </option>
          ))}
        </Choice>
        <Field
          name="subject"
          label={t('liaison.subject')}
          maxLength={200}
          dir="auto"
          defaultValue={known?.subject ?? subject?.slice(0, 200)}
          required
        />
        <LongField
          name="text"
          label={t('liaison.text')}
          hint={t('liaison.text-hint')}
          dir="auto"
          defaultValue={known?.text}
          required
        />
        <Choice name="locale" label={t('liaison.language')} defaultValue={known?.locale ?? locale}>
          {Locale.options.map((language) => (
            <option key={language} value={language}>
              {languageNames[language]}
            </option>
          ))}
        </Choice>
        <Choice name="matter" label={t('liaison.about-matter')} defaultValue={known?.matter ?? ''}>
          <option value="">{t('liaison.no-matter')}</option>
          {desk.matters.map((one) => (
            <option key={one.id} value={one.id}>
              {`${symbolOf('M', one)} · ${one.title}`}
            </option>
          ))}
        </Choice>
        <Field
          name="wantedBy"
          label={t('liaison.wanted-by')}
          type="date"
          defaultValue={known?.wantedBy ?? ''}
        />
        {direction === 'from-office' && (
          <Field
            name="cameOn"
            label={t('liaison.came-on')}
            type="date"
            defaultValue={known?.cameOn ?? ''}
            required
          />
        )}
      </ActForm>
    </div>
  )
}

function StepForm({ request }: { readonly request: LiaisonRequest }) {
  const { t, client } = useShell()
  const move = async (fields: FormData) => {
    const body = {
      to: RequestStep.shape.to.parse(textOf(fields, 'to')),
      on: textOf(fields, 'on') as Day,
      how: textOf(fields, 'how') || null,
      text: textOf(fields, 'text') || null,
    }
    await client(moveRequest, { params: { request: request.id }, body })
  }
  return (
    <div className="sign noprint">
      <div className="h">
        <h3 className="sub">{t('liaison.request-follow')}</h3>
        <a className="more" href={here({})} data-stay>
          {t('form.cancel')}
        </a>
      </div>
      <ActForm submit={t('liaison.request-follow')} isMain deed={move}>
        <Choice name="to" label={t('liaison.step')}>
          {nextSteps(request.state).map((to) => (
            <option key={to} value={to}>
              {t(`liaison.state-${to}`)}
            </option>
          ))}
        </Choice>
        <Field name="on" label={t('liaison.step-on')} type="date" required />
        <Field
          name="how"
          label={t('liaison.step-how')}
          hint={t('liaison.step-how-hint')}
          maxLength={200}
          dir="auto"
        />
        <LongField
          name="text"
          label={t('liaison.step-words')}
          hint={t('liaison.step-words-hint')}
          dir="auto"
        />
      </ActForm>
    </div>
  )
}
