import type { listReports } from '@tocsin/api/reports.ts'
import type { Output } from '@tocsin/api/route.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import type { Report } from '@tocsin/domain/report.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useActor } from '../identity/self.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { MarkingWords, Masthead } from '../shell/Masthead.tsx'
import { PageLinks } from '../shell/PageLinks.tsx'
import { PAGE } from './page-size.ts'

type Reports = Output<typeof listReports>

type Props = {
  /** Those on no matter yet: what triage is for. */
  readonly loose: Reports
  readonly all: Reports
  readonly search: Search
}

/** What came in: first what stands on no matter yet, then everything, the newest first. */
export function ReportsPage({ loose, all, search }: Props) {
  const { t } = useShell()
  const isWriter = mayWork(useActor())
  return (
    <>
      <Masthead
        path={t('matters.path')}
        title={t('reports.title')}
        lede={t('reports.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[
          { name: t('reports.loose'), value: loose.total },
          { name: t('reports.all'), value: all.total },
        ]}
      />
      {isWriter && (
        <p className="acts">
          <a className="b p" href="/reports/new">
            {t('report.new')}
          </a>
        </p>
      )}
      <section className="sec">
        <div className="h">
          <h2>{t('reports.loose')}</h2>
        </div>
        {loose.total === 0 && <p className="two">{t('reports.none-loose')}</p>}
        <List reports={loose.reports} isTriage={isWriter} />
        {loose.total > loose.reports.length && (
          <p className="src">
            {t('reports.more-loose', { n: loose.total - loose.reports.length })}
          </p>
        )}
      </section>
      <section className="sec">
        <div className="h">
          <h2>{t('reports.all')}</h2>
        </div>
        {all.total === 0 && <p className="two">{t('reports.none')}</p>}
        <List reports={all.reports} isTriage={false} />
        <p className="acts">
          <PageLinks
            path="/reports"
            search={{ offset: search['offset'] ?? '' }}
            size={PAGE}
            total={all.total}
          />
        </p>
      </section>
    </>
  )
}

type ListProps = { readonly reports: readonly Report[]; readonly isTriage: boolean }

function List({ reports, isTriage }: ListProps) {
  const { t, locale } = useShell()
  return (
    <ul className="list">
      {reports.map((report) => (
        <li key={report.id}>
          <div>
            <p className="sm two">
              <a href={`/reports/${report.id}`}>
                <bdi>{symbolOf('R', report)}</bdi>
              </a>
              {` · ${t(`report.kind-${report.kind}`)} · ${t('record.grade')} `}
              <b>{`${report.sourceGrade}${report.informationGrade}`}</b>
              {` · ${formatDay(locale, report.fromDay)} `}
              <MarkingWords marking={report.marking} />{' '}
              {report.isExercise && <span className="chip hold">{t('exercise.word')}</span>}{' '}
              {report.someoneAtRisk && <span className="chip late">{t('report.at-risk')}</span>}
            </p>
            <p className="said-by" dir="auto">
              {short(report.what)}
            </p>
          </div>
          {isTriage && (
            <div className="acts">
              <a className="b" href={`/reports/${report.id}`}>
                {t('reports.attach')}
                <span className="vh"> {symbolOf('R', report)}</span>
              </a>
              <a className="b" href={addressTo('/matters/new', { report: report.id })}>
                {t('reports.open-matter')}
                <span className="vh"> {symbolOf('R', report)}</span>
              </a>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The beginning of a report, cut between words. */
const short = (text: string): string =>
  text.length <= 240 ? text : `${text.slice(0, 240).replace(/\s+\S*$/, '')} …`
