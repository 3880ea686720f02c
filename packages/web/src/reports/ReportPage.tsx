import type { MatterLine } from '@tocsin/api/matters.ts'
import { attachReport } from '@tocsin/api/reports.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Harm, type Report } from '@tocsin/domain/report.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { PrintMarking } from '../matters/PrintMarking.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant, formatNumber } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'

type Props = {
  readonly report: Report
  readonly places: readonly Country[]
  /** The open matters that it can be put on; empty where it stands on one already. */
  readonly matters: readonly MatterLine[]
}

/** One report: what is said, how it is graded, and where it goes from here. */
export function ReportPage({ report, places, matters }: Props) {
  const { t, locale } = useShell()
  const isWriter = mayWork(useActor())
  const symbol = symbolOf('R', report)
  return (
    <>
      <PrintMarking marking={report.marking} symbol={symbol} />
      {report.isExercise && <ExerciseBand />}
      <Masthead
        path={<a href="/reports">{t('reports.title')}</a>}
        title={t('report.one', { symbol })}
        lede={t(`report.kind-${report.kind}`)}
        symbol={symbol}
        marking={report.marking}
        facts={[
          { name: t('report.written'), value: formatInstant(locale, report.writtenAt) },
          {
            name: t('record.grade'),
            value: (
              <b>
                {report.sourceGrade}
                {report.informationGrade}
              </b>
            ),
          },
        ]}
      />
      {report.someoneAtRisk && <p className="note sec">{t('report.at-risk-means')}</p>}
      <section className="sec read">
        <p className="said-by" dir="auto">
          {report.what}
        </p>
      </section>
      <Facts report={report} places={places} />
      {report.matter && (
        <p className="acts sec noprint">
          <a className="b" href={`/matters/${report.matter}`}>
            {t('report.to-matter')}
          </a>
        </p>
      )}
      {isWriter && report.matter === null && <Triage report={report} matters={matters} />}
    </>
  )
}

function Facts({ report, places }: Omit<Props, 'matters'>) {
  const { t, locale } = useShell()
  const { fromDay, untilDay, place, precision, groups, harm } = report
  const country = places.find(({ iso3 }) => iso3 === report.country)?.names[locale]
  const days = [...new Set([fromDay, untilDay])].map((day) => formatDay(locale, day)).join(' – ')
  const where = [place, country].filter((part) => part !== null && part !== undefined).join(', ')
  const figure = (value: number) => formatNumber(locale, value)
  const counts = Harm.options.map((kind) => {
    const held = harm[kind]
    const best = held?.best ?? null
    const range = held && `${figure(held.low)} – ${figure(held.high)}`
    const said =
      best === null ? range : t('report.range', { best: figure(best), range: range ?? '' })
    return { name: t(`report.harm-${kind}`), value: said ?? t('report.unknown') }
  })
  const facts = [
    { name: t('report.when-title'), value: days },
    { name: t('report.where-title'), value: where || t('report.unknown') },
    {
      name: t('report.place-precision'),
      value: precision ? t(`report.precision-${precision}`) : t('report.place-no-precision'),
    },
    { name: t('report.groups'), value: groups ?? t('report.unknown') },
    ...counts,
    {
      name: t('report.grade-source'),
      value: `${report.sourceGrade} · ${t(`report.grade-${report.sourceGrade}`)}`,
    },
    {
      name: t('report.grade-information'),
      value: `${report.informationGrade} · ${t(`report.grade-${report.informationGrade}`)}`,
    },
  ]
  return (
    <dl className="facts sec">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Triage({ report, matters }: Omit<Props, 'places'>) {
  const { t, client } = useShell()
  const attach = async (fields: FormData) => {
    const matter = MatterId.parse(textOf(fields, 'matter'))
    await client(attachReport, { params: { matter, report: report.id } })
  }
  const fitting = matters.filter(({ isExercise }) => isExercise === report.isExercise)
  return (
    <section className="sec sign noprint">
      <div className="h">
        <h2>{t('reports.triage')}</h2>
      </div>
      {fitting.length > 0 && (
        <ActForm submit={t('reports.attach')} isMain deed={attach}>
          <Choice name="matter" label={t('report.matter')} hint={t('report.attach-hint')} required>
            {fitting.map((matter) => (
              <option key={matter.id} value={matter.id}>
                {`${symbolOf('M', matter)} · ${matter.title}`}
              </option>
            ))}
          </Choice>
        </ActForm>
      )}
      <p className="acts">
        <a className="b" href={addressTo('/matters/new', { report: report.id })}>
          {t('reports.open-matter')}
        </a>
      </p>
    </section>
  )
}
