import type { Room } from '@tocsin/api/consultations.ts'
import { mayPutProposal } from '@tocsin/domain/deciding.ts'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { ProposalCard } from './ProposalCard.tsx'
import { PutForm } from './PutForm.tsx'
import { type Proposals, roomIn } from './proposal.ts'

type Props = { readonly found: Room; readonly decided: Proposals }

/** What is put in the room, the newest first, and for whoever leads it the form that puts more. */
export function ProposalsPart({ found, decided }: Props) {
  const { t } = useShell()
  const actor = useActor()
  const mayPut = mayPutProposal(actor, roomIn(found))
  return (
    <>
      {decided.proposals.map((one) => (
        <ProposalCard
          key={`${one.id}/${one.reading}`}
          one={one}
          found={found}
          decided={decided}
          mayPut={mayPut}
        />
      ))}
      {mayPut && (
        <details className="sure put noprint">
          <summary>{t('proposal.put')}</summary>
          <PutForm found={found} />
        </details>
      )}
    </>
  )
}
