import type { OpenedWarning } from '@tocsin/api/warnings.ts'
import { likelihoodOf } from '@tocsin/domain/likelihood.ts'
import type { WarningDraft } from '@tocsin/domain/warning.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant, formatPercent } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { actionName } from './action-words.ts'

/** An office as the letter names it. */
export type Named = {
  readonly office: string
  readonly authority: string
  readonly legalBasis: string
}

type Props = {
  readonly opened: OpenedWarning
  readonly draft: WarningDraft
  readonly addressees: readonly Named[]
}

/** The letter as it reads: sender, addressees, numbered paragraphs, sources and dissent beside them. */
export function LetterPaper({ opened, draft, addressees }: Props) {
  const { t, locale } = useShell()
  const { sender, warning } = opened
  return (
    <article className="paper" aria-label={t('warning.letter')}>
      <div className="lh">
        <span>{sender}</span>
        <span>{t('warning.original', { language: languageNames[draft.locale] })}</span>
      </div>
      {warning.isExercise && (
        <p className="drill">
          <b>{t('exercise.word')}</b> {t('exercise.means')}
        </p>
      )}
      <div className="lb">
        <div>
          <p>
            {addressees.length === 0
              ? t('warning.to-nobody')
              : t('warning.to', {
                  offices: addressees
                    .map(({ office, authority }) => `${office}, ${authority}`)
                    .join('; '),
                })}
          </p>
          <div lang={draft.locale} dir="auto">
            <h2>{draft.subject || t('warning.no-subject')}</h2>
            <ol>
              {draft.paragraphs.map((paragraph, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is what stands at its number
                <li key={index}>{paragraph}</li>
              ))}
            </ol>
          </div>
          <Judged draft={draft} />
          <Offered draft={draft} />
          <ul className="basis">
            {addressees.map(({ office, legalBasis }) => (
              <li key={office + legalBasis}>
                {t('warning.competent', { office, basis: legalBasis })}
              </li>
            ))}
          </ul>
          <p className="two sm">
            {t('warning.valid-until', { at: formatInstant(locale, draft.expiresAt) })}
          </p>
        </div>
        <Beside opened={opened} draft={draft} />
      </div>
    </article>
  )
}

function Judged({ draft }: Pick<Props, 'draft'>) {
  const { t, locale } = useShell()
  const { scenarios } = draft
  const populations = draft.populations.filter((name) => name !== '')
  return (
    <>
      {populations.length > 0 && (
        <p>
          {t('warning.at-risk', {
            who: new Intl.ListFormat(locale, { type: 'conjunction' }).format(populations),
            from: draft.windowFrom,
            until: draft.windowUntil,
          })}
        </p>
      )}
      {scenarios.length > 0 && <h3>{t('warning.scenarios')}</h3>}
      <ul className="dash">
        {scenarios.map(({ kind, text, trigger, percent }) => (
          <li key={kind + text}>
            <b>{t(`warning.scenario-${kind}`)}</b>
            {`, ${t(`warning.likelihood-${likelihoodOf(percent)}`)} (${formatPercent(locale, percent / 100, 0)}): `}
            <bdi lang={draft.locale}>{text}</bdi>
            {trigger && <span className="two sm block">{t('warning.set-off', { trigger })}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

function Offered({ draft }: Pick<Props, 'draft'>) {
  const { t } = useShell()
  if (draft.options.length === 0) return null
  return (
    <>
      <h3>{t('letter.options')}</h3>
      <ul className="dash">
        {draft.options.map((option) => (
          <li key={option.code}>
            <b>{actionName(t, option.code)}</b>
            {option.expectedEffect && (
              <>
                {': '}
                <bdi lang={draft.locale}>{option.expectedEffect}</bdi>
              </>
            )}
            {option.howWeWillKnow && (
              <span className="two sm block">
                {t('warning.known-by', { how: option.howWeWillKnow })}
              </span>
            )}
            {option.authorisation && (
              <span className="two sm block">
                {t('warning.authorised-by', { reference: option.authorisation })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Beside({ opened, draft }: Pick<Props, 'opened' | 'draft'>) {
  const { t, locale } = useShell()
  const cited = opened.reports.filter(({ id }) => draft.evidence.includes(id))
  if (cited.length === 0 && draft.dissents.length === 0) return null
  return (
    <aside aria-label={t('warning.sources')}>
      <ol>
        {cited.map((report) => (
          <li key={report.id}>
            <b>
              {t('warning.report', {
                number: `${report.year}/${report.number}`,
                grade: `${report.sourceGrade}${report.informationGrade}`,
              })}
            </b>
            {formatDay(locale, report.fromDay)}
          </li>
        ))}
        {draft.dissents.map(({ by, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dissent is what stands at its place
          <li key={index} lang={draft.locale}>
            <b>{t('warning.dissent')}</b>
            <bdi>{by}</bdi>
            {': '}
            <bdi>{text}</bdi>
          </li>
        ))}
      </ol>
    </aside>
  )
}
