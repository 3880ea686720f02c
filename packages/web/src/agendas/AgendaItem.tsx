import type { AgendaLine, GivenAnswer } from '@tocsin/api/agendas.ts'
import type { Day, Instant } from '@tocsin/domain/brand.ts'
import { isOwed } from '@tocsin/domain/organ-agenda.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { formatLeft } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { groundWords } from './rule-words.ts'

type Props = {
  readonly item: AgendaLine
  readonly asOf: Instant
  readonly today: Day
  /** For whoever speaks for the organ: whether the form is open, and where it opens and closes. */
  readonly answering:
    | { readonly isOpen: boolean; readonly openAt: string; readonly closeAt: string }
    | undefined
}

/** One matter on the agenda: why, how long the organ has, what it said, and the form to say it. */
export function AgendaItem({ item, asOf, today, answering }: Props) {
  const { t } = useShell()
  const { id, state, matter, title, level, outcome } = item
  const mayAnswer = answering !== undefined && outcome === null && state !== 'matter-closed'
  return (
    <li id={id} className={state === 'overdue' ? 'late-edge' : undefined}>
      <div>
        <h2>
          <a href={`/matters/${matter}`} dir="auto">
            {title}
          </a>
        </h2>
        <p className="two sm">
          <bdi>{symbolOf('M', item)}</bdi>
        </p>
        <p className="lv sm">
          <LevelMark level={level} size={14} isSaid />
          <span>{t('matter.level-words', { level, name: t(`level.${level}`) })}</span>
        </p>
        <Grounds item={item} />
        <ReasonsAsked item={item} />
        <Answers answers={item.answers} />
        {mayAnswer && !answering.isOpen && (
          <p className="acts noprint">
            <a className={isOwed(state) ? 'b' : 'b q'} href={`${answering.openAt}#${id}`} data-stay>
              {t('agenda.give-answer')}
            </a>
          </p>
        )}
        {mayAnswer && answering.isOpen && (
          <section className="sign noprint" aria-labelledby="act">
            <div className="h">
              <h3 id="act">{t('agenda.give-answer')}</h3>
              <a className="more" href={answering.closeAt} data-stay>
                {t('form.cancel')}
              </a>
            </div>
            <p className="src">{t('agenda.who-reads')}</p>
            <AnswerForm item={item} today={today} />
          </section>
        )}
      </div>
      <Standing item={item} asOf={asOf} />
    </li>
  )
}

/** Each rule that put it there, in one sentence. */
export function Grounds({ item }: { readonly item: AgendaLine }) {
  const shell = useShell()
  return (
    <ul className="grounds sm">
      {item.grounds.map((ground) => (
        <li key={`${ground.version} ${ground.arisesAt} ${ground.about}`}>
          <a href={`/agendas/${item.organ}/rules#${ground.rule}`}>{groundWords(shell, ground)}</a>
        </li>
      ))}
    </ul>
  )
}

/** That reasons were asked for and have not come. */
export function ReasonsAsked({ item }: { readonly item: AgendaLine }) {
  const { t, locale } = useShell()
  if (item.reasonsAskedAt === null || item.outcome !== null) return null
  return (
    <p className="late sm">
      {t('agenda.reasons-asked', { at: formatInstant(locale, item.reasonsAskedAt) })}
    </p>
  )
}

function Answers({ answers }: { readonly answers: readonly GivenAnswer[] }) {
  const { t, locale } = useShell()
  return answers.map(({ id, outcome, at, by, office, text, lateReasons }) => (
    <div key={id} className="answer">
      <p className="two sm">
        {t('agenda.answered-by', {
          outcome: t(`agenda.state-${outcome}`),
          at: formatInstant(locale, at),
          by: [by, office].filter(Boolean).join(', '),
        })}
      </p>
      <p className="said-by" dir="auto">
        {text}
      </p>
      {lateReasons && (
        <p className="sm">
          <b>{t('agenda.late-reasons')}</b> <bdi>{lateReasons}</bdi>
        </p>
      )}
    </div>
  ))
}

type StandingProps = Pick<Props, 'item' | 'asOf'>

/** How it stands and until when, in a word, a time and what is left of it. */
export function Standing({ item, asOf }: StandingProps) {
  const { t, locale } = useShell()
  const { state, dueAt, deferredUntil, tabledAt } = item
  return (
    <div className="st">
      <span className={chips[state]}>{t(`agenda.state-${state}`)}</span>
      {isOwed(state) && (
        <span className={state === 'overdue' ? 'block late sm' : 'block two sm'}>
          {t('agenda.answer-by', { at: formatInstant(locale, dueAt) })}
          <br />
          {formatLeft(t, asOf, dueAt)}
        </span>
      )}
      {state === 'deferred' && deferredUntil && (
        <span className="block two sm">
          {t('agenda.deferred-until', { day: formatDay(locale, deferredUntil) })}
        </span>
      )}
      <span className="block mute sm">
        {t('agenda.tabled-on', { at: formatInstant(locale, tabledAt) })}
      </span>
    </div>
  )
}

const chips = {
  open: 'chip',
  overdue: 'chip late',
  deferred: 'chip hold',
  decided: 'chip ok',
  declined: 'chip',
  'matter-closed': 'chip',
} as const
