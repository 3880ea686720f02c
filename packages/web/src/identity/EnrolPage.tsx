import * as api from '@tocsin/api/enrolment.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { useEffect, useState } from 'react'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { type Begun, EnrolNames } from './EnrolNames.tsx'
import { EnrolProof } from './EnrolProof.tsx'
import { FaultNote } from './FaultNote.tsx'
import { forgetLink, takeLink } from './link-token.ts'
import { NeedsScript } from './NeedsScript.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

export type Opened = Output<typeof api.openInvitation>

type Props = {
  readonly kind: 'set-up' | 'join'
  readonly passkeyOrigin: string
  readonly places: readonly Country[]
}

/** Follows a link that makes an account, or gives one back: who, then how to sign in. */
export function EnrolPage({ kind, passkeyOrigin, places }: Props) {
  const { t, textOnly } = useShell()
  const { token, opened, fault } = useLink()
  const [begun, begin] = useState<Begun | undefined>(undefined)
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined)
  const end = (recoveryCodes: readonly string[]) => {
    forgetLink()
    if (recoveryCodes.length === 0) location.assign('/')
    else setCodes(recoveryCodes)
  }
  const isRecovery = opened?.kind === 'recover'
  return (
    <>
      <Masthead
        path={t('sign-in.path')}
        title={t(isRecovery ? 'enrol.recover-title' : `enrol.${kind}-title`)}
        lede={t(isRecovery ? 'enrol.recover-lede' : `enrol.${kind}-lede`)}
        marking="TLP:RED"
        facts={[]}
      />
      <div className="narrow sec">
        {textOnly && <NeedsScript />}
        <FaultNote fault={fault} />
        {opened && <Purpose {...opened} />}
        {opened && !begun && (
          <EnrolNames token={token} opened={opened} places={places} onBegun={begin} />
        )}
        {begun && !codes && (
          <EnrolProof
            token={token}
            begun={begun}
            passkeyOrigin={passkeyOrigin}
            onBack={() => begin(undefined)}
            onEnrolled={end}
          />
        )}
        {codes && <RecoveryCodes codes={codes} onKept={() => location.assign('/')} />}
      </div>
    </>
  )
}

/** What the link that brought somebody here is for; no link is the same as one that is used up. */
function useLink() {
  const { client } = useShell()
  const [token, setToken] = useState('')
  const [opened, setOpened] = useState<Opened | undefined>(undefined)
  const [fault, setFault] = useState<unknown>(undefined)
  useEffect(() => {
    const taken = takeLink()
    setToken(taken ?? '')
    if (!taken) {
      setFault(new Problem('invitation.not-valid'))
      return
    }
    client(api.openInvitation, { body: { token: taken } }).then(setOpened, (error: unknown) => {
      if (error instanceof Problem) forgetLink()
      setFault(error)
    })
  }, [client])
  return { token, opened, fault }
}

function Purpose({ kind, organisation, post, roles, person, expiresAt }: Opened) {
  const { t, locale } = useShell()
  if (kind === 'set-up') return null
  const facts = [
    ['person', person?.name],
    ['organisation', organisation],
    ['post', post],
    ['roles', roles.map((role) => t(`people.role-${role}`)).join(', ')],
    ['until', expiresAt && formatDay(locale, expiresAt.slice(0, 10))],
  ] as const
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`enrol.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
