import type { Said } from '@tocsin/api/consultations.ts'
import type { TakenBack } from '@tocsin/api/taken-back.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { AgendaItem, ConsultationId, ContributionKind } from '@tocsin/domain/consultation.ts'
import { mayBeKept } from '@tocsin/domain/kept-copy.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { FaultNote } from '../identity/FaultNote.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { ContributeForm } from './ContributeForm.tsx'
import { type Answering, ContributionItem } from './ContributionItem.tsx'
import { MailedPart } from './MailedPart.tsx'
import { TakenBackItem } from './TakenBackItem.tsx'
import { type Exchange as Answer, useExchange } from './use-exchange.ts'
import { type Keeping, useKeptRoom } from './use-kept-room.ts'
import { useOutbox } from './use-outbox.ts'
import { WaitingPart } from './WaitingPart.tsx'

type Props = {
  readonly consultation: ConsultationId
  readonly first: Answer
  readonly thread?: OrganisationId | undefined
  readonly title: string
  readonly agenda?: readonly AgendaItem[]
  /** The item that is looked at; all where none is. */
  readonly item?: number | undefined
  readonly total?: number
  readonly closedAt: string | null
  /** Whose records are known of and not here yet. */
  readonly gaps?: string | null
  /** What the reader's organisation may say here; nothing where it may not speak. */
  readonly kinds: readonly ContributionKind[]
  readonly keeping: Keeping
}

/** What is shown with the places of what was taken back between it; those before it stand with what is read back. */
function withPlaces(
  shown: readonly Said[],
  places: readonly TakenBack[],
  hasEarlier: boolean,
): readonly (Said | TakenBack)[] {
  const from = hasEarlier ? (shown[0]?.saidAt ?? '') : ''
  const timeOf = (one: Said | TakenBack) => ('object' in one ? one.stoodAt : one.saidAt)
  return [...shown, ...places.filter(({ stoodAt }) => stoodAt >= from)].sort((one, other) =>
    timeOf(one) < timeOf(other) ? -1 : 1,
  )
}

/** What was said, the oldest of what is shown first, and the form that says more. */
export function Exchange(props: Props) {
  const { consultation, first, thread, title, agenda = [], item, total, closedAt, kinds } = props
  const { t, locale } = useShell()
  const exchange = useExchange(consultation, first, thread)
  const { said, places, next, asOf, isStale, refusal, look, readBack } = exchange
  useKeptRoom(props.keeping, consultation, thread, first, exchange)
  const outbox = useOutbox(consultation, thread, look)
  const [answering, answer] = useState<Answering>()
  const shown = [...said].reverse().filter((one) => item === undefined || one.item === item)
  // Which item something was about that was taken back nobody knows any more.
  const rows = item === undefined ? withPlaces(shown, places, next !== null) : shown
  const shared = { all: said, consultation, thread, agenda, asOf, closedAt }
  return (
    <section className="th">
      <div className="h">
        <h2>{title}</h2>
        <span className="more">
          {total !== undefined && t('room.entries', { n: Math.max(total, said.length) })}
          <span className="noprint">{` (${t('room.updates')})`}</span>
        </span>
      </div>
      <FaultNote fault={refusal} />
      {isStale && (
        <p className="hold" role="status">
          {t('room.stale', { at: formatInstant(locale, asOf) })}{' '}
          {t(mayBeKept(props.keeping.marking) ? 'room.kept' : 'room.not-kept')}
        </p>
      )}
      {props.gaps && <p className="hold">{t('room.gap', { names: props.gaps })}</p>}
      {next !== null && (
        <p className="acts noprint">
          <ActButton deed={readBack}>{t('room.earlier')}</ActButton>
        </p>
      )}
      {rows.length === 0 && <p className="two">{t('room.nothing-said')}</p>}
      <ol>
        {rows.map((one) =>
          'object' in one ? (
            <TakenBackItem key={one.object} place={one} asOf={asOf} />
          ) : (
            <ContributionItem
              key={one.id}
              one={one}
              {...shared}
              answer={kinds.length > 0 ? answer : undefined}
            />
          ),
        )}
      </ol>
      <WaitingPart {...outbox} />
      <MailedPart {...{ consultation, thread, kinds, agenda, said, asOf }} onSaid={look} />
      {kinds.length > 0 && (
        <ContributeForm
          key={answering ? `${answering.kind} ${answering.to.id}` : `item ${item}`}
          kinds={kinds}
          agenda={agenda}
          item={item}
          answering={answering}
          cancel={() => answer(undefined)}
          put={async (saying) => {
            await outbox.put(saying)
            answer(undefined)
          }}
        />
      )}
    </section>
  )
}

/** Names of those of whom something is missing, with how much; null where all is here. */
export const gapsOf = (
  seats: readonly { readonly name: string; readonly missing: number }[],
  words: (name: string, n: number) => string,
  locale: string,
): string | null => {
  const missing = seats.filter((seat) => seat.missing > 0)
  if (missing.length === 0) return null
  return new Intl.ListFormat(locale, { type: 'unit' }).format(
    missing.map((seat) => words(seat.name, seat.missing)),
  )
}
