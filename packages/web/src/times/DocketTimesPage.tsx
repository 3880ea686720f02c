import { addressOf } from '@tocsin/api/client.ts'
import { type DocketTimes, exportTimes } from '@tocsin/api/times.ts'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ClockPart } from './ClockPart.tsx'
import { SpansPart } from './SpansPart.tsx'

/** How long authorities took to answer the organisation's warnings, those who are silent included. */
export function DocketTimesPage({ times }: { readonly times: DocketTimes }) {
  const { t, locale } = useShell()
  const { asOf, from, until, exercise, clocks, spans } = times
  const byClock = Map.groupBy(clocks, ({ clock }) => clock)
  const isEmpty = clocks.length === 0 && spans.length === 0
  return (
    <>
      <Masthead
        path={<a href="/docket">{t('times.docket')}</a>}
        title={t('times.title')}
        lede={t('times.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[
          { name: t('times.from'), value: formatDay(locale, from) },
          { name: t('times.until'), value: formatDay(locale, until) },
          { name: t('times.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      {exercise && (
        <p className="drill" role="note">
          <strong>{t('exercise.word')}</strong> {t('exercise.means')}
        </p>
      )}
      <form method="get" action="/docket/times" className="filters noprint" key={from + until}>
        <Field name="from" label={t('times.from')} type="date" defaultValue={from} />
        <Field name="until" label={t('times.until')} type="date" defaultValue={until} />
        <Choice name="exercise" label={t('times.view')} defaultValue={String(exercise)}>
          <option value="false">{t('times.real')}</option>
          <option value="true">{t('times.exercises')}</option>
        </Choice>
        <button type="submit" className="b">
          {t('times.show')}
        </button>
      </form>
      {isEmpty && <p className="sec">{t(exercise ? 'times.none-exercise' : 'times.none')}</p>}
      {[...byClock].map(([clock, rows]) => (
        <ClockPart key={clock} clock={clock} rows={rows} />
      ))}
      {spans.length > 0 && <SpansPart rows={spans} />}
      {!isEmpty && (
        <>
          <p className="acts noprint">
            <a
              className="b"
              href={addressOf(exportTimes, { query: { from, until, exercise } })}
              download
            >
              {t('times.export')}
            </a>
          </p>
          <p className="src">{t('times.method')}</p>
        </>
      )}
    </>
  )
}
