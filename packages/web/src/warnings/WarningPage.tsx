import type { Office, OpenedWarning } from '@tocsin/api/warnings.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { Composer } from './Composer.tsx'
import { SentWarning } from './SentWarning.tsx'

type Props = { readonly opened: OpenedWarning; readonly offices: readonly Office[] }

/** A draft to those who write it, a letter to everybody else who may read it. */
export function WarningPage({ opened, offices }: Props) {
  const actor = useActor()
  const { warning } = opened
  const isWritten = warning.state === 'draft' && mayWorkOnMatter(actor, warning)
  return (
    <StepUp>
      {isWritten ? <Composer opened={opened} offices={offices} /> : <SentWarning opened={opened} />}
    </StepUp>
  )
}
