import type { Outcome as ApiOutcome } from '@tocsin/api/people.ts'
import { ShownOnce } from '../identity/ShownOnce.tsx'
import { useShell } from '../shell/context.ts'

export type Outcome = ApiOutcome

/** What became of an act that takes two persons: waiting, done, or done by one alone. */
export function OutcomeNote({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useShell()
  if (outcome.state === 'waiting') {
    return (
      <p className="note" role="status">
        {t('approvals.waits')} <a href="/approvals">{t('approvals.title')}</a>
      </p>
    )
  }
  return (
    <>
      <p className={outcome.alone ? 'note' : 'said'} role="status">
        {t(outcome.alone ? 'approvals.done-alone' : 'form.done')}
      </p>
      {outcome.link && (
        <ShownOnce label={t('people.recovery-link')} text={outcome.link}>
          {t('people.recovery-link-hint')}
        </ShownOnce>
      )}
    </>
  )
}
