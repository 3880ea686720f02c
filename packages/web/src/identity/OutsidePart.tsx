import * as api from '@tocsin/api/credentials.ts'
import { useShell } from '../shell/context.ts'
import type { Credentials } from './AccountPage.tsx'
import { ActButton } from './ActButton.tsx'
import { useProvider } from './SignInPage.tsx'
import { Time } from './Time.tsx'

type Props = {
  readonly outside: Credentials['outside']
  readonly providers: readonly { readonly id: string; readonly name: string }[]
}

/** Accounts of other identity providers that sign this person in; nothing where there are none. */
export function OutsidePart({ outside, providers }: Props) {
  const { t, client } = useShell()
  const link = useProvider('link')
  const unlink = (identity: string) => async () => {
    await client(api.unlinkOutside, { params: { identity } })
  }
  if (outside.length === 0 && providers.length === 0) return null
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('account.outside')}</h2>
      </div>
      <ul className="list">
        {outside.map(({ id, issuer, madeAt }) => (
          <li key={id}>
            <div>
              <bdi>{issuer}</bdi>
              <p className="two sm">
                {t('account.added')} <Time at={madeAt} />
              </p>
            </div>
            <div className="acts">
              <ActButton deed={unlink(id)} about={issuer}>
                {t('account.unlink')}
              </ActButton>
            </div>
          </li>
        ))}
      </ul>
      <div className="acts">
        {providers.map(({ id, name }) => (
          <ActButton key={id} deed={() => link(id)}>
            {t('account.link', { name })}
          </ActButton>
        ))}
      </div>
    </section>
  )
}
