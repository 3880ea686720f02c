import type { BallotLine, BallotsView } from '@tocsin/api/ballots.ts'
import type { ProposalView } from '@tocsin/api/decisions.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { Findings } from './HomePart.tsx'
import { type Proposals, useMoment } from './proposal.ts'

type Props = {
  readonly one: ProposalView
  readonly ballots: BallotsView
  readonly asOf: Instant
  readonly home: Proposals['home']
}

/** Form and sign of a vote; the words beside it say the same. */
const signs = { yes: ['g y', '✓'], no: ['g n', '✕'], abstain: ['g r', '–'] } as const

/** Who has voted and how, what this node counts, and what does not count and why. */
export function BallotsPart({ one, ballots, asOf, home }: Props) {
  const { t } = useShell()
  const findings = (home?.findings ?? []).filter(({ proposal }) => proposal?.id === one.id)
  return (
    <>
      <Voters one={one} ballots={ballots} asOf={asOf} />
      <Count one={one} ballots={ballots} asOf={asOf} />
      {findings.length > 0 && (
        <div className="said-too">
          <h3>{t('vote.found')}</h3>
          <Findings findings={findings} />
        </div>
      )}
      <Refused ballots={ballots} asOf={asOf} />
    </>
  )
}

type Part = Omit<Props, 'home'>

function Voters({ one, ballots, asOf }: Part) {
  const { t } = useShell()
  const moment = useMoment(asOf)
  const isWeighted = one.method.kind === 'weighted'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="pos scroll" tabIndex={0} aria-label={t('vote.region')}>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{t('proposal.member')}</th>
            <th scope="col">{t('vote.ballot')}</th>
            <th scope="col">{t('vote.seen')}</th>
          </tr>
        </thead>
        <tbody>
          {ballots.entitled.map(({ organisation, name, weight }) => {
            const lines = ballots.lines.filter((line) => line.organisation === organisation)
            const counted = lines.find(({ state }) => state === 'counted')
            return (
              <tr key={organisation}>
                <th scope="row">
                  <bdi>{name}</bdi>
                  {isWeighted && <small>{t('vote.weight', { n: weight })}</small>}
                </th>
                <td>
                  <Vote line={counted} />
                  {lines.map((line) => (
                    <Other key={line.digest} line={line} />
                  ))}
                </td>
                <td>{counted?.provenAt && moment(counted.provenAt)}</td>
              </tr>
            )
          })}
          {ballots.recused.map(({ organisation, name, reason }) => (
            <tr key={organisation} className="mute">
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>
                <Sign form="g r" mark="×" />
                {t('vote.recused', { reason: t(`vote.recusal-${reason}`) })}
              </td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="src">{t('vote.rule-time')}</p>
    </section>
  )
}

const Sign = ({ form, mark }: { readonly form: string; readonly mark: string }) => (
  <span className={form} aria-hidden="true">
    {mark}
  </span>
)

/** The ballot that counts, by whom, and why it was cast so. */
function Vote({ line }: { readonly line: BallotLine | undefined }) {
  const { t } = useShell()
  if (!line) {
    return (
      <>
        <Sign form="g s" mark="·" />
        {t('vote.none-yet')}
      </>
    )
  }
  const [form, sign] = line.choice ? signs[line.choice] : (['g w', '▪'] as const)
  return (
    <>
      <Sign form={form} mark={sign} />
      {t(line.choice ? `vote.choice-${line.choice}` : 'vote.is-sealed')}
      <Officer line={line} />
      {line.explanation && (
        <small>
          <bdi>{line.explanation}</bdi>
        </small>
      )}
    </>
  )
}

function Officer({ line: { officer, isSigned } }: { readonly line: BallotLine }) {
  const { t } = useShell()
  const { name, office } = officer
  return (
    <>
      {name && (
        <small className="mute">
          {office
            ? t('vote.by-officer', { name: setApart(name), office: setApart(office) })
            : setApart(name)}
        </small>
      )}
      {!isSigned && <small className="hold">{t('vote.unsigned')}</small>}
    </>
  )
}

/** What a member has cast besides the ballot that counts. */
function Other({ line: { state, choice } }: { readonly line: BallotLine }) {
  const { t } = useShell()
  const said = choice ? t(`vote.choice-${choice}`) : t('vote.is-sealed-vote')
  if (state === 'waiting') return <small className="hold">{t('vote.line-waiting')}</small>
  if (state !== 'replaced') return null
  return <small className="mute">{t('vote.line-replaced', { choice: said })}</small>
}

/** The sums, the quorum, and whether the home comes to the same. */
function Count({ one, ballots, asOf }: Part) {
  const { t, locale } = useShell()
  const moment = useMoment(asOf)
  const { sums, taking, told } = ballots
  const isWeighted = one.method.kind === 'weighted'
  const isMet = taking >= one.quorum
  const number = (n: number) => n.toLocaleString(locale)
  return (
    <div className="said-too">
      <h3>{t('vote.tally')}</h3>
      {sums ? (
        <dl className="tally">
          {(['yes', 'no', 'abstain', 'entitled'] as const).map((part) => {
            const { organisations, weight } = sums[part]
            const n = number(organisations)
            return (
              <div key={part}>
                <dt>{t(part === 'entitled' ? 'vote.entitled' : `vote.choice-${part}`)}</dt>
                <dd>{isWeighted ? t('vote.sum-weighted', { n, weight: number(weight) }) : n}</dd>
              </div>
            )
          })}
        </dl>
      ) : (
        <p>{t('vote.tally-sealed')}</p>
      )}
      <p className={isMet ? undefined : 'hold'}>
        {t(isMet ? 'vote.quorum-met' : 'vote.quorum-missing', { needed: one.quorum, n: taking })}
      </p>
      {told && (
        <p className={told.isOurs ? 'src' : 'late'}>
          {t(told.isOurs ? 'vote.told-same' : 'vote.told-other', {
            name: setApart(told.home.name),
            at: moment(told.saidAt),
          })}
        </p>
      )}
      {one.outcome === 'unproven' && (
        <p className="hold">{t('vote.waits-until', { at: moment(ballots.waitsUntil) })}</p>
      )}
      {!told && ballots.isShown && one.outcome !== 'running' && (
        <p className="src">{t('vote.told-none')}</p>
      )}
    </div>
  )
}

/** Nothing that somebody signed is lost: it stands here, with the reason. */
function Refused({ ballots, asOf }: Pick<Part, 'ballots' | 'asOf'>) {
  const { t } = useShell()
  const moment = useMoment(asOf)
  const refused = ballots.lines.filter(({ state }) => state === 'refused')
  if (refused.length === 0) return null
  return (
    <div className="said-too">
      <h3>{t('vote.refused')}</h3>
      <ul>
        {refused.map(({ digest, name, choice, reason, castAt, explanation }) => (
          <li key={digest}>
            <bdi>{name}</bdi>
            {choice && ` · ${t(`vote.choice-${choice}`)}`}{' '}
            <span className="mute">{moment(castAt)}</span>
            {reason && <span className="hold"> {t(`vote.refused-${reason}`)}</span>}
            {explanation && (
              <p className="src" dir="auto">
                {explanation}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
