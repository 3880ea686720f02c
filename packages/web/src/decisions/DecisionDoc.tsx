import type { BallotsView } from '@tocsin/api/ballots.ts'
import { addressOf } from '@tocsin/api/client.ts'
import { getDecisionFile, type ProposalView } from '@tocsin/api/decisions.ts'
import { Choice } from '@tocsin/domain/ballot.ts'
import { languagesOf } from '@tocsin/domain/clauses.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, setApart } from '../shell/format.ts'
import { MarkingWords } from '../shell/Masthead.tsx'
import { languageNames } from '../shell/Preferences.tsx'
import { MinuteLinks } from './MinuteLinks.tsx'
import { isDecided, type Shown, useMoment } from './proposal.ts'

const choices = Choice.options
type Three = [number, number, number]

/** The record of a decision as it will stand, or as it was signed. */
export function DecisionDoc({ one, found, decided }: Shown) {
  const { t } = useShell()
  const { room } = found
  const { decision, outcome, originals } = one
  const chip = decision ? outcome : 'preview'
  return (
    <section className="record" aria-label={t('decision.region')}>
      <div className="doc">
        <div className="dh">
          <bdi>{room.organisationName}</bdi>
          <span className="end">
            {decision && <bdi>{symbolOf('D', decision)} </bdi>}
            <MarkingWords marking={room.marking} />
          </span>
          <bdi>{symbolOf('C', room)}</bdi>
          <span className="end">
            {t('room.original', {
              language: originals.map((locale) => languageNames[locale]).join(', '),
            })}
          </span>
        </div>
        <Outcome chip={chip} isVote={one.ballots !== null} />
        <Body one={one} />
        <Signatures one={one} decided={decided} />
        <p className="src">{t(one.ballots ? 'vote.annex' : 'decision.annex')}</p>
      </div>
      <DocActs one={one} found={found} />
      <MinuteLinks one={one} found={found} />
    </section>
  )
}

type Chip = ProposalView['outcome'] | 'preview'

function Outcome({ chip, isVote }: { readonly chip: Chip; readonly isVote: boolean }) {
  const { t } = useShell()
  if (chip === 'adopted') {
    return <p className="st on">{t(isVote ? 'vote.adopted' : 'decision.adopted')}</p>
  }
  if (chip === 'rejected' || chip === 'blocked' || chip === 'no-quorum') {
    return <p className="st">{t(`vote.decision-${chip}`)}</p>
  }
  return <p className="st">{t(chip === 'broken' ? 'decision.broken' : 'decision.preview')}</p>
}

function Body({ one }: Pick<Shown, 'one'>) {
  const { t, locale } = useShell()
  const { text, members, decision, putAt, deadline } = one
  const languages = languagesOf(text)
  const shown = languages.includes(locale) ? locale : (one.originals[0] as Locale)
  const day = (at: string) => formatDay(locale, at.slice(0, 10))
  const list = (names: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(setApart))
  const { entitled, recused } = one.ballots ?? {}
  const out = recused ?? members.filter(({ state }) => state === 'recused')
  const taking = entitled ?? members.filter(({ state }) => state !== 'recused')
  const names = list(taking.map(({ name }) => name))
  return (
    <>
      <div lang={shown} dir={shown === 'ar' ? 'rtl' : 'ltr'}>
        <h3>{text.title[shown]}</h3>
      </div>
      <p>{t('decision.preamble', { from: day(putAt), until: day(deadline), names })}</p>
      {out.length > 0 && (
        <p>{t('decision.recused', { names: list(out.map(({ name }) => name)) })}</p>
      )}
      <ol className="cl" lang={shown} dir={shown === 'ar' ? 'rtl' : 'ltr'}>
        {text.clauses.map(({ clause, texts }, at) => (
          <li key={clause}>
            <span>{`${at + 1}.`}</span>
            <p>{texts[shown]}</p>
          </li>
        ))}
      </ol>
      {one.ballots && <Votes one={one} ballots={one.ballots} />}
      {members
        .filter(({ state, words }) => state === 'broke-silence' && words !== null)
        .map(({ organisation, name, words }) => (
          <p key={organisation}>
            {t('decision.dissent', { name: setApart(name), words: setApart(words ?? '') })}
          </p>
        ))}
      {decision && decision.legalBasis.length > 0 && (
        <p>{t('decision.basis', { text: setApart(decision.legalBasis.join('; ')) })}</p>
      )}
      {decision && decision.addressees.length > 0 && (
        <p>{t('decision.to', { text: setApart(decision.addressees.join('; ')) })}</p>
      )}
      {decision?.followUp && (
        <p>{t('decision.follow-up', { day: formatDay(locale, decision.followUp) })}</p>
      )}
      {decision && decision.provenAt === null && (
        <p className="hold src">{t('decision.unproven')}</p>
      )}
    </>
  )
}

/** How it was voted and by whom, and the words of those who did not say yes. */
function Votes({ one, ballots }: Pick<Shown, 'one'> & { readonly ballots: BallotsView }) {
  const { t, locale } = useShell()
  const { sums, lines } = ballots
  if (!sums) return null
  const counted = lines.filter(({ state }) => state === 'counted')
  const [yes, no, abstain] = choices.map((choice) => sums[choice].organisations) as Three
  const absent = sums.entitled.organisations - yes - no - abstain
  const method = t(`vote.method-${one.method.kind}`)
  return (
    <>
      <p>{t('vote.decision-result', { method, yes, no, abstain, absent })}</p>
      {choices.map((choice) => {
        const names = counted
          .filter((line) => line.choice === choice)
          .map(({ name }) => setApart(name))
        if (names.length === 0) return null
        const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
        return (
          <p key={choice}>
            {t('vote.decision-voted', { choice: t(`vote.choice-${choice}`), names: list })}
          </p>
        )
      })}
      {counted
        .filter(({ choice, explanation }) => choice !== 'yes' && explanation)
        .map(({ digest, name, explanation }) => (
          <p key={digest}>
            {t('vote.decision-explained', {
              name: setApart(name),
              words: setApart(explanation ?? ''),
            })}
          </p>
        ))}
    </>
  )
}

function Signatures({ one, decided }: Pick<Shown, 'one' | 'decided'>) {
  const { t } = useShell()
  const moment = useMoment(decided.asOf)
  const { decision } = one
  const said = decision
    ? t('decision.signed', { at: moment(decision.saidAt) })
    : t(isDecided(one) ? 'decision.to-record' : 'decision.to-sign')
  return (
    <div className="signs">
      {(['chair', 'secretary'] as const).map((who) => (
        <div key={who}>
          {t(`decision.${who}`)}
          <small>{said}</small>
        </div>
      ))}
    </div>
  )
}

/** Prints this part of the page alone. */
function printRecord() {
  document.documentElement.dataset['print'] = 'record'
  window.print()
  delete document.documentElement.dataset['print']
}

function DocActs({ one, found }: Pick<Shown, 'one' | 'found'>) {
  const { t } = useShell()
  const params = { consultation: found.room.id, proposal: one.id }
  return (
    <p className="acts noprint">
      <button type="button" className="b" onClick={printRecord}>
        {t('decision.print')}
      </button>
      {one.decision?.provenAt && (
        <a className="b" href={addressOf(getDecisionFile, { params })} download>
          {t('decision.save')}
        </a>
      )}
      {one.decision && found.isOurs && (
        <a className="b" href={`/matters/${found.room.matter}/plan`}>
          {t('decision.to-plan')}
        </a>
      )}
    </p>
  )
}
