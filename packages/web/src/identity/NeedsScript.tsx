import { useLocation } from '@tanstack/react-router'
import { addressTo, readSearch } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'

/** Said instead of an act where the page has no script: proofs of identity are made by the browser. */
export function NeedsScript() {
  const { t } = useShell()
  const { pathname, searchStr } = useLocation()
  return (
    <p className="note">
      {t('form.needs-script')}{' '}
      <a href={addressTo(pathname, { ...readSearch(searchStr), text: '0' })}>
        {t('app.full-page')}
      </a>
    </p>
  )
}
