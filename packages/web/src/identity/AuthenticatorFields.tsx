import { useShell } from '../shell/context.ts'
import { Field } from './Field.tsx'
import { QrCode } from './QrCode.tsx'
import { CodeField } from './StepUp.tsx'

type Props = {
  /** Of the authenticator, in base 32. */
  readonly secret: string
  readonly address: string
  /** For password managers, which keep a password with its name. */
  readonly signInName?: string
}

/** A new password and a new authenticator: the code shows that the application has the secret. */
export function AuthenticatorFields({ secret, address, signInName }: Props) {
  const { t } = useShell()
  return (
    <>
      {signInName && (
        <input type="hidden" name="username" autoComplete="username" value={signInName} readOnly />
      )}
      <Field
        name="password"
        label={t('enrol.password')}
        hint={t('enrol.password-hint')}
        type="password"
        autoComplete="new-password"
        minLength={12}
        maxLength={128}
        required
      />
      <div className="pair">
        <QrCode text={address} />
        <p>
          {t('enrol.authenticator')} <code className="key">{secret.replace(/(.{4})/g, '$1 ')}</code>
        </p>
      </div>
      <CodeField hint={t('enrol.code-hint')} />
    </>
  )
}
