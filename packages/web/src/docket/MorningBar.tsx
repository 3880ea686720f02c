import type { Instant } from '@tocsin/domain/brand.ts'
import {
  MORNING_MINUTES,
  type Morning,
  type MorningItem,
  minutesOf,
} from '@tocsin/domain/morning.ts'
import type { CSSProperties } from 'react'
import { useShell } from '../shell/context.ts'

type Props = { readonly morning: Morning; readonly now: Instant }

/** What needs the reader, as wide as it takes to read; what does not fit is said below. */
export function MorningBar({ morning, now }: Props) {
  const { t } = useShell()
  const spent = minutesOf(morning.now)
  const free = MORNING_MINUTES - spent
  const later = morning.later.length
  return (
    <section className="morn" aria-labelledby="morning">
      <h2 id="morning">
        {t('morning.title')}
        <span>{t('morning.spent', { spent, budget: MORNING_MINUTES })}</span>
      </h2>
      <div>
        <ol className="bud">
          {morning.now.map((item) => (
            <Segment key={keyOf(item)} item={item} now={now} />
          ))}
          {free > 0 && (
            <li style={wide(free)}>
              <span className="fr">
                {morning.now.length === 0 && `${t('morning.none')} `}
                {t('morning.free', { minutes: free })}
              </span>
            </li>
          )}
        </ol>
        {later > 0 && (
          <details className="rest">
            <summary>{t('morning.later', { n: later, minutes: minutesOf(morning.later) })}</summary>
            <ol>
              {morning.later.map((item) => (
                <li key={keyOf(item)}>
                  <MorningLink item={item} now={now} />
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </section>
  )
}

const wide = (minutes: number) => ({ '--n': minutes }) as CSSProperties

const keyOf = ({ kind, matter, warning }: MorningItem): string => `${kind} ${warning ?? matter}`

function Segment({ item, now }: { readonly item: MorningItem; readonly now: Instant }) {
  return (
    <li style={wide(item.minutes)}>
      <MorningLink item={item} now={now} />
    </li>
  )
}

function MorningLink({ item, now }: { readonly item: MorningItem; readonly now: Instant }) {
  const { t } = useShell()
  const { kind, title, count, minutes, dueAt } = item
  const isOver = dueAt !== null && dueAt <= now
  const name =
    kind === 'review' || kind === 'chase' ? (`${kind}${isOver ? '-over' : ''}` as const) : kind
  return (
    <a href={addressOf(item)}>
      <b>{t(`morning.${name}`, { n: count })}</b>
      <small>
        {title && <bdi>{title}</bdi>}
        {title && ' · '}
        {t('morning.minutes', { minutes })}
      </small>
    </a>
  )
}

function addressOf({ kind, matter, warning }: MorningItem): string {
  if (kind === 'approve') return '/approvals'
  if (kind === 'triage') return '/reports?loose=true'
  return warning ? `/warnings/${warning}` : `/matters/${matter}`
}
