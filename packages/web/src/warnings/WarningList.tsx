import type { WarningRow } from '@tocsin/api/opened-warning.ts'
import { Level } from '@tocsin/domain/level.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

type Props = {
  readonly title: string
  readonly rows: readonly WarningRow[]
  readonly isMatterSaid: boolean
}

/** Warnings under one another, each with how it stands. */
export function WarningList({ title, rows, isMatterSaid }: Props) {
  const { t } = useShell()
  return (
    <section className="sec">
      <div className="h">
        <h2>{title}</h2>
        <span className="more">{t('warning.count', { n: rows.length })}</span>
      </div>
      {rows.length === 0 && <p>{t('warning.none')}</p>}
      <ul className="list">
        {rows.map((row) => (
          <li key={row.id}>
            <div className="wrow">
              <LevelMark level={Level.parse(row.level)} />
              <span>
                <a href={`/warnings/${row.id}`}>{row.subject || t('warning.no-subject')}</a>
                <span className="two sm block">
                  <bdi>{symbolOf('W', row)}</bdi>
                  {isMatterSaid && `, ${row.matterTitle}`}
                </span>
              </span>
            </div>
            <Standing row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Standing({ row }: { readonly row: WarningRow }) {
  const { t, locale } = useShell()
  const { state, signatures, signaturesNeeded: needed } = row
  return (
    <div>
      {row.isExercise && <b className="chip hold">{t('exercise.word')}</b>}{' '}
      <b>
        {t(row.returned && state === 'draft' ? 'warning.state-returned' : `warning.state-${state}`)}
      </b>
      <span className="two sm block">
        {state === 'draft' ? (
          <>
            {t('warning.saved', { at: formatInstant(locale, row.savedAt) })}{' '}
            {t('warning.signed-of', { n: signatures, needed })}
          </>
        ) : (
          t('warning.sent-until', {
            at: formatInstant(locale, row.sentAt ?? row.savedAt),
            until: formatInstant(locale, row.expiresAt),
          })
        )}
      </span>
    </div>
  )
}
