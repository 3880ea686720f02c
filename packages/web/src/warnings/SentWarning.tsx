import { cancelWarning, type OpenedWarning } from '@tocsin/api/warnings.ts'
import { maySignForMatter, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { WhoSees } from './BeforeItLeaves.tsx'
import { FilesPart } from './FilesPart.tsx'
import { LetterPaper } from './LetterPaper.tsx'
import { NotifiedPart } from './NotifiedPart.tsx'
import { Signatures } from './Signatures.tsx'
import { WarningPath } from './WarningPath.tsx'

type Props = { readonly opened: OpenedWarning }

/** A warning as it was sent: the letter, who signed, whom it reached, and what became of it. */
export function SentWarning({ opened }: Props) {
  const { t, locale } = useShell()
  const actor = useActor()
  const { warning, notifications } = opened
  const { draft } = warning
  const isOwn = mayWorkOnMatter(actor, warning)
  return (
    <>
      {warning.isExercise && <ExerciseBand />}
      <Masthead
        path={<WarningPath opened={opened} />}
        title={draft.subject || t('warning.no-subject')}
        lede={<Lede opened={opened} />}
        symbol={symbolOf('W', warning)}
        marking={warning.marking}
        facts={[
          {
            name: t('level.mark', { level: draft.level, name: t(`level.${draft.level}`) }),
            value: t(`confidence.${draft.confidence}`),
          },
          { name: t('warning.state'), value: t(`warning.state-${warning.state}`) },
          { name: t('warning.expires-at'), value: formatInstant(locale, draft.expiresAt) },
        ]}
      />
      <div className="cols compose sec">
        <div>
          <LetterPaper opened={opened} draft={draft} addressees={notifications} />
          <FilesPart warning={warning} />
          <NotifiedPart opened={opened} />
        </div>
        <div className="beside">
          {warning.signatures.length > 0 && (
            <section>
              <div className="h">
                <h2>{t('warning.signatures')}</h2>
              </div>
              <div className="sig">
                <Signatures signatures={warning.signatures} needed={opened.signaturesNeeded} />
              </div>
            </section>
          )}
          {isOwn && warning.state === 'sent' && <WhoSees opened={opened} />}
          {isOwn && <Acts opened={opened} />}
        </div>
      </div>
    </>
  )
}

/** Said from what is on record, so that it is true whenever it is read. */
function Lede({ opened }: Props) {
  const { t, locale } = useShell()
  const { warning, notifications, clocksRunning, replacedBy } = opened
  const at = warning.signatures.at(-1)?.at ?? warning.sentAt
  if (warning.state === 'draft' || !at) return t('warning.draft-read-only')
  return (
    <>
      <span role="status">
        {t('warning.sent', {
          at: formatInstant(locale, at),
          n: notifications.length,
          clocks: clocksRunning,
        })}
      </span>{' '}
      {replacedBy && <a href={`/warnings/${replacedBy}`}>{t('warning.replaced-by')}</a>}
      {warning.replaces && <a href={`/warnings/${warning.replaces}`}>{t('warning.replaces')}</a>}
    </>
  )
}

/** What the organisation may still do with a warning that was sent. */
function Acts({ opened }: Props) {
  const { t, client } = useShell()
  const actor = useActor()
  const { warning } = opened
  if (warning.state !== 'sent' && warning.state !== 'expired') return null
  const symbol = symbolOf('W', warning)
  const ending = symbol.slice(symbol.lastIndexOf('-') + 1)
  const cancel = async (fields: FormData) => {
    const params = { warning: warning.id }
    await client(cancelWarning, { params, body: { reasons: textOf(fields, 'reasons') } })
  }
  return (
    <section>
      <div className="h">
        <h2>{t('warning.acts')}</h2>
      </div>
      <p>
        <a className="b l" href={`/matters/${warning.matter}/warnings/new?replaces=${warning.id}`}>
          {t('warning.update')}
        </a>
      </p>
      <p className="src">{t('warning.update-means')}</p>
      {maySignForMatter(actor, warning) && (
        <details className="sure">
          <summary>{t('warning.cancel')}</summary>
          <p>{t('warning.cancel-means')}</p>
          <ActForm submit={t('warning.cancel')} deed={cancel}>
            <div className="f">
              <label htmlFor="reasons">{t('warning.reasons')}</label>
              <textarea id="reasons" name="reasons" rows={3} maxLength={8000} required dir="auto" />
            </div>
            <Field
              name="ending"
              label={t('warning.type-symbol', { symbol, ending })}
              pattern={ending}
              title={ending}
              autoComplete="off"
              dir="ltr"
              required
            />
          </ActForm>
        </details>
      )}
    </section>
  )
}
