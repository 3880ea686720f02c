import type { OpenedWarning } from '@tocsin/api/warnings.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useShell } from '../shell/context.ts'

/** Where the page lies: the warnings, the matter, the warning itself. */
export function WarningPath({ opened }: { readonly opened: OpenedWarning }) {
  const { t } = useShell()
  const { warning, matterTitle } = opened
  return (
    <>
      <a href="/warnings">{t('warning.all')}</a>
      {' / '}
      <a href={`/matters/${warning.matter}`}>{matterTitle}</a>
      {' / '}
      <bdi>{symbolOf('W', warning)}</bdi>
    </>
  )
}
