import type { WarningRow } from '@tocsin/api/opened-warning.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { FeedPart } from './FeedPart.tsx'
import { WarningList } from './WarningList.tsx'

/** The organisation's warnings: what is still being written, then what was sent. */
export function WarningsPage({ rows }: { readonly rows: readonly WarningRow[] }) {
  const { t } = useShell()
  const drafts = rows.filter(({ state }) => state === 'draft')
  return (
    <>
      <Masthead
        path={t('warning.desk')}
        title={t('warning.all')}
        lede={t('warning.all-lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('warning.drafts'), value: String(drafts.length) }]}
      />
      <WarningList title={t('warning.drafts')} rows={drafts} isMatterSaid />
      <WarningList
        title={t('warning.sent-title')}
        rows={rows.filter(({ state }) => state !== 'draft')}
        isMatterSaid
      />
      <FeedPart />
    </>
  )
}
