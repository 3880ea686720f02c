import type { compareEditions } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { EditionChanges } from './EditionChanges.tsx'

export type Comparison = Output<typeof compareEditions>

type Props = {
  /** Newest first. */
  readonly editions: readonly Edition[]
  readonly comparison: Comparison | null
  readonly places: readonly Country[]
}

/** Every edition with what it was made of, and what changed from one to another. */
export function EditionsPage({ editions, comparison, places }: Props) {
  const { t } = useShell()
  return (
    <>
      <Masthead
        path={<a href="/world">{t('app.world')}</a>}
        title={t('editions.title')}
        lede={t('editions.lede')}
        facts={[]}
      />
      <section className="sec">
        <div className="h">
          <h2>{t('editions.held')}</h2>
        </div>
        {editions.length === 0 ? <p>{t('editions.empty')}</p> : <Held editions={editions} />}
      </section>
      <section className="sec">
        <div className="h">
          <h2>{t('editions.compare')}</h2>
          <span className="more">{t('editions.in-log-odds')}</span>
        </div>
        {editions.length < 2 && <p>{t('editions.one-only')}</p>}
        {editions.length >= 2 && <PairForm editions={editions} comparison={comparison} />}
        {comparison && <EditionChanges comparison={comparison} places={places} />}
      </section>
    </>
  )
}

const hashShown = 12

function Held({ editions }: Pick<Props, 'editions'>) {
  const { t } = useShell()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="scroll" tabIndex={0} aria-label={t('editions.held')}>
      <table className="tb wide">
        <thead>
          <tr>
            <th scope="col">{t('world.edition')}</th>
            <th scope="col">{t('editions.origin')}</th>
            <th scope="col">{t('world.data-year')}</th>
            <th scope="col">{t('editions.horizon')}</th>
            <th scope="col">{t('editions.issued')}</th>
            <th scope="col">{t('editions.code')}</th>
            <th scope="col">{t('editions.inputs')}</th>
          </tr>
        </thead>
        <tbody>
          {editions.map((edition) => (
            <HeldRow key={edition.id} edition={edition} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function HeldRow({ edition }: { readonly edition: Edition }) {
  const { t, locale } = useShell()
  const { id, origin, dataYear, horizon, issuedOn, countries, verified } = edition
  return (
    <tr>
      <th scope="row">
        <a href={addressTo('/world', { edition: id })}>
          <bdi>{id}</bdi>
        </a>
      </th>
      <td>
        {t(`editions.origin-${origin}`)}
        <small className="mute block">{t(verified ? 'app.verified' : 'app.not-verified')}</small>
      </td>
      <td>{String(dataYear)}</td>
      <td>
        <bdi>{`${horizon.from}–${horizon.to}`}</bdi>
        <small className="mute block">{t('world.states', { n: countries })}</small>
      </td>
      <td>{issuedOn ? formatDay(locale, issuedOn) : t('editions.unknown-day')}</td>
      <td>
        <Fingerprint hash={edition.codeVersion} />
      </td>
      <td>
        <ul>
          {edition.inputs.map(({ name, sha256 }) => (
            <li key={sha256}>
              <bdi>{name}</bdi> <Fingerprint hash={sha256} />
            </li>
          ))}
          <li>
            {t('editions.figures')} <Fingerprint hash={edition.figuresHash} />
          </li>
        </ul>
      </td>
    </tr>
  )
}

const Fingerprint = ({ hash }: { readonly hash: string }) => (
  <code title={hash}>{hash.slice(0, hashShown)}</code>
)

function PairForm({ editions, comparison }: Pick<Props, 'editions' | 'comparison'>) {
  const { t } = useShell()
  const chosen = { from: comparison?.from.id, to: comparison?.to.id }
  return (
    <form method="get" action="/editions" className="row noprint" data-stay>
      {(['from', 'to'] as const).map((side) => (
        <span key={side} className="row">
          <label className="lab" htmlFor={side}>
            {t(`editions.${side}`)}
          </label>
          <select id={side} name={side} key={chosen[side]} defaultValue={chosen[side]}>
            {editions.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </span>
      ))}
      <button type="submit" className="b">
        {t('editions.show')}
      </button>
      {!comparison && <span className="md">{t('editions.same')}</span>}
    </form>
  )
}
