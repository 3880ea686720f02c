import * as api from '@tocsin/api/enrolment.ts'
import { useShell } from '../shell/context.ts'
import { ActButton } from './ActButton.tsx'
import { ActForm, textOf } from './ActForm.tsx'
import { AuthenticatorFields } from './AuthenticatorFields.tsx'
import type { Begun } from './EnrolNames.tsx'
import { OtherOrigin, useOtherOrigin } from './OtherOrigin.tsx'
import { makePasskey } from './passkeys.ts'

type Props = {
  readonly token: string
  readonly begun: Begun
  readonly passkeyOrigin: string
  readonly onBack: () => void
  readonly onEnrolled: (recoveryCodes: readonly string[]) => void
}

/** How the account is going to sign in: a passkey, or a password with an authenticator. */
export function EnrolProof({ token, begun, passkeyOrigin, onBack, onEnrolled }: Props) {
  const { t, client, locale } = useShell()
  const elsewhere = useOtherOrigin(passkeyOrigin, `#${token}`)
  const { ceremony, options, organisation } = begun
  const enrol = async (proof: api.Proof) => {
    const body = { token, ceremony, locale, proof, ...(organisation && { organisation }) }
    const { recoveryCodes } = await client(api.enrol, { body })
    onEnrolled(recoveryCodes)
  }
  const withPasskey = async () => {
    const passkey = await makePasskey(options)
    await enrol({ way: 'passkey', name: t('enrol.first-passkey'), passkey })
  }
  const withPassword = (fields: FormData) => {
    const password = String(fields.get('password'))
    return enrol({ way: 'password', password, code: textOf(fields, 'code') })
  }
  return (
    <>
      <section className="acts">
        <h2>{t('enrol.way')}</h2>
        <p>{t('enrol.passkey-hint')}</p>
        {elsewhere && <OtherOrigin href={elsewhere} />}
        {!elsewhere && (
          <ActButton isMain deed={withPasskey}>
            {t('enrol.make-passkey')}
          </ActButton>
        )}
      </section>
      <details className="sure">
        <summary>{t('sign-in.use-password')}</summary>
        <ActForm submit={t('enrol.with-password')} deed={withPassword}>
          <AuthenticatorFields {...begun} />
        </ActForm>
      </details>
      <button type="button" className="b q" onClick={onBack}>
        {t('enrol.back')}
      </button>
    </>
  )
}
