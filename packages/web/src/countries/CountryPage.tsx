import type { getCountry } from '@tocsin/api/countries.ts'
import type { getCountryRisk } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { Contributions } from './Contributions.tsx'
import { Indicators } from './Indicators.tsx'
import { RiskChangePart } from './RiskChangePart.tsx'
import { RiskNow } from './RiskNow.tsx'
import { Violence } from './Violence.tsx'

export type HeldSeries = Output<typeof getCountry>['series'][number]
export type Estimate = Output<typeof getCountryRisk>

type Props = Output<typeof getCountry> & {
  readonly edition: Edition
  /** Whether no later edition exists. */
  readonly newest: boolean
  readonly estimate: Estimate | null
  readonly search: Search
}

function Memberships({ of: { organisations } }: { readonly of: Country }) {
  return organisations.map((code, index) => (
    <span key={code}>
      {index > 0 && ', '}
      <a href={`/bodies/${code}`}>
        <bdi>{code}</bdi>
      </a>
    </span>
  ))
}

/** All the node holds on one country: the estimate with its reasons, and the figures with their sources. */
export function CountryPage(props: Props) {
  const { country, series, edition, newest, estimate, search } = props
  const { t, locale } = useShell()
  const name = country.names[locale] ?? country.iso3
  const others = Object.entries(country.names)
    .filter(([language]) => language !== locale)
    .map(([language, text]) => (
      <span key={language}>
        {' · '}
        <bdi lang={language}>{text}</bdi>
      </span>
    ))
  return (
    <>
      <Masthead
        path={
          <>
            <a href={addressTo('/world', { edition: edition.id, country: country.iso3 })}>
              {t('app.world')}
            </a>
            {others}
          </>
        }
        title={name}
        lede={
          <>
            {t(
              country.organisations.length > 0
                ? 'country.memberships-unchecked'
                : 'country.no-memberships',
            )}{' '}
            <a href={`/country/${country.iso3}/doors`}>{t('doors.link')}</a>
          </>
        }
        symbol={`TCN/WRP/${edition.id}/${country.iso3}`}
        stood={newest ? undefined : t('world.as-it-stood', { edition: edition.id })}
        facts={[
          { name: t('country.codes'), value: <bdi>{country.iso3}</bdi> },
          ...(country.organisations.length > 0
            ? [{ name: t('country.member-of'), value: <Memberships of={country} /> }]
            : []),
          {
            name: t('world.data-year'),
            value: edition.issuedOn
              ? t('world.issued', {
                  year: String(edition.dataYear),
                  day: formatDay(locale, edition.issuedOn),
                })
              : String(edition.dataYear),
          },
        ]}
      />
      {estimate ? (
        <div className="cols cg1 sec">
          <RiskNow name={name} estimate={estimate} />
          {estimate.contributions.length > 0 && (
            <Contributions estimate={estimate} name={name} search={search} />
          )}
          <RiskChangePart estimate={estimate} />
        </div>
      ) : (
        <p className="sec two">{t('country.not-in-model')}</p>
      )}
      <Violence series={series} name={name} />
      <Indicators series={series} />
      {estimate && (
        <p className="src">
          {edition.citation}
          {'. '}
          {t('world.licence', { licence: edition.licence })}
        </p>
      )}
    </>
  )
}
