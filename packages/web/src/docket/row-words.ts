import type { DocketRow } from '@tocsin/api/docket.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { maySignForMatter, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { RungOffice } from '@tocsin/domain/service-clock.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import type { Shell } from '../shell/context.ts'
import { momentOf } from './moment.ts'
import { formatSpan } from './span.ts'

/** What the words of a row depend on besides the row itself. */
export type Reading = {
  readonly shell: Shell
  readonly actor: Actor
  readonly now: Instant
  /** The State of whoever reads; none for those that belong to none. */
  readonly country: string | null
  readonly names: Readonly<Record<string, string>>
}

const isOver = ({ clock }: DocketRow, now: Instant): boolean => clock !== null && clock.dueAt <= now

/** One sentence that says why the matter stands where it stands. */
export function reasonOf(row: DocketRow, { shell, actor, now, country, names }: Reading): string {
  const { t } = shell
  const own = actor.kind === 'person' && row.organisation === actor.organisation
  const owner = names[row.organisation]
  const before = [
    ...(own && country !== null && row.country === country ? [t('reason.home')] : []),
    ...(owner === undefined ? [] : [t('reason.shared', { organisation: owner })]),
  ]
  return [...before, whyOf(row, shell, now)].join(' ')
}

function whyOf(row: DocketRow, { t, locale }: Shell, now: Instant): string {
  const { clock, draft } = row
  const moment = (at: Instant) => momentOf(locale, now, at).when
  if (draft?.isReturned) return t('reason.draft-returned')
  if (draft) {
    const { signatures: signed, signaturesNeeded: needed } = draft
    return t('reason.draft', { when: moment(draft.savedAt), signed, needed })
  }
  if (!clock || row.part === 'standing') {
    const span = formatSpan(t, Date.parse(now) - Date.parse(lastStation(row)))
    return t('reason.quiet', { span })
  }
  const over = isOver(row, now) ? '-over' : ''
  const when = moment(clock.kind === 'review' ? clock.dueAt : clock.startedAt)
  return t(`reason.${clock.kind}${over}`, { when })
}

/** When the matter last reached a station. */
function lastStation({ stations, openedAt }: DocketRow): Instant {
  return [openedAt, ...Object.values(stations)].sort().at(-1) ?? openedAt
}

/** Who is waited for, and what for. */
export function waitsFor(row: DocketRow, { shell: { t }, actor }: Reading): string {
  const { clock } = row
  if (!clock) return t('axis.twin-none')
  const { kind, waitingFor: authority } = clock
  if (kind === 'review') {
    return t(maySignForMatter(actor, row) ? 'waits.review-you' : 'waits.review')
  }
  if (authority === null || (kind !== 'acknowledge' && kind !== 'decide')) return t(`clock.${kind}`)
  return t(`waits.${kind}`, { authority })
}

/** Who is told next, and at what time; also that nobody will be. */
export function nextOf({ clock, tellsNobody }: DocketRow, { shell, now }: Reading): string {
  const { t, locale } = shell
  if (!clock) return ''
  const { nextStep } = clock
  if (!nextStep) return t('next.none')
  const who = t(`rung.${nextStep.tell as RungOffice}`)
  const moment = momentOf(locale, now, nextStep.dueAt)
  return t(tellsNobody ? 'next.nobody' : 'next.told', { who, ...moment })
}

export type RowAction = {
  readonly name: MessageKey
  readonly href: string
  /** The page's one main act is a signature that waits. */
  readonly isMain: boolean
}

/** The one thing to do about a row, for whoever reads it. */
export function actionOf(row: DocketRow, { actor, now }: Reading): RowAction {
  const matter = `/matters/${row.id}`
  const { clock, draft, part } = row
  if (!mayWorkOnMatter(actor, row)) return { name: 'row.read', href: matter, isMain: false }
  if (draft && !draft.isReturned && maySignForMatter(actor, row)) {
    return { name: 'row.sign', href: `/warnings/${draft.warning}`, isMain: true }
  }
  const isUrgent = part === 'over-time' || part === 'today' || isOver(row, now)
  if (clock && isUrgent && clock.kind === 'review' && maySignForMatter(actor, row)) {
    return { name: 'row.review', href: matter, isMain: false }
  }
  if (clock && isUrgent && clock.kind !== 'review') {
    return { name: 'row.chase', href: matter, isMain: false }
  }
  return { name: 'row.open', href: matter, isMain: false }
}
