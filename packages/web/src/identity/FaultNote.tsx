import { useLocation } from '@tanstack/react-router'
import { Problem } from '@tocsin/domain/problem.ts'
import { addressTo } from '../shell/address.ts'
import { type Shell, useShell } from '../shell/context.ts'

/** Why an act was not done, in words, where it was tried. */
export function FaultNote({ fault }: { readonly fault: unknown }) {
  const shell = useShell()
  const { href } = useLocation()
  if (fault === undefined) return null
  const isSignedOut = fault instanceof Problem && fault.code === 'session.required'
  return (
    <p className="fault" role="alert">
      {sentenceOf(shell, fault)}{' '}
      {isSignedOut && <a href={addressTo('/sign-in', { to: href })}>{shell.t('sign-in.link')}</a>}
    </p>
  )
}

/** What browsers throw when somebody closes their passkey window, or it times out. */
const passkeyFaults = ['NotAllowedError', 'AbortError']

function sentenceOf({ t, has }: Shell, fault: unknown): string {
  if (fault instanceof Problem) {
    const key = `problem.${fault.code}`
    // Not every sentence is loaded by every reader.
    return has(key) ? t(key, fault.details as Record<string, string>) : t('problem.unexpected')
  }
  if (fault instanceof Error && passkeyFaults.includes(fault.name)) return t('form.passkey-closed')
  if (fault instanceof Error && fault.name === 'InvalidStateError') {
    return t('problem.identity.passkey-known')
  }
  // What `fetch` throws where no answer came.
  return t(fault instanceof TypeError ? 'app.unreachable' : 'problem.unexpected')
}
