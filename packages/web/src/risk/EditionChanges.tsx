import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { moversOf } from '../countries/driver-groups.ts'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatOneIn, formatSigned } from '../shell/format.ts'
import type { Comparison } from './EditionsPage.tsx'
import { nameOf } from './world-rows.ts'

type Props = { readonly comparison: Comparison; readonly places: readonly Country[] }
type Change = Comparison['countries'][number]

/** What changed from one edition to another, State by State, the largest change first. */
export function EditionChanges({ comparison, places }: Props) {
  const { t, locale } = useShell()
  const { from, to, countries, only } = comparison
  const placeOf = new Map(places.map((place) => [place.iso3 as string, place]))
  const name = (code: CountryCode) => nameOf(placeOf.get(code), locale, code)
  const sides = [
    [from.id, only.from],
    [to.id, only.to],
  ] as const
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('editions.compare')} data-table-twin>
        <table className="tb wide">
          <thead>
            <tr>
              <th scope="col">{t('world.state')}</th>
              <th scope="col">{t('world.chance')}</th>
              <th scope="col">{t('world.rank')}</th>
              <th scope="col" className="n">
                {t('editions.data')}
              </th>
              <th scope="col" className="n">
                {t('editions.model')}
              </th>
              <th scope="col">{t('editions.moved')}</th>
            </tr>
          </thead>
          <tbody>
            {countries.map((change) => (
              <ChangeRow
                key={change.country}
                change={change}
                name={name(change.country)}
                edition={to.id}
              />
            ))}
          </tbody>
        </table>
      </section>
      {sides.map(
        ([edition, codes]) =>
          codes.length > 0 && (
            <p key={edition} className="md">
              {t('editions.only', { edition, states: codes.map(name).join(', ') })}
            </p>
          ),
      )}
    </>
  )
}

const shown = 2

type Driver = NonNullable<Change['parts']>['drivers'][number]
/** By new conditions alone: what a new model makes of time is taken back by its intercept. */
const moveOf = ({ driver, data }: Driver) => ({ driver, moved: data })

type RowProps = { readonly change: Change; readonly name: string; readonly edition: string }

function ChangeRow({ change, name, edition }: RowProps) {
  const shell = useShell()
  const { t, locale } = shell
  const { country, probability, rank, parts } = change
  const signed = (value: number) => formatSigned(locale, value)
  return (
    <tr>
      <td>
        <a href={addressTo(`/country/${country}`, { edition })}>{name}</a>
      </td>
      <td>
        {t('country.from-to', {
          before: formatOneIn(locale, t, probability.from),
          now: formatOneIn(locale, t, probability.to),
        })}
      </td>
      <td>
        <bdi>{`${rank.from} → ${rank.to}`}</bdi>
      </td>
      <td className="n">{parts && <bdi>{signed(parts.data)}</bdi>}</td>
      <td className="n">{parts && <bdi>{signed(parts.model)}</bdi>}</td>
      <td className="mute">
        {parts
          ? moversOf(shell, parts.drivers.map(moveOf), shown).map((mover) => (
              <span key={mover.name} className="part">
                {mover.name} <bdi>{signed(mover.moved)}</bdi>
              </span>
            ))
          : t('editions.no-drivers')}
      </td>
    </tr>
  )
}
