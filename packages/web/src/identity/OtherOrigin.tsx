import { useEffect, useState } from 'react'
import { useShell } from '../shell/context.ts'

/** This page at the address where passkeys work; undefined where they work already. */
export function useOtherOrigin(passkeyOrigin: string, hash = ''): string | undefined {
  const [elsewhere, setElsewhere] = useState<string | undefined>(undefined)
  useEffect(() => {
    const { origin, pathname, search } = location
    const isHere = origin === new URL(passkeyOrigin).origin
    setElsewhere(isHere ? undefined : new URL(`${pathname}${search}${hash}`, passkeyOrigin).href)
  }, [passkeyOrigin, hash])
  return elsewhere
}

/** Browsers refuse passkeys on a bare number: says where the same page is by its name. */
export function OtherOrigin({ href }: { readonly href: string }) {
  const { t } = useShell()
  return (
    <p className="note">
      {t('sign-in.other-origin')} <a href={href}>{new URL(href).origin}</a>
    </p>
  )
}
