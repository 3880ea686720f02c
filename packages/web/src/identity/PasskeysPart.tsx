import * as api from '@tocsin/api/credentials.ts'
import { useShell } from '../shell/context.ts'
import type { Credentials } from './AccountPage.tsx'
import { ActButton } from './ActButton.tsx'
import { ActForm, textOf } from './ActForm.tsx'
import { Field } from './Field.tsx'
import { OtherOrigin, useOtherOrigin } from './OtherOrigin.tsx'
import { makePasskey } from './passkeys.ts'
import { Time } from './Time.tsx'

type Props = {
  readonly passkeys: Credentials['passkeys']
  readonly passkeyOrigin: string
}

/** One's own passkeys: each with its name, so that a lost one is found and removed. */
export function PasskeysPart({ passkeys, passkeyOrigin }: Props) {
  const { t, client } = useShell()
  const elsewhere = useOtherOrigin(passkeyOrigin)
  const add = async (fields: FormData) => {
    const { ceremony, options } = await client(api.startPasskey, {})
    const passkey = await makePasskey(options)
    const body = { ceremony, name: textOf(fields, 'name'), passkey }
    await client(api.addPasskey, { body })
  }
  const remove = (passkey: string) => async () => {
    await client(api.removePasskey, { params: { passkey } })
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('account.passkeys')}</h2>
      </div>
      {passkeys.length === 0 && <p>{t('account.no-passkeys')}</p>}
      <ul className="list">
        {passkeys.map(({ id, name, madeAt, usedAt }) => (
          <li key={id}>
            <div>
              <b>{name}</b>
              <p className="two sm">
                {t('account.added')} <Time at={madeAt} />
                {usedAt && (
                  <>
                    {' · '}
                    {t('account.used')} <Time at={usedAt} />
                  </>
                )}
              </p>
            </div>
            <div className="acts">
              <ActButton deed={remove(id)} about={name}>
                {t('form.remove')}
              </ActButton>
            </div>
          </li>
        ))}
      </ul>
      {elsewhere ? (
        <OtherOrigin href={elsewhere} />
      ) : (
        <ActForm submit={t('account.add-passkey')} deed={add}>
          <Field
            name="name"
            label={t('account.passkey-name')}
            hint={t('account.passkey-name-hint')}
            maxLength={200}
            required
          />
        </ActForm>
      )}
    </section>
  )
}
