import type { ProposalView } from '@tocsin/api/decisions.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { languagesOf, type Piece, redlineClauses } from '@tocsin/domain/clauses.ts'
import { mayAnswerProposal } from '@tocsin/domain/deciding.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { AnswerPart } from './AnswerPart.tsx'
import { BallotForm } from './BallotForm.tsx'
import { BallotsPart } from './BallotsPart.tsx'
import { LeadForms } from './LeadForms.tsx'
import { MembersTable } from './MembersTable.tsx'
import {
  isDecided,
  isOpen,
  isRecordable,
  roomIn,
  type Shown,
  useChangeWords,
  useMoment,
} from './proposal.ts'
import { RecordForm } from './RecordForm.tsx'
import { useRuleWords } from './rule.ts'

type Props = Shown & { readonly mayPut: boolean }

/** A text as it is put, what was changed in it, how each member stands, and what can be said to it. */
export function ProposalCard({ one, found, decided, mayPut }: Props) {
  const { t, locale } = useShell()
  const actor = useActor()
  const { asOf } = decided
  const languages = languagesOf(one.text)
  const shown = languages.includes(locale) ? locale : (one.originals[0] as Locale)
  const others = languages.filter((language) => language !== shown)
  const isHeard = actor.kind === 'person' && mayAnswerProposal(actor, roomIn(found))
  const title = t('proposal.title', { number: one.number, reading: one.reading })
  return (
    <section className="prop" aria-label={title}>
      <Head one={one} asOf={asOf} title={title} />
      <Rule one={one} />
      <Text one={one} language={shown} />
      {others.map((language) => (
        <details key={language} className="other-language">
          <summary>{languageNames[language]}</summary>
          <Text one={one} language={language} />
        </details>
      ))}
      {one.ballots ? (
        <BallotsPart one={one} ballots={one.ballots} asOf={asOf} home={decided.home} />
      ) : (
        <MembersTable one={one} asOf={asOf} />
      )}
      <Amendments one={one} asOf={asOf} language={shown} />
      {one.refused.length > 0 && (
        <div className="said-too">
          <h3>{t('proposal.refused')}</h3>
          <ul>
            {one.refused.map(({ name, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: who said it and why may stand twice
              <li key={at}>
                <bdi>{name}</bdi> <span className="mute">{t(`proposal.refused-${reason}`)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {isHeard && one.ballots && <BallotForm one={one} found={found} />}
      {isHeard && isOpen(one) && <AnswerPart one={one} found={found} decided={decided} />}
      {mayPut && isDecided(one) && !isRecordable(one) && one.decision === null && (
        <p className="pf hold noprint">{t('vote.record-waits')}</p>
      )}
      {mayPut && isRecordable(one) && <RecordForm one={one} found={found} />}
      {mayPut && isOpen(one) && <LeadForms one={one} found={found} />}
    </section>
  )
}

function Head({
  one,
  asOf,
  title,
}: {
  readonly one: ProposalView
  readonly asOf: Instant
  readonly title: string
}) {
  const { t } = useShell()
  const moment = useMoment(asOf)
  const { outcome, deadline, endedFor } = one
  const minutes = Math.max(0, Math.ceil((Date.parse(deadline) - Date.parse(asOf)) / 60_000))
  const isRunning = outcome === 'running' && endedFor === null
  const byBallot = {
    ...{ running: t('vote.running', { at: moment(deadline) }), adopted: t('vote.adopted') },
    ...(asOf < one.opensAt && { running: t('vote.not-open', { at: moment(one.opensAt) }) }),
  }
  const words = {
    running: t('proposal.running', { at: moment(deadline) }),
    'not-lapsed': t('proposal.waits-receipt'),
    adopted: t('proposal.adopted', { at: moment(deadline) }),
    broken: t('proposal.broken'),
    withdrawn: t('proposal.withdrawn'),
    unproven: t('proposal.unproven'),
    rejected: t('proposal.rejected'),
    blocked: t('proposal.blocked'),
    'no-quorum': t('proposal.no-quorum'),
    ...(one.ballots && byBallot),
  }[outcome]
  return (
    <div className="ph">
      <h2>{title}</h2>
      {isRunning && (
        <span className="left">
          {t('proposal.left', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
        </span>
      )}
      {outcome === 'not-lapsed' && endedFor === null && (
        <span className="left late">{t('proposal.over')}</span>
      )}
      <span className="sm two">
        {endedFor === null ? words : t('proposal.ended', { reasons: setApart(endedFor) })}
      </span>
      {isRunning && (
        <span className="sm mute end">{t(one.ballots ? 'vote.left' : 'proposal.of-silence')}</span>
      )}
    </div>
  )
}

/** The rule that decides, and for ballots what was settled about them when the text was put. */
function Rule({ one }: { readonly one: ProposalView }) {
  const { t } = useShell()
  const ruleOf = useRuleWords()
  const { method, isSealed, mayChange } = one
  if (method.kind === 'silence') return null
  return (
    <p className="rule">
      <b className="block">{t(`vote.method-${method.kind}`)}</b>
      {ruleOf(method)}
      {isSealed && <span className="chip">{t('vote.is-sealed-vote')}</span>}
      {!mayChange && <span className="chip">{t('vote.is-final')}</span>}
    </p>
  )
}

const Pieces = ({ pieces }: { readonly pieces: readonly Piece[] }) =>
  pieces.map(({ kind, text }, at) => {
    const Mark = { same: 'span', inserted: 'ins', deleted: 'del' }[kind] as 'span'
    // biome-ignore lint/suspicious/noArrayIndexKey: runs of one text never change places
    return <Mark key={at}>{text}</Mark>
  })

function Text({ one, language }: { readonly one: ProposalView; readonly language: Locale }) {
  const { text, before } = one
  const rows = redlineClauses((before ?? text).clauses, text.clauses, language)
  let number = 0
  return (
    <div lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      <h3 className="ct">{text.title[language]}</h3>
      <ol className="cl">
        {rows.map(({ clause, change, pieces }) => {
          if (change !== 'deleted') number += 1
          return (
            <li key={clause}>
              <span>{change === 'deleted' ? '' : `${number}.`}</span>
              <p>
                <Pieces pieces={pieces} />
              </p>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

/** What members would have changed, in the reading that they amend. */
function Amendments({
  one,
  asOf,
  language,
}: {
  readonly one: ProposalView
  readonly asOf: Instant
  readonly language: Locale
}) {
  const { t } = useShell()
  const moment = useMoment(asOf)
  const wordsOf = useChangeWords()
  if (one.amendments.length === 0) return null
  return (
    <div className="said-too">
      <h3>{t('proposal.amendments')}</h3>
      <ul>
        {one.amendments.map((line) => {
          const { id, change, organisationName, at, reasons, isAccepted, reading } = line
          const { clauses } = reading < one.reading && one.before ? one.before : one.text
          return (
            <li key={id}>
              <span className="mute">
                {t('proposal.amendment-by', { name: setApart(organisationName), at: moment(at) })}
              </span>{' '}
              {wordsOf(line, clauses)}
              {isAccepted && <span className="chip">{t('proposal.accepted')}</span>}
              {change.kind !== 'delete' && (
                <p className="rich" lang={language} dir="auto">
                  {change.texts[language]}
                </p>
              )}
              {reasons && (
                <p className="src" dir="auto">
                  {reasons}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
