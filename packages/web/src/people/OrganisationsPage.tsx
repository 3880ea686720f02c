import { addOrganisation } from '@tocsin/api/people.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { Organisation } from '@tocsin/domain/people.ts'
import { ActForm } from '../identity/ActForm.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { OrganisationFields, organisationIn } from './OrganisationFields.tsx'

type Props = {
  readonly organisations: readonly Organisation[]
  readonly places: readonly Country[]
}

/** The organisations of the node that the reader may see, each with its own page. */
export function OrganisationsPage({ organisations, places }: Props) {
  const { t, client, locale } = useShell()
  const isAdministrator = mayOperateNode(useActor())
  const placeNames = new Map(places.map(({ iso3, names }) => [iso3, names[locale] ?? iso3]))
  const add = async (fields: FormData, id: string) => {
    const body = { id: id as OrganisationId, ...organisationIn(fields) }
    await client(addOrganisation, { body })
  }
  return (
    <StepUp>
      <Masthead
        path={t('sign-in.path')}
        title={t('people.title')}
        lede={t('people.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('people.organisations'), value: String(organisations.length) }]}
      />
      <section className="sec">
        <ul className="list">
          {organisations.map(({ id, name, kind, country, closedAt }) => (
            <li key={id}>
              <div>
                <a href={`/people/${id}`}>
                  <b>{name}</b>
                </a>{' '}
                {closedAt && <span className="chip">{t('people.closed')}</span>}
                <p className="two sm">
                  {t(`people.kind-${kind}`)}
                  {country && ` · ${placeNames.get(country) ?? country}`}
                </p>
              </div>
            </li>
          ))}
        </ul>
        <p className="src">{t(isAdministrator ? 'people.all-shown' : 'people.own-shown')}</p>
      </section>
      {isAdministrator && (
        <section className="sec">
          <div className="h">
            <h2>{t('people.add-organisation')}</h2>
          </div>
          <ActForm submit={t('people.add-organisation')} deed={add}>
            <OrganisationFields places={places} />
          </ActForm>
        </section>
      )}
    </StepUp>
  )
}
