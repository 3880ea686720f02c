import type { Output } from '@tocsin/api/route.ts'
import type { getPublicTimes } from '@tocsin/api/times.ts'
import type { PublicFigures, PublicTimes } from '@tocsin/domain/public-times.ts'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatNumber, formatPercent } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'

type Props = { readonly times: Output<typeof getPublicTimes> }

const columns = ['n', 'median', 'p90', 'in-time'] as const

/** How fast warnings were answered in one year, for anybody: nothing of a matter, nothing of few. */
export function PublicTimesPage({ times }: Props) {
  const { t } = useShell()
  const { year, lastYear, clocks } = times
  return (
    <>
      <Masthead
        path={<a href="/world">{t('app.world')}</a>}
        title={t('public-times.title')}
        lede={t('public-times.lede')}
        facts={[{ name: t('public-times.year'), value: String(year) }]}
      />
      <p className="acts noprint">
        <a className="b" href={addressTo('/times', { year: String(year - 1) })}>
          {t('public-times.earlier')}
        </a>
        {year < lastYear && (
          <a className="b" href={addressTo('/times', { year: String(year + 1) })}>
            {t('public-times.later')}
          </a>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll sec" tabIndex={0} aria-label={t('public-times.title')}>
        <table className="tb parts">
          <thead>
            <tr>
              <th scope="col">{t('public-times.clock')}</th>
              <th scope="col">{t('public-times.level')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className="n">
                  {t(`public-times.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {clocks.map((one) => (
            <ClockRows key={one.clock} {...one} />
          ))}
        </table>
      </section>
      <p className="src">{t('public-times.method')}</p>
    </>
  )
}

/** A kind of clock with its total, and its levels where there is a total at all. */
function ClockRows({ clock, n, levels }: PublicTimes) {
  const { t, locale } = useShell()
  return (
    <tbody>
      <tr>
        <th scope="row">{t(`public-times.clock-${clock}`)}</th>
        <td>{t('public-times.all')}</td>
        {n === null ? (
          <td colSpan={columns.length} className="mute">
            {t('public-times.fewer')}
          </td>
        ) : (
          <>
            <td className="n">{formatNumber(locale, n)}</td>
            <td colSpan={columns.length - 1} />
          </>
        )}
      </tr>
      {n !== null &&
        levels.map(({ level, figures }) => (
          <tr key={level}>
            <td />
            <td className="nw">{t(`public-times.level-${level}`)}</td>
            {figures ? (
              <Figures {...figures} />
            ) : (
              <td colSpan={columns.length} className="mute">
                {t('public-times.hidden')}
              </td>
            )}
          </tr>
        ))}
    </tbody>
  )
}

function Figures({ n, medianHours, p90Hours, inTimePercent }: PublicFigures) {
  const { t, locale } = useShell()
  const hours = (value: number | null) =>
    value === null ? t('public-times.not-reached') : t('public-times.hours', { hours: value })
  return (
    <>
      <td className="n">{formatNumber(locale, n)}</td>
      <td className="n">{hours(medianHours)}</td>
      <td className="n">{hours(p90Hours)}</td>
      <td className="n">
        {inTimePercent === null
          ? t('public-times.share-hidden')
          : formatPercent(locale, inTimePercent / 100, 0)}
      </td>
    </>
  )
}
