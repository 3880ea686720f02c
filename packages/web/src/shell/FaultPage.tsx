import { useLocation } from '@tanstack/react-router'
import { Problem } from '@tocsin/domain/problem.ts'
import { addressTo } from './address.ts'
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

/** What `fetch` throws where no answer came: the browser has no word of its own for it. */
const isUnreachable = (error: unknown): boolean =>
  typeof document !== 'undefined' && error instanceof TypeError
