import * as api from '@tocsin/api/session.ts'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useShell } from '../shell/context.ts'
import { ActButton } from './ActButton.tsx'
import { ActForm, textOf } from './ActForm.tsx'
import { Field } from './Field.tsx'
import { showPasskey } from './passkeys.ts'
import { ProofContext } from './use-act.ts'

/** Around pages whose acts may need a fresh proof of identity: asks for it, then the act goes on. */
export function StepUp({ children }: { readonly children: ReactNode }) {
  const { t } = useShell()
  const dialog = useRef<HTMLDialogElement>(null)
  const answer = useRef<(isProven: boolean) => void>(undefined)
  const [isAsking, ask] = useState(false)
  const prove = useCallback(() => {
    ask(true)
    dialog.current?.showModal()
    return new Promise<boolean>((resolve) => {
      answer.current = resolve
    })
  }, [])
  const end = (isProven: boolean) => {
    answer.current?.(isProven)
    answer.current = undefined
    ask(false)
    dialog.current?.close()
  }
  return (
    <>
      <ProofContext value={prove}>{children}</ProofContext>
      <dialog ref={dialog} className="ask" aria-labelledby="step-up" onClose={() => end(false)}>
        {isAsking && (
          <>
            <h2 id="step-up">{t('step-up.title')}</h2>
            <p>{t('step-up.why')}</p>
            <Ways onProven={() => end(true)} />
            <button type="button" className="b q" onClick={() => end(false)}>
              {t('form.cancel')}
            </button>
          </>
        )}
      </dialog>
    </>
  )
}

function Ways({ onProven }: { readonly onProven: () => void }) {
  const { t, client } = useShell()
  const withPasskey = async () => {
    const { ceremony, options } = await client(api.startStepUp, {})
    const passkey = await showPasskey(options)
    await client(api.stepUpWithPasskey, { body: { ceremony, passkey } })
    onProven()
  }
  const withCode = async (fields: FormData) => {
    const body = { password: String(fields.get('password')), code: textOf(fields, 'code') }
    await client(api.stepUpWithCode, { body })
    onProven()
  }
  return (
    <>
      <ActButton isMain deed={withPasskey}>
        {t('step-up.passkey')}
      </ActButton>
      <details className="sure">
        <summary>{t('sign-in.use-password')}</summary>
        <ActForm submit={t('step-up.code')} deed={withCode}>
          <PasswordFields />
        </ActForm>
      </details>
    </>
  )
}

/** Password and code together, as for signing in. */
export function PasswordFields() {
  const { t } = useShell()
  return (
    <>
      <Field
        name="password"
        label={t('sign-in.password')}
        type="password"
        autoComplete="current-password"
        required
      />
      <CodeField hint={t('sign-in.code-hint')} />
    </>
  )
}

/** Six digits of an authenticator application, or where that is allowed a recovery code. */
export function CodeField({ hint }: { readonly hint: string }) {
  const { t } = useShell()
  return (
    <Field
      name="code"
      label={t('sign-in.code')}
      hint={hint}
      autoComplete="one-time-code"
      dir="ltr"
      minLength={6}
      maxLength={40}
      required
    />
  )
}
