import type { Member, ProposalView } from '@tocsin/api/decisions.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { useShell } from '../shell/context.ts'
import { useMoment } from './proposal.ts'

type Props = { readonly one: ProposalView; readonly asOf: Instant }

/** Form and sign of a position; the words beside it say the same. */
const signs: Readonly<Record<Member['state'], readonly [string, string]>> = {
  agrees: ['g y', '✓'],
  'asked-for-time': ['g w', '…'],
  silent: ['g s', '–'],
  'not-received': ['g w', '?'],
  'broke-silence': ['g n', '!'],
  recused: ['g r', '×'],
  expelled: ['g r', '×'],
}

/** How each member stands and when it had the text: whose receipt is missing stands out. */
export function MembersTable({ one, asOf }: Props) {
  const { t } = useShell()
  const moment = useMoment(asOf)
  const received = ({ state, receivedAt, receivedBy, witnesses }: Member) => {
    if (state === 'recused') return t('proposal.not-sent')
    if (!receivedAt) return t('proposal.not-received')
    const at = moment(receivedAt)
    if (receivedBy === null || receivedBy === 'record') return at
    return t(`proposal.by-${receivedBy}`, { at, n: witnesses })
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="pos scroll" tabIndex={0} aria-label={t('proposal.position')}>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{t('proposal.member')}</th>
            <th scope="col">{t('proposal.position')}</th>
            <th scope="col">{t('proposal.received')}</th>
          </tr>
        </thead>
        <tbody>
          {one.members.map((member) => {
            const { organisation, name, state, saidAt, words, pending, receivedAt } = member
            const [form, sign] = signs[state]
            const isMissing = state === 'not-received' && !receivedAt
            return (
              <tr key={organisation} className={state === 'recused' ? 'mute' : undefined}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>
                  <span className={form} aria-hidden="true">
                    {sign}
                  </span>
                  {t(`proposal.state-${state}`, { at: saidAt ? moment(saidAt) : '' })}
                  {pending && <small className="hold">{t(`proposal.pending-${pending}`)}</small>}
                  {words && (
                    <small className="mute" dir="auto">
                      {words}
                    </small>
                  )}
                </td>
                <td className={isMissing ? 'hold' : undefined}>{received(member)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="src">
        {t('proposal.rule')} {t('proposal.rule-time')}
      </p>
    </section>
  )
}
