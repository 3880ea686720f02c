import {
  changeOrganisation,
  type getOrganisation,
  type listOrganisationContacts,
} from '@tocsin/api/people.ts'
import type { Output } from '@tocsin/api/route.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { Invitation } from '@tocsin/domain/people.ts'
import { mayManageOrganisation } from '@tocsin/domain/people-access.ts'
import { ActForm } from '../identity/ActForm.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { CorrespondentsPart } from './CorrespondentsPart.tsx'
import { InvitationsPart } from './InvitationsPart.tsx'
import { OrganisationFields, organisationIn } from './OrganisationFields.tsx'
import { PeoplePart } from './PeoplePart.tsx'
import { PostsPart } from './PostsPart.tsx'

type Held = Output<typeof getOrganisation>

type Props = Held & {
  readonly places: readonly Country[]
  /** Undefined for those who may not invite. */
  readonly invitations: readonly Invitation[] | undefined
  /** Undefined for those who do not keep the list. */
  readonly contacts: Output<typeof listOrganisationContacts> | undefined
}

/** One organisation: its posts and who holds them, its people and their roles, who is invited. */
export function OrganisationPage(props: Props) {
  const { organisation, posts, holdings, people, places, invitations, contacts } = props
  const { t, locale } = useShell()
  const actor = useActor()
  const mayManage = mayManageOrganisation(actor, { organisation: organisation.id })
  const isOpen = organisation.closedAt === null
  const place = places.find(({ iso3 }) => iso3 === organisation.country)
  const own = invitations?.filter((one) => one.organisation === organisation.id) ?? []
  return (
    <StepUp>
      <Masthead
        path={<a href="/people">{t('people.title')}</a>}
        title={organisation.name}
        {...(!isOpen && { stood: t('people.closed-means') })}
        marking="TLP:AMBER+STRICT"
        facts={[
          { name: t('people.kind'), value: t(`people.kind-${organisation.kind}`) },
          {
            name: t('people.country'),
            value: place?.names[locale] ?? organisation.country ?? t('people.no-country'),
          },
          {
            name: t('people.since'),
            value: formatDay(locale, organisation.madeAt.slice(0, 10)),
          },
        ]}
      />
      <PostsPart
        organisation={organisation.id}
        posts={posts}
        holdings={holdings}
        people={people}
        mayManage={mayManage && isOpen}
      />
      <PeoplePart
        organisation={organisation.id}
        people={people.filter(({ hasAccount }) => hasAccount)}
        contacts={contacts}
      />
      <CorrespondentsPart
        organisation={organisation.id}
        people={people.filter(({ hasAccount, endedAt }) => !hasAccount && endedAt === null)}
        contacts={contacts}
        isOpen={isOpen}
      />
      {mayManage && (
        <InvitationsPart
          organisation={organisation.id}
          posts={posts}
          invitations={own}
          isOpen={isOpen}
        />
      )}
      {mayOperateNode(actor) && <ChangePart organisation={organisation} places={places} />}
    </StepUp>
  )
}

function ChangePart({ organisation, places }: Pick<Props, 'organisation' | 'places'>) {
  const { t, client } = useShell()
  const { id, closedAt } = organisation
  const change = async (fields: FormData) => {
    const body = { ...organisationIn(fields), closed: fields.get('closed') === 'on' }
    await client(changeOrganisation, { params: { organisation: id }, body })
  }
  return (
    <section className="sec">
      <details className="sure">
        <summary>{t('people.change-organisation')}</summary>
        {/* A new form when the figures changed: what it shows is what is kept. */}
        <ActForm key={JSON.stringify(organisation)} submit={t('people.keep-changes')} deed={change}>
          <OrganisationFields places={places} organisation={organisation} />
          <label className="check">
            <input type="checkbox" name="closed" defaultChecked={closedAt !== null} />
            {t('people.close-organisation')}
          </label>
        </ActForm>
      </details>
    </section>
  )
}
