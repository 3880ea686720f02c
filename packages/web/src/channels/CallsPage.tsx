import type { Call } from '@tocsin/api/channels.ts'
import type { OpenedWarning } from '@tocsin/api/warnings.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { CallSheetPart } from './CallSheetPart.tsx'

type Props = { readonly opened: OpenedWarning; readonly calls: readonly Call[] }

/** The call sheet of one warning: for whoever sits at the telephone. */
export function CallsPage({ opened: { warning, matterTitle }, calls }: Props) {
  const actor = useActor()
  return (
    <StepUp>
      <Masthead
        path={<a href={`/warnings/${warning.id}`}>{matterTitle}</a>}
        title={warning.draft.subject}
        symbol={`W-${warning.year}/${warning.number}`}
        marking={warning.marking}
        facts={[]}
      />
      <CallSheetPart calls={calls} mayCall={mayWorkOnMatter(actor, warning)} />
    </StepUp>
  )
}
