import type { RoomLine } from '@tocsin/api/consultations.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Entry } from '@tocsin/domain/matter.ts'
import { isCorrectable } from '@tocsin/domain/matter-acts.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { Fragment } from 'react'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { correctionsIn, numberIn, textIn } from './entry-facts.ts'
import { detailsOf, partsOf } from './entry-words.ts'
import { formatShortDay, timeOf } from './moment.ts'

type Props = {
  readonly opened: OpenedMatter
  /** The part of the record that is looked at, the oldest first. */
  readonly entries: readonly Entry[]
  /** The consultations on the matter that the reader may see. */
  readonly rooms: readonly RoomLine[]
  readonly search: Search
  readonly mayWork: boolean
}

/** The record: what was done, when and by whom, in the words of those who did it; append-only. */
export function RecordPart({ opened, entries, rooms, search, mayWork }: Props) {
  const { t } = useShell()
  const { matter } = opened
  const last = opened.entries.at(-1)?.seq ?? 0
  const [from, until] = [entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? 0]
  const corrections = correctionsIn([
    ...entries,
    ...opened.entries.filter(({ seq }) => seq > until),
  ])
  const here = (to: Search) => addressTo(`/matters/${matter.id}`, { ...search, ...to })
  return (
    <section className="sec">
      <div className="h">
        <h2 id="record">{t('record.title')}</h2>
        <span className="more">{t('record.shown', { from, until, last })}</span>
      </div>
      <ol className="rec" start={from}>
        {entries.map((entry) => (
          <RecordEntry
            key={entry.seq}
            entry={entry}
            opened={opened}
            rooms={rooms}
            corrections={corrections.get(entry.seq) ?? []}
            correct={
              mayWork && isCorrectable(entry, matter.organisation)
                ? here({ act: 'correct', entry: String(entry.seq) })
                : undefined
            }
          />
        ))}
      </ol>
      <p className="acts noprint">
        {from > 1 && (
          <a className="b" href={here({ before: String(from) })}>
            {t('record.earlier')}
          </a>
        )}
        {until < last && (
          <a className="b" href={here({ before: '' })}>
            {t('record.latest')}
          </a>
        )}
      </p>
    </section>
  )
}

type EntryProps = {
  readonly entry: Entry
  readonly opened: OpenedMatter
  readonly rooms: readonly RoomLine[]
  readonly corrections: readonly Entry[]
  /** Where it can be corrected; undefined for what is not the reader's to correct. */
  readonly correct: string | undefined
}

function RecordEntry({ entry, opened, rooms, corrections, correct }: EntryProps) {
  const shell = useShell()
  const { t, locale } = shell
  const { seq, kind, at, by, text } = entry
  const details = detailsOf(shell, entry)
  const author = by.name ?? by.organisationName
  return (
    <li id={`e${seq}`}>
      <span className="n">{`${seq}.`}</span>
      <time dateTime={at}>
        <b>{timeOf(at)}</b>
        {formatShortDay(locale, at, opened.asOf)}
      </time>
      <div>
        <p>
          <em>{`${t(`record.${kind}`)}.`}</em>{' '}
          <span className="det">
            {details.map((said) => (
              <Fragment key={said}>
                <bdi>{`${said}.`}</bdi>{' '}
              </Fragment>
            ))}
          </span>
          {kind === 'report.attached' && text === null && t('record.words-withheld')}
        </p>
        {text !== null && <Words text={text} />}
        {partsOf(shell, entry).map(([name, said]) => (
          <div key={name}>
            <p className="det">{name}</p>
            <Words text={said} />
          </div>
        ))}
        {corrections.map((one) => (
          <div key={one.seq} className="cor">
            <p className="det">
              <a href={`#e${one.seq}`}>{t('record.corrected-by', { n: one.seq })}</a>
            </p>
            <Words text={one.text ?? ''} />
          </div>
        ))}
        <p className="by">
          {[author, by.office].filter(Boolean).join(', ')}
          {by.name && by.organisation !== opened.matter.organisation && `, ${by.organisationName}`}
          {by.person === null && by.name === null && ` (${t('record.by-node')})`}
        </p>
      </div>
      <div className="rf">
        <References entry={entry} opened={opened} rooms={rooms} />
        {correct && (
          <a className="noprint cor-l" href={correct} data-stay>
            {t('matter-act.correct')}
            <span className="vh"> {seq}</span>
          </a>
        )}
      </div>
    </li>
  )
}

function Words({ text }: { readonly text: string }) {
  return (
    <p dir="auto" className="said-by">
      {text}
    </p>
  )
}

/** What the entry is about, by its symbol: a link where the reader may open it. */
function References({
  entry: { facts },
  opened,
  rooms,
}: Pick<EntryProps, 'entry' | 'opened' | 'rooms'>) {
  const { t } = useShell()
  const number = numberIn(facts, 'number')
  const report = textIn(facts, 'report')
  const warning = opened.warnings.find(({ id }) => id === textIn(facts, 'warning'))
  const { isExercise } = opened.matter
  const decision = textIn(facts, 'decision')
  if (decision) {
    const room = rooms.find(({ id }) => id === textIn(facts, 'consultation'))
    const symbol = <bdi>{decision}</bdi>
    return room ? <a href={`/consultations/${room.id}`}>{symbol}</a> : symbol
  }
  if (number === undefined) return null
  if (warning) {
    const { year } = warning
    return (
      <a href={`/warnings/${warning.id}`}>
        <bdi>{symbolOf('W', { year, number, isExercise })}</bdi>
      </a>
    )
  }
  if (!report) return null
  const year = numberIn(facts, 'year') ?? opened.matter.year
  const symbol = <bdi>{symbolOf('R', { year, number, isExercise })}</bdi>
  const isOwn = opened.reports.some(({ id }) => id === report)
  return (
    <>
      {isOwn ? <a href={`/reports/${report}`}>{symbol}</a> : symbol}{' '}
      <span className="mute">{t('record.grade')}</span> <b>{textIn(facts, 'grade')}</b>
    </>
  )
}
