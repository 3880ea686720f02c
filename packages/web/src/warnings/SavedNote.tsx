import type { DraftField } from '@tocsin/domain/draft-merge.ts'
import type { WarningDraft } from '@tocsin/domain/warning.ts'
import { FaultNote } from '../identity/FaultNote.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import type { Change, Standing } from './use-draft.ts'

/** How the text stands to what the node holds, in few words. */
export function SavedWords({ standing }: { readonly standing: Standing }) {
  const { t, locale } = useShell()
  const words =
    standing.state === 'saved'
      ? t('warning.saved', { at: formatInstant(locale, standing.at) })
      : t(`warning.saving-${standing.state}`)
  const isCalm = standing.state === 'saved' || standing.state === 'saving'
  return (
    <span role="status" className={isCalm ? undefined : 'hold'}>
      {words}
    </span>
  )
}

type Props = {
  readonly standing: Standing
  readonly taken: readonly DraftField[]
  readonly draft: WarningDraft
  readonly change: Change
  readonly choose: (field: DraftField, isMine: boolean) => void
}

/** What the writer must know or do before the text is saved again. */
export function SavedNote({ standing, taken, draft, change, choose }: Props) {
  const { t, locale } = useShell()
  const names = (fields: readonly DraftField[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(
      fields.map((field) => t(`warning.field-${field}`)),
    )
  return (
    <>
      {taken.length > 0 && <p className="note">{t('warning.taken', { fields: names(taken) })}</p>}
      {standing.state === 'failed' && (
        <div className="note">
          <FaultNote fault={standing.fault} />
          <p>{t('warning.kept')}</p>
        </div>
      )}
      {standing.state === 'refused' && (
        <div className="note" role="alert">
          <p>{t('warning.refused', { fields: names(standing.fields) })}</p>
          <button type="button" className="b" onClick={() => change(withoutHiddenSigns(draft))}>
            {t('warning.take-out-hidden')}
          </button>
        </div>
      )}
      {standing.state === 'disputed' && (
        <section className="note dispute" role="alert">
          <h2>{t('warning.dispute')}</h2>
          <p>
            {t('warning.dispute-by', {
              name: standing.by ?? t('warning.somebody'),
              at: formatInstant(locale, standing.at),
            })}
          </p>
          {standing.fields.map((field) => (
            <Disputed
              key={field}
              name={t(`warning.field-${field}`)}
              mine={draft[field]}
              theirs={standing.theirs[field]}
              choose={(isMine) => choose(field, isMine)}
            />
          ))}
        </section>
      )}
    </>
  )
}

function Disputed(props: {
  readonly name: string
  readonly mine: unknown
  readonly theirs: unknown
  readonly choose: (isMine: boolean) => void
}) {
  const { t } = useShell()
  const { name, mine, theirs, choose } = props
  return (
    <div className="twos">
      {[mine, theirs].map((value, at) => (
        <div key={at === 0 ? 'mine' : 'theirs'}>
          <h3>
            {t(at === 0 ? 'warning.dispute-mine' : 'warning.dispute-theirs', { field: name })}
          </h3>
          <p className="serif both" dir="auto">
            {wordsIn(value).join('\n')}
          </p>
          <button type="button" className="b" onClick={() => choose(at === 0)}>
            {t(at === 0 ? 'warning.keep-mine' : 'warning.take-theirs')}
            <span className="vh">{name}</span>
          </button>
        </div>
      ))}
    </div>
  )
}

/** Every text and number in a part of the draft, in its order. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(wordsIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

const HIDDEN = /[\p{Bidi_Control}\p{Cs}]|(?![\n\t])\p{Cc}/gu

/** The same draft without signs that nobody sees and that could turn words around. */
function withoutHiddenSigns(draft: WarningDraft): WarningDraft {
  return JSON.parse(
    JSON.stringify(draft, (_, value: unknown) =>
      typeof value === 'string' ? value.replace(HIDDEN, '') : value,
    ),
  )
}
