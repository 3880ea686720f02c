import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { Stamp } from '@tocsin/domain/stamps.ts'
import { useShell } from '../shell/context.ts'
import { formatShortDay, timeOf } from './moment.ts'

/** When each step from the first report to the effect was first taken. */
export function StampsPart({ stamps, asOf }: Pick<OpenedMatter, 'stamps' | 'asOf'>) {
  const { t, locale } = useShell()
  return (
    <section>
      <div className="h">
        <h2>{t('matter.stamp-title')}</h2>
      </div>
      <table className="tb">
        <tbody>
          {Stamp.options.map((stamp) => {
            const at = stamps[stamp]
            return (
              <tr key={stamp}>
                <td className="mute">
                  <bdi>{stamp}</bdi>
                </td>
                <th scope="row">{t(`matter.stamp-${stamp}`)}</th>
                <td className="n">
                  {at ? (
                    <time dateTime={at}>
                      {`${formatShortDay(locale, at, asOf)}, ${timeOf(at)}`}
                    </time>
                  ) : (
                    <span className="mute">{t('matter.stamp-not-yet')}</span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
