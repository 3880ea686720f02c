import { useLocation } from '@tanstack/react-router'
import { Problem } from '@tocsin/domain/problem.ts'
import { useEffect, useState } from 'react'
import { type KeptRoom, readKeptRoom } from '../consultations/kept-room.ts'
import { addressTo } from './address.ts'
import { isUnreachable } from './answers.ts'
import { useShell } from './context.ts'
import { Masthead } from './Masthead.tsx'

/** What went wrong, what is safe, and where to go on. */
export function FaultPage({ error }: { readonly error: unknown }) {
  const { t, has } = useShell()
  const { href } = useLocation()
  const { code, details } = error instanceof Problem ? error : new Problem('unexpected')
  const key = `problem.${code}`
  return (
    <>
      <Masthead path={t('app.world')} title={t('app.fault')} facts={[]} />
      <p className="sec">
        {isUnreachable(error)
          ? t('app.unreachable')
          : // Not every sentence is loaded by every reader.
            t(has(key) ? key : 'problem.unexpected', details as Record<string, string>)}
      </p>
      {isUnreachable(error) && <WithoutLink />}
      {code === 'session.required' && (
        <p className="sec">
          <a className="b l p" href={addressTo('/sign-in', { to: href })}>
            {t('sign-in.link')}
          </a>
        </p>
      )}
      <p className="sec">
        <a href="/world">{t('app.back-to-world')}</a>
      </p>
    </>
  )
}

/** Without a link: the way to the room that this device has kept, and the page itself once the link is back. */
function WithoutLink() {
  const { t } = useShell()
  const [room, set] = useState<KeptRoom>()
  useEffect(() => {
    void readKeptRoom().then(set)
    const again = () => location.reload()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [])
  return (
    <p className="sec" role="status">
      {room && (
        <>
          {t('app.kept')} <a href={room.path}>{room.title}</a>
        </>
      )}
    </p>
  )
}
