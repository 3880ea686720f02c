import { type OwnIdentity, proposeMember, type TrustedMember } from '@tocsin/api/network-trust.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { mayManageMembers } from '@tocsin/domain/network-access.ts'
import { ActForm, textOf } from '../../identity/ActForm.tsx'
import { Field } from '../../identity/Field.tsx'
import { StepUp } from '../../identity/StepUp.tsx'
import { useActor } from '../../identity/self.ts'
import { OrganisationFields, organisationIn } from '../../people/OrganisationFields.tsx'
import { useShell } from '../../shell/context.ts'
import { Masthead } from '../../shell/Masthead.tsx'
import { TrustedMemberItem } from './TrustedMemberItem.tsx'
import { Words } from './Words.tsx'

type Props = {
  readonly members: readonly TrustedMember[]
  readonly own: readonly OwnIdentity[]
  readonly places: readonly Country[]
}

/** Whom this node believes and why, and what an officer reads out so that others believe it. */
export function TrustPage({ members, own, places }: Props) {
  const { t } = useShell()
  const mayManage = mayManageMembers(useActor())
  return (
    <StepUp>
      <Masthead
        path={t('trust.path')}
        title={t('trust.title')}
        lede={t('trust.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('trust.members'), value: String(members.length) }]}
      />
      <section className="sec">
        <div className="h">
          <h2>{t('trust.members')}</h2>
          {!mayManage && <span className="more">{t('trust.not-for-you')}</span>}
        </div>
        {members.length === 0 && <p>{t('trust.none')}</p>}
        <ul className="list">
          {members.map((member) => (
            <TrustedMemberItem key={member.organisation} {...member} mayManage={mayManage} />
          ))}
        </ul>
      </section>
      {mayManage && <ProposePart places={places} />}
      <OwnPart own={own} />
    </StepUp>
  )
}

function ProposePart({ places }: Pick<Props, 'places'>) {
  const { t, client } = useShell()
  const propose = async (fields: FormData) => {
    const body = { address: textOf(fields, 'address'), ...organisationIn(fields) }
    await client(proposeMember, { body })
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('trust.propose')}</h2>
      </div>
      <ActForm submit={t('trust.propose-act')} deed={propose}>
        <Field
          name="address"
          label={t('trust.address')}
          hint={t('trust.address-hint')}
          type="url"
          dir="ltr"
          autoComplete="off"
          maxLength={300}
          required
        />
        <OrganisationFields places={places} />
      </ActForm>
    </section>
  )
}

function OwnPart({ own }: Pick<Props, 'own'>) {
  const { t } = useShell()
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('trust.own')}</h2>
      </div>
      <p className="two">{t('trust.own-lede')}</p>
      <ul className="list">
        {own.map(({ organisation, name, address, words }) => (
          <li key={organisation}>
            <div>
              <h3>{name}</h3>
              {words ? (
                <>
                  <p>
                    {t('trust.address')} <code dir="ltr">{address}</code>
                  </p>
                  <Words words={words} />
                </>
              ) : (
                <p className="two">{t('trust.no-root-means')}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
