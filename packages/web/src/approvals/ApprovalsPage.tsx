import type { listApprovals } from '@tocsin/api/approvals.ts'
import type { Output } from '@tocsin/api/route.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ApprovalItem } from './ApprovalItem.tsx'

export type Proposal = Output<typeof listApprovals>[number]

const parts = ['for-me', 'mine', 'past'] as const

/** Acts that take two persons: what waits for the reader, what they proposed, what was decided. */
export function ApprovalsPage({ approvals }: { readonly approvals: readonly Proposal[] }) {
  const { t } = useShell()
  const self = useSelf()
  const isOpen = ({ state, expiresAt }: Proposal) =>
    state === 'waiting' && Date.parse(expiresAt) > Date.now()
  const isMine = ({ proposer }: Proposal) => proposer === self?.person
  const shown = {
    'for-me': approvals.filter(({ waitsForMe }) => waitsForMe),
    mine: approvals.filter((one) => isOpen(one) && isMine(one)),
    past: approvals.filter((one) => !isOpen(one)),
  }
  return (
    <StepUp>
      <Masthead
        path={t('sign-in.path')}
        title={t('approvals.title')}
        lede={t('approvals.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('approvals.for-me'), value: String(shown['for-me'].length) }]}
      />
      {parts.map((part) => (
        <section key={part} className="sec">
          <div className="h">
            <h2>{t(`approvals.${part}`)}</h2>
          </div>
          {shown[part].length === 0 && <p>{t(`approvals.none-${part}`)}</p>}
          <ul className="list">
            {shown[part].map((proposal) => (
              <ApprovalItem key={proposal.id} proposal={proposal} part={part} />
            ))}
          </ul>
        </section>
      ))}
    </StepUp>
  )
}
