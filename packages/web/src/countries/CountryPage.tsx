import { Link } from '@tanstack/react-router'
import type { getCountry } from '@tocsin/api/countries.ts'
import type { getCountryRisk } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
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
  readonly estimate: Estimate | null
}

/** All the node holds on one country: the estimate with its reasons, and the figures with their sources. */
export function CountryPage({ country, series, edition, estimate }: Props) {
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
            <Link to="/world">{t('app.world')}</Link>
            {others}
          </>
        }
        title={name}
        lede={
          country.organisations.length > 0
            ? t('country.member-of', { organisations: country.organisations.join(', ') })
            : t('country.no-memberships')
        }
        facts={[
          { name: t('country.codes'), value: <bdi>{country.iso3}</bdi> },
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
          {estimate.contributions.length > 0 && <Contributions estimate={estimate} name={name} />}
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
