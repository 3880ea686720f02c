import { addressOf } from '@tocsin/api/client.ts'
import { getDecisionMinute } from '@tocsin/api/decisions.ts'
import { useShell } from '../shell/context.ts'
import { DocumentLinks } from '../shell/DocumentLinks.tsx'
import type { Shown } from './proposal.ts'

/** The minute of a decision as a document, once its record is proven. */
export function MinuteLinks({ one, found }: Pick<Shown, 'one' | 'found'>) {
  const { t } = useShell()
  if (!one.decision?.provenAt) return null
  const params = { consultation: found.room.id, proposal: one.id }
  return (
    <DocumentLinks
      title={t('decision.minute')}
      addressIn={(query) => addressOf(getDecisionMinute, { params, query })}
    />
  )
}
