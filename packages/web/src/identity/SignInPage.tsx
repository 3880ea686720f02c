import type { Output } from '@tocsin/api/route.ts'
import * as api from '@tocsin/api/session.ts'
import type { SignInName } from '@tocsin/domain/people.ts'
import { Problem, ProblemCode } from '@tocsin/domain/problem.ts'
import type { Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ActButton } from './ActButton.tsx'
import { ActForm, textOf } from './ActForm.tsx'
import { ownAddress } from './addresses.ts'
import { FaultNote } from './FaultNote.tsx'
import { Field } from './Field.tsx'
import { OtherOrigin, useOtherOrigin } from './OtherOrigin.tsx'
import { showPasskey } from './passkeys.ts'
import { PasswordFields } from './StepUp.tsx'
import { useSelf } from './self.ts'

type Ways = Output<typeof api.listSignInWays>

/** Signing in: a passkey first, then the other ways of this node. */
export function SignInPage({ ways, search }: { readonly ways: Ways; readonly search: Search }) {
  const { t } = useShell()
  const self = useSelf()
  return (
    <>
      <Masthead path={t('sign-in.path')} title={t('sign-in.title')} facts={[]} />
      {self && (
        <p className="sec">
          {t('sign-in.already', { name: self.name })} <a href="/account">{t('account.title')}</a>
        </p>
      )}
      {!self && ways.isSetUp && <SignIn ways={ways} search={search} />}
      {!self && !ways.isSetUp && <p className="sec read">{t('sign-in.not-set-up')}</p>}
    </>
  )
}

function SignIn({ ways, search }: { readonly ways: Ways; readonly search: Search }) {
  const { t, client, textOnly } = useShell()
  const elsewhere = useOtherOrigin(ways.passkeyOrigin)
  const fault = ProblemCode.safeParse(search['problem'])
  // A whole new page: nothing that was drawn for a visitor stays.
  const goOn = () => location.assign(ownAddress(search['to'], location.origin))
  const withPasskey = async () => {
    const { ceremony, options } = await client(api.startPasskeySignIn, {})
    const passkey = await showPasskey(options)
    await client(api.signInWithPasskey, { body: { ceremony, passkey } })
    goOn()
  }
  const withPassword = async (fields: FormData) => {
    const signInName = textOf(fields, 'signInName') as SignInName
    const password = String(fields.get('password'))
    const body = { signInName, password, code: textOf(fields, 'code') }
    await client(api.signInWithPassword, { body })
    goOn()
  }
  return (
    <div className="narrow sec">
      <FaultNote fault={fault.success ? new Problem(fault.data) : undefined} />
      {elsewhere && <OtherOrigin href={elsewhere} />}
      {!elsewhere && !textOnly && (
        <section className="acts">
          <p>{t('sign-in.passkey-hint')}</p>
          <ActButton isMain deed={withPasskey}>
            {t('sign-in.passkey')}
          </ActButton>
        </section>
      )}
      <Providers providers={ways.providers} />
      <details className="sure" open={textOnly}>
        <summary>{t('sign-in.use-password')}</summary>
        <ActForm submit={t('sign-in.submit')} deed={withPassword}>
          <Field
            name="signInName"
            label={t('sign-in.name')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <PasswordFields />
        </ActForm>
      </details>
      <p className="src">{t('sign-in.lost')}</p>
    </div>
  )
}

function Providers({ providers }: Pick<Ways, 'providers'>) {
  const { t } = useShell()
  const goTo = useProvider('sign-in')
  return providers.map(({ id, name }) => (
    <div key={id} className="acts">
      <ActButton deed={() => goTo(id)}>{t('sign-in.provider', { name })}</ActButton>
    </div>
  ))
}

/** Goes to another identity provider, which sends the browser back when it knows who it is. */
export function useProvider(purpose: 'sign-in' | 'link'): (provider: string) => Promise<void> {
  const { client } = useShell()
  return async (provider) => {
    const input = { params: { provider }, body: { purpose } }
    const { url } = await client(api.startProviderSignIn, input)
    location.assign(url)
  }
}
