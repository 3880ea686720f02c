import { type HomeFinding, type HomeView, signRehoming } from '@tocsin/api/ballots.ts'
import type { Room } from '@tocsin/api/consultations.ts'
import type { ProposalView } from '@tocsin/api/decisions.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { mayAnswerProposal } from '@tocsin/domain/deciding.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { roomIn } from './proposal.ts'

type Props = {
  readonly found: Room
  readonly home: HomeView
  readonly proposals: readonly ProposalView[]
}

/**
 * Who orders and counts in the room, what is found against it, and who signs for another. What is found
 * about a proposal stands beside its count.
 */
export function HomePart({ found, home, proposals }: Props) {
  const { t } = useShell()
  const actor = useActor()
  const maySign = actor.kind === 'person' && mayAnswerProposal(actor, roomIn(found))
  const { ordered, waiting, findings, rehoming, candidates } = home
  const others = findings.filter(({ proposal }) => !proposals.some(({ id }) => id === proposal?.id))
  return (
    <section className="noprint home" aria-labelledby="home-node">
      <div className="h">
        <h2 id="home-node">{t('vote.home')}</h2>
      </div>
      <p>{t('vote.home-is', { name: setApart(home.name) })}</p>
      <p className="src">{t('vote.home-order', { ordered, waiting })}</p>
      {findings.length === 0 && <p className="src">{t('vote.home-clean')}</p>}
      <Findings findings={others} />
      {rehoming.map(({ to, signed, needed }) => (
        <div key={to.organisation} className="sm">
          <p>{t('vote.rehoming', { name: setApart(to.name), n: signed.length, needed })}</p>
          <ul className="ref">
            {signed.map(({ organisation, name, reasons }) => (
              <li key={organisation}>
                <bdi>{name}</bdi>
                <small dir="auto">{reasons}</small>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {maySign && candidates.length > 0 && (
        <details className="sure">
          <summary>{t('vote.rehome')}</summary>
          <RehomeForm found={found} candidates={candidates} />
        </details>
      )}
    </section>
  )
}

/** What a home did that it may not do, in plain words: whether it is proven stands beside it. */
export function Findings({ findings }: { readonly findings: readonly HomeFinding[] }) {
  const { t, locale } = useShell()
  const list = (names: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(setApart))
  if (findings.length === 0) return null
  return (
    <ul className="findings">
      {findings.map(({ kind, home, isProven, about, proposal, digests }) => (
        <li key={`${kind} ${digests.join(' ')}`}>
          <span className={isProven ? 'late' : 'hold'}>
            {t(isProven ? 'vote.finding-proven' : 'vote.finding-explain')}
          </span>
          <p>{t(`vote.finding-${kind}`, { name: setApart(home.name) })}</p>
          <small>
            {[
              proposal && t('vote.finding-on', { number: proposal.number }),
              about.length > 0 &&
                t('vote.finding-about', { names: list(about.map(({ name }) => name)) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  )
}

type FormProps = { readonly found: Room; readonly candidates: HomeView['candidates'] }

function RehomeForm({ found, candidates }: FormProps) {
  const { t, client } = useShell()
  const sign = async (fields: FormData) => {
    const body = {
      to: textOf(fields, 'to') as OrganisationId,
      reasons: textOf(fields, 'reasons'),
    }
    await client(signRehoming, { params: { consultation: found.room.id }, body })
  }
  return (
    <ActForm submit={t('vote.rehome')} deed={sign}>
      <p className="src">{t('vote.rehome-hint')}</p>
      <Choice name="to" label={t('vote.rehome-to')}>
        {candidates.map(({ organisation, name }) => (
          <option key={organisation} value={organisation}>
            {name}
          </option>
        ))}
      </Choice>
      <LongField name="reasons" label={t('proposal.reasons')} rows={2} required />
    </ActForm>
  )
}
