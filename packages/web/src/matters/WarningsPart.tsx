import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { useShell } from '../shell/context.ts'
import { formatNumber } from '../shell/format.ts'

type Props = Pick<OpenedMatter, 'matter' | 'warnings'>

/** The warnings of the matter, the newest first, each by its symbol and how it stands. */
export function WarningsPart({ matter: { isExercise }, warnings }: Props) {
  const { t } = useShell()
  if (warnings.length === 0) return null
  return (
    <section>
      <div className="h">
        <h2>{t('matter.warnings')}</h2>
      </div>
      <ul className="list">
        {warnings.map(({ id, year, number, level, subject, state }) => (
          <li key={id}>
            <div>
              <a href={`/warnings/${id}`}>
                <bdi>{symbolOf('W', { year, number, isExercise })}</bdi>
              </a>{' '}
              <span className="chip">{t(`matter.warning-${state}`)}</span>
              <span className="block">{subject}</span>
            </div>
            <LevelMark level={level} size={20} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the latest warning that was sent says may happen, and how likely each is judged to be. */
export function ScenariosPart({ matter: { isExercise }, warnings }: Props) {
  const { t, locale } = useShell()
  const latest = warnings.find(({ sentAt, scenarios }) => sentAt !== null && scenarios.length > 0)
  if (!latest) return null
  return (
    <section>
      <div className="h">
        <h2>{t('matter.scenarios')}</h2>
        <span className="more">
          <bdi>{symbolOf('W', { ...latest, isExercise })}</bdi>
        </span>
      </div>
      <ul className="scn">
        {latest.scenarios.map(({ kind, text, percent }) => (
          <li key={kind}>
            <span dir="auto">{text}</span>
            <b>{t('matter.percent', { n: formatNumber(locale, percent) })}</b>
            <i style={{ '--v': `${percent}%` } as React.CSSProperties} />
          </li>
        ))}
      </ul>
    </section>
  )
}
