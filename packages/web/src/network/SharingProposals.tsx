import { withdraw } from '@tocsin/api/approvals.ts'
import { ActButton } from '../identity/ActButton.tsx'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'
import { SharingSentence } from './SharingSentence.tsx'
import type { SharingProposal } from './sharing-proposals.ts'

/** What waits for a second person: exactly who would get it; whoever proposed it can call it back. */
export function SharingProposals({
  proposals,
}: {
  readonly proposals: readonly SharingProposal[]
}) {
  const { t, locale, client } = useShell()
  const self = useSelf()
  if (proposals.length === 0) return null
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('sharing.share-waiting')}</h2>
      </div>
      <ul className="audiences">
        {proposals.map(({ proposal, sentence }) => (
          <li key={proposal.id} className="audience">
            <p>
              {t('sharing.share-waiting-until', {
                name: setApart(proposal.proposerName ?? t('people.unknown-person')),
                at: formatInstant(locale, proposal.proposedAt),
                until: formatInstant(locale, proposal.expiresAt),
              })}
            </p>
            {sentence ? (
              <SharingSentence sentence={sentence} />
            ) : (
              <p className="late">{t('sharing.share-waiting-not-now')}</p>
            )}
            <p className="acts noprint">
              {proposal.proposer === self?.person && (
                <ActButton
                  deed={async () => {
                    await client(withdraw, { params: { approval: proposal.id } })
                  }}
                >
                  {t('sharing.share-withdraw')}
                </ActButton>
              )}
              {proposal.waitsForMe && (
                <a className="b" href="/approvals">
                  {t('sharing.share-decide')}
                </a>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
