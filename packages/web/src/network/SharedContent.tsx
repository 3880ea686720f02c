import { SharedWarning } from '@tocsin/records/stix/alert.ts'
import { SharedEdition } from '@tocsin/records/stix/edition.ts'
import { SharedMatter } from '@tocsin/records/stix/matter.ts'
import { SharedReport } from '@tocsin/records/stix/report.ts'
import { wordsOf } from '@tocsin/records/stix/shared-object.ts'
import type { ReactNode } from 'react'
import { LevelMark } from '../docket/LevelMark.tsx'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant, formatPercent, setApart } from '../shell/format.ts'
import { actionName } from '../warnings/action-words.ts'
import type { Shared } from './SharedObjectPage.tsx'
import { SharedReceipts } from './SharedReceipts.tsx'

/** What was shared, by what it is. What this node does not understand is said to be so, never guessed. */
export function SharedContent({ shared }: { readonly shared: Shared }) {
  const { t } = useShell()
  const { type } = shared
  const said = wordsOf(shared.content, shared)
  const matter = type === 'grouping' ? SharedMatter.safeParse(said).data : undefined
  if (matter) return <MatterContent matter={matter} />
  const warning = type === 'atrocity-alert' ? SharedWarning.safeParse(said).data : undefined
  if (warning) return <WarningContent warning={warning} />
  const report = type === 'report' ? SharedReport.safeParse(said).data : undefined
  if (report) return <ReportContent report={report} />
  const edition = type === 'risk-edition' ? SharedEdition.safeParse(said).data : undefined
  if (edition) return <EditionContent edition={edition} />
  if (type === 'receipt') return <SharedReceipts receipts={[shared.content]} />
  return (
    <p className="sec" role="note">
      {t('shared.not-understood')}
    </p>
  )
}

function MatterContent({ matter }: { readonly matter: SharedMatter }) {
  const { t, locale } = useShell()
  const { level, summary, place, openedAt, reviewBy, review, closing } = matter
  return (
    <section className="sec">
      <p className="lv">
        <LevelMark level={level} isSaid />{' '}
        <b>{t('level.mark', { level, name: t(`level.${level}`) })}</b>
      </p>
      {summary && <Words text={summary} />}
      <Facts
        facts={[
          [t('shared.place'), place],
          [t('shared.opened-at'), formatInstant(locale, openedAt)],
          [t('shared.review-by'), reviewBy && formatInstant(locale, reviewBy)],
          [t('shared.reviewed-at'), review && formatInstant(locale, review.signedAt)],
          [t('shared.closed-at'), closing && formatInstant(locale, closing.closedAt)],
        ]}
      />
      {review?.reasons && <Words text={review.reasons} />}
      {closing?.reasons && <Words text={closing.reasons} />}
    </section>
  )
}

function WarningContent({ warning }: { readonly warning: SharedWarning }) {
  const { t, locale } = useShell()
  const { said, addressees, signatures, sentAt, state, reasons } = warning
  return (
    <section className="sec">
      <p className="lv">
        <LevelMark level={said.level} isSaid />{' '}
        <b>
          {t('level.mark', { level: said.level, name: t(`level.${said.level}`) })}
          {said.confidence && `; ${t(`confidence.${said.confidence}`)}`}
        </b>
      </p>
      {state !== 'sent' && <p className="late">{t(`warning.state-${state}`)}</p>}
      {reasons && <Words text={reasons} />}
      <div className="spoken" lang={said.locale}>
        {said.paragraphs.map((paragraph) => (
          <p key={paragraph} className="said-by" dir="auto">
            {paragraph}
          </p>
        ))}
        {said.dissents.map(({ by, text }) => (
          <div key={`${by} ${text}`}>
            <b>{t('record.dissent', { by: setApart(by) })}</b>
            <p className="said-by" dir="auto">
              {text}
            </p>
          </div>
        ))}
      </div>
      <Facts
        facts={[
          [t('shared.populations'), said.populations.join(', ')],
          ...said.scenarios.map(
            ({ kind, text, percent }): FactLine => [
              t(`warning.scenario-${kind}`),
              `${text} (${formatPercent(locale, percent / 100, 0)})`,
            ],
          ),
          [t('shared.sent-at'), formatInstant(locale, sentAt)],
          [t('shared.options'), said.options.map(({ code }) => actionName(t, code)).join('; ')],
          [
            t('shared.addressees'),
            addressees.map(({ office, authority }) => `${office}, ${authority}`).join('; '),
          ],
          [
            t('shared.signed-by'),
            signatures.map(({ name, office }) => (office ? `${name}, ${office}` : name)).join('; '),
          ],
        ]}
      />
    </section>
  )
}

function ReportContent({ report }: { readonly report: SharedReport }) {
  const { t, locale } = useShell()
  const { what, fromDay, untilDay, place, groups, sourceGrade, informationGrade } = report
  return (
    <section className="sec">
      <Words text={what} />
      <Facts
        facts={[
          [t('report.kind'), t(`report.kind-${report.kind}`)],
          [
            t('shared.days'),
            fromDay === untilDay
              ? formatDay(locale, fromDay)
              : `${formatDay(locale, fromDay)} – ${formatDay(locale, untilDay)}`,
          ],
          [t('shared.place'), place],
          [t('report.groups'), groups],
          [
            t('report.grade-title'),
            `${sourceGrade}${informationGrade}: ${t(`report.grade-${sourceGrade}`)}, ${t(`report.grade-${informationGrade}`)}`,
          ],
        ]}
      />
    </section>
  )
}

function EditionContent({ edition }: { readonly edition: SharedEdition }) {
  const { t } = useShell()
  return (
    <section className="sec">
      <Facts
        facts={[
          [t('shared.data-year'), String(edition.dataYear)],
          [t('shared.publisher'), edition.publisher],
          [t('shared.figures-hash'), edition.figuresHash],
          [t('shared.statement-hash'), edition.statementHash],
        ]}
      />
    </section>
  )
}

const Words = ({ text }: { readonly text: string }) => (
  <div className="spoken">
    {text.split('\n\n').map((paragraph) => (
      <p key={paragraph} className="said-by" dir="auto">
        {paragraph}
      </p>
    ))}
  </div>
)

type FactLine = readonly [string, ReactNode]

/** What is not said is not listed. */
function Facts({ facts }: { readonly facts: readonly FactLine[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  )
}
