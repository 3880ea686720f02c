import * as api from '@tocsin/api/credentials.ts'
import type { Output } from '@tocsin/api/route.ts'
import { useState } from 'react'
import { useShell } from '../shell/context.ts'
import type { Credentials } from './AccountPage.tsx'
import { ActButton, SureButton } from './ActButton.tsx'
import { ActForm, textOf } from './ActForm.tsx'
import { AuthenticatorFields } from './AuthenticatorFields.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

type Props = Pick<Credentials, 'hasFallback' | 'recoveryCodesLeft'>
type Offer = Output<typeof api.startFallback>

/** The second way of signing in: a password with an authenticator, and its recovery codes. */
export function PasswordPart({ hasFallback, recoveryCodesLeft }: Props) {
  const { t, client } = useShell()
  const [offer, setOffer] = useState<Offer | undefined>(undefined)
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined)
  const begin = async () => setOffer(await client(api.startFallback, {}))
  const keep = (ceremony: string) => async (fields: FormData) => {
    const password = String(fields.get('password'))
    const body = { ceremony, password, code: textOf(fields, 'code') }
    const { recoveryCodes } = await client(api.setFallback, { body })
    setOffer(undefined)
    setCodes(recoveryCodes)
  }
  const remove = async () => {
    await client(api.removeFallback, {})
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('account.password')}</h2>
      </div>
      <p>
        {hasFallback
          ? t('account.password-set', { n: recoveryCodesLeft })
          : t('account.password-not-set')}
      </p>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
      {offer && (
        <ActForm submit={t('account.keep-password')} deed={keep(offer.ceremony)}>
          <AuthenticatorFields {...offer} />
        </ActForm>
      )}
      {!offer && !codes && (
        <div className="acts">
          <ActButton deed={begin}>
            {t(hasFallback ? 'account.change-password' : 'account.add-password')}
          </ActButton>
          {hasFallback && (
            <SureButton
              act={t('form.remove')}
              warning={t('account.remove-password-warning')}
              deed={remove}
            >
              {t('account.remove-password')}
            </SureButton>
          )}
        </div>
      )}
    </section>
  )
}
