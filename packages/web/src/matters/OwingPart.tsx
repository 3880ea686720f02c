import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { owedBy } from '@tocsin/domain/notification.ts'
import { formatLeft } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'
import { wordOf } from './entry-words.ts'
import { formatShortDay, timeOf } from './moment.ts'

type Told = OpenedMatter['notifications'][number]

/** Those who were told by a warning that still stands. */
export function toldBy({ notifications, warnings }: OpenedMatter): readonly Told[] {
  const standing = warnings.filter(({ state }) => state === 'sent' || state === 'expired')
  return notifications.filter(({ warning }) => standing.some(({ id }) => id === warning))
}

/** Who was told, who opened, acknowledged and answered, and how long the others still have. */
export function OwingPart({ opened }: { readonly opened: OpenedMatter }) {
  const { t } = useShell()
  const told = toldBy(opened)
  return (
    <section>
      <div className="h">
        <h2>{t('owing.title')}</h2>
      </div>
      {told.length === 0 && <p className="two">{t('owing.nobody')}</p>}
      {told.length > 0 && (
        <>
          <table className="tb">
            <thead>
              <tr>
                <th scope="col">{t('owing.authority')}</th>
                <th scope="col">{t('owing.opened')}</th>
                <th scope="col">{t('owing.acknowledged')}</th>
                <th scope="col">{t('owing.answered')}</th>
              </tr>
            </thead>
            <tbody>
              {told.map((one) => (
                <Row key={one.id} told={one} asOf={opened.asOf} />
              ))}
            </tbody>
          </table>
          <p className="src">{t('owing.hint')}</p>
        </>
      )}
    </section>
  )
}

function Row({ told, asOf }: { readonly told: Told; readonly asOf: Instant }) {
  const shell = useShell()
  const { t } = shell
  const { state, failure, openedAt, acknowledgedAt, acknowledgement, answeredAt, answer } = told
  const owed = owedBy(told)
  return (
    <tr>
      <th scope="row">
        {told.authority}
        <small className="block mute">{told.office}</small>
      </th>
      <td>
        {state === 'failed' && (
          <b className="late">{wordOf(shell, 'owing.failure-', failure ?? 'unexpected')}</b>
        )}
        {state !== 'failed' &&
          (openedAt ? <At at={openedAt} asOf={asOf} /> : t('owing.not-opened'))}
      </td>
      <td>
        {acknowledgedAt && (
          <>
            <At at={acknowledgedAt} asOf={asOf} />
            <small className="block">
              {acknowledgement && t(`letter.reaction-${acknowledgement.reaction}`)}
            </small>
          </>
        )}
        {owed === 'acknowledgement' && <Left dueAt={told.acknowledgeBy} asOf={asOf} />}
      </td>
      <td>
        {answeredAt && (
          <>
            <At at={answeredAt} asOf={asOf} />
            <small className="block">{answer && t(`owing.answer-${answer.outcome}`)}</small>
          </>
        )}
        {owed !== undefined && told.answerBy && <Left dueAt={told.answerBy} asOf={asOf} />}
        {!answeredAt && !told.answerBy && <span className="mute">{t('owing.not-asked')}</span>}
      </td>
    </tr>
  )
}

function At({ at, asOf }: { readonly at: Instant; readonly asOf: Instant }) {
  const { locale } = useShell()
  return (
    <time dateTime={at} className="ok">
      <b>{timeOf(at)}</b> <small className="block">{formatShortDay(locale, at, asOf)}</small>
    </time>
  )
}

function Left({ dueAt, asOf }: { readonly dueAt: Instant; readonly asOf: Instant }) {
  const { t } = useShell()
  return <b className={dueAt <= asOf ? 'late' : 'hold'}>{formatLeft(t, asOf, dueAt)}</b>
}
