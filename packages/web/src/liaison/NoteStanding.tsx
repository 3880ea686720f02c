import { type LiaisonNote, noteSymbol } from '@tocsin/domain/liaison-note.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import { MarkingWords } from '../shell/Masthead.tsx'

/** How far a note has come. */
const standingOf = ({ releasedAt, handOver, receipt }: LiaisonNote) => {
  if (receipt) return 'received' as const
  if (handOver) return 'handed-over' as const
  return releasedAt === null ? ('draft' as const) : ('released' as const)
}

/** How a note is cited, how far it has come, and what is on record of it. */
export function NoteStanding({ note }: { readonly note: LiaisonNote }) {
  const { t, locale } = useShell()
  const { handOver, receipt, madeAt, madeBy, marking } = note
  const standing = standingOf(note)
  return (
    <>
      <p className="sm">
        <span className={handOver ? 'chip ok' : 'chip'}>{t(`liaison.note-${standing}`)}</span>{' '}
        <bdi>{noteSymbol(note)}</bdi> <MarkingWords marking={marking} />
      </p>
      <p className="two sm">
        <bdi>
          {t('liaison.note-made', { at: formatInstant(locale, madeAt), name: madeBy ?? '' })}
        </bdi>
        {handOver && (
          <span className="block">
            <bdi>
              {t('liaison.note-handed', {
                day: formatDay(locale, handOver.handedOn),
                how: handOver.how ?? t('liaison.by-network'),
                to: handOver.to,
              })}
            </bdi>
          </span>
        )}
        {receipt && (
          <span className="block">
            {t('liaison.note-received-on', { day: formatDay(locale, receipt.on) })}
          </span>
        )}
      </p>
      {receipt?.words && (
        <p className="own-words" dir="auto">
          {receipt.words}
        </p>
      )}
    </>
  )
}
