import type { Output } from '@tocsin/api/route.ts'
import { type listProviders, removeProvider, setProvider } from '@tocsin/api/settings.ts'
import { SureButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'

/** Other identity providers, over OpenID Connect; a client secret is taken and never shown. */
export function ProvidersPart({ returnAddress, providers }: Output<typeof listProviders>) {
  const { t, client } = useShell()
  const add = async (fields: FormData, provider: string) => {
    const clientSecret = String(fields.get('clientSecret') ?? '')
    const body = {
      name: textOf(fields, 'name'),
      issuer: textOf(fields, 'issuer'),
      clientId: textOf(fields, 'clientId'),
      ...(clientSecret && { clientSecret }),
    }
    await client(setProvider, { params: { provider }, body })
  }
  const remove = (provider: string) => async () => {
    await client(removeProvider, { params: { provider } })
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('settings.providers')}</h2>
      </div>
      {providers.length === 0 && <p>{t('settings.no-providers')}</p>}
      <ul className="list">
        {providers.map(({ id, name, issuer, clientId, hasSecret, madeAt }) => (
          <li key={id}>
            <div>
              <h3>{name}</h3>
              <p className="two sm">
                <bdi>{issuer}</bdi>
                {' · '}
                <bdi>{clientId}</bdi>
                {' · '}
                {t(hasSecret ? 'settings.with-secret' : 'settings.without-secret')}
                {' · '}
                {t('account.added')} <Time at={madeAt} />
              </p>
            </div>
            <div className="side">
              <SureButton
                act={t('form.remove')}
                warning={t('settings.remove-provider-warning')}
                about={name}
                deed={remove(id)}
              >
                {t('form.remove')}
              </SureButton>
            </div>
          </li>
        ))}
      </ul>
      <h3 className="sub">{t('settings.add-provider')}</h3>
      <p>
        {t('settings.return-address')} <bdi className="key">{returnAddress}</bdi>
      </p>
      <ActForm submit={t('settings.add-provider')} deed={add}>
        <Field name="name" label={t('settings.provider-name')} maxLength={200} required />
        <Field
          name="issuer"
          label={t('settings.issuer')}
          hint={t('settings.issuer-hint')}
          type="url"
          dir="ltr"
          maxLength={500}
          required
        />
        <Field
          name="clientId"
          label={t('settings.client-id')}
          dir="ltr"
          autoComplete="off"
          maxLength={300}
          required
        />
        <Field
          name="clientSecret"
          label={t('settings.client-secret')}
          hint={t('settings.client-secret-hint')}
          type="password"
          dir="ltr"
          autoComplete="off"
          maxLength={2000}
        />
      </ActForm>
    </section>
  )
}
