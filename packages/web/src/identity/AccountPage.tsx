import type { listOwnContacts } from '@tocsin/api/contacts.ts'
import type { listCredentials } from '@tocsin/api/credentials.ts'
import type { readNoticePreference } from '@tocsin/api/notices.ts'
import type { Output } from '@tocsin/api/route.ts'
import * as api from '@tocsin/api/session.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { LanguageList } from '../shell/Preferences.tsx'
import { ActButton } from './ActButton.tsx'
import { DevicesPart } from './DevicesPart.tsx'
import { deviceIn } from './device.ts'
import { NoticesPart } from './NoticesPart.tsx'
import { OutsidePart } from './OutsidePart.tsx'
import { OwnContactsPart } from './OwnContactsPart.tsx'
import { PasskeysPart } from './PasskeysPart.tsx'
import { PasswordPart } from './PasswordPart.tsx'
import { StepUp } from './StepUp.tsx'
import { useSelf } from './self.ts'
import { Time } from './Time.tsx'

export type Credentials = Output<typeof listCredentials>

type Props = {
  readonly credentials: Credentials
  readonly sessions: Output<typeof api.listSessions>
  readonly ways: Output<typeof api.listSignInWays>
  readonly own: Output<typeof listOwnContacts>
  readonly notices: Output<typeof readNoticePreference>
}

/** One's own account: where one is signed in, and the ways of signing in. */
export function AccountPage({ credentials, sessions, ways, own, notices }: Props) {
  const { t } = useShell()
  const self = useSelf()
  return (
    <StepUp>
      <Masthead
        path={t('account.path')}
        title={t('account.title')}
        lede={self && `${self.name}, ${self.organisation.name}`}
        marking="TLP:RED"
        facts={[
          {
            name: t('people.roles'),
            value:
              self?.roles.map((role) => t(`people.role-${role}`)).join(', ') ||
              t('people.no-roles'),
          },
        ]}
      />
      {self && <OwnContactsPart person={self.person} {...own} />}
      <DevicesPart devices={own.devices} pushKey={own.pushKey} />
      <Sessions sessions={sessions} />
      <PasskeysPart passkeys={credentials.passkeys} passkeyOrigin={ways.passkeyOrigin} />
      <PasswordPart {...credentials} />
      <OutsidePart outside={credentials.outside} providers={ways.providers} />
      <NoticesPart {...notices} />
      <section className="sec">
        <div className="h">
          <h2>{t('account.language')}</h2>
        </div>
        <LanguageList />
      </section>
    </StepUp>
  )
}

function Sessions({ sessions }: Pick<Props, 'sessions'>) {
  const { t, client } = useShell()
  const end = (session: (typeof sessions)[number]['id']) => async () => {
    await client(api.endSession, { params: { session } })
  }
  const endAll = async () => {
    await client(api.signOutEverywhere, {})
    location.assign('/sign-in')
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('account.sessions')}</h2>
        <span className="more">{t('account.sessions-hint')}</span>
      </div>
      <ul className="list">
        {sessions.map(({ id, device, openedAt, seenAt, isThis }) => (
          <li key={id}>
            <div>
              <b>{deviceIn(device) || t('account.unknown-device')}</b>{' '}
              {isThis && <span className="chip ok">{t('account.this-session')}</span>}
              <p className="two sm">
                {t('account.opened')} <Time at={openedAt} />
                {' · '}
                {t('account.seen')} <Time at={seenAt} />
              </p>
            </div>
            {!isThis && (
              <div className="acts">
                <ActButton deed={end(id)} about={deviceIn(device)}>
                  {t('account.end')}
                </ActButton>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div className="acts">
        <ActButton deed={endAll}>{t('account.sign-out-everywhere')}</ActButton>
      </div>
    </section>
  )
}
