import { addressOf } from '@tocsin/api/client.ts'
import {
  getLiaisonNoteDocument,
  handOverLiaisonNote,
  type MatterLiaison,
  recordLiaisonReceipt,
  releaseLiaisonNote,
} from '@tocsin/api/liaison.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { isLookedAt, type JudgedFactor, type LiaisonNote } from '@tocsin/domain/liaison-note.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { type Outcome, OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'
import { DocumentLinks } from '../shell/DocumentLinks.tsx'
import { wordsOf } from './finding-words.ts'

type Props = {
  readonly found: MatterLiaison
  readonly note: LiaisonNote
  readonly mayWork: boolean
}

/** A note as it leaves: each factor, what was left out, and what a person does with it next. */
export function NoteView({ found, note, mayWork }: Props) {
  const { t } = useShell()
  const { factors, leftOut } = note.content
  return (
    <section className="sec" id="note" aria-labelledby="note-title">
      <div className="h">
        <h2 id="note-title">{t('liaison.doc-title-plain')}</h2>
      </div>
      <p className="two">{t('liaison.doc-method')}</p>
      <p className="src">{t('liaison.doc-unverified')}</p>
      {factors.filter(isLookedAt).map((one) => (
        <Factor key={one.factor} one={one} note={note} found={found} />
      ))}
      <h3 className="sub">{t('liaison.doc-not-assessed')}</h3>
      <p className="two">{t('liaison.doc-not-assessed-means')}</p>
      <p>
        {factors
          .filter((one) => !isLookedAt(one))
          .map(({ factor }) => factorName(t, factor))
          .join('; ')}
      </p>
      <div className="left-out">
        <h3>{t('liaison.left-out')}</h3>
        <p>{t('liaison.left-out-means')}</p>
        <ul>
          {leftOut.map(({ what, count }) => (
            <li key={what}>
              {t(`liaison.left-out-${what}`)} <b>{count}</b>
            </li>
          ))}
        </ul>
      </div>
      <DocumentLinks
        title={t('liaison.note-documents')}
        addressIn={(query) =>
          addressOf(getLiaisonNoteDocument, { params: { note: note.id }, query })
        }
      />
      {mayWork && <NextAct note={note} />}
    </section>
  )
}

type T = ReturnType<typeof useShell>['t']

export const factorName = (t: T, factor: number): string =>
  t('plan.numbered', { mark: factor, name: t(`plan.factor-${factor}` as MessageKey) })

type FactorProps = Pick<Props, 'found' | 'note'> & { readonly one: JudgedFactor }

function Factor({ one, note, found }: FactorProps) {
  const shell = useShell()
  const { t } = shell
  const { factor, presence, words, findings } = one
  return (
    <>
      <h3 className="sub">
        {factorName(t, factor)} <span className="chip">{t(`liaison.presence-${presence}`)}</span>
      </h3>
      {words && (
        <p className="own-words" dir="auto" lang={note.locale}>
          {words}
        </p>
      )}
      <ul className="plan-said">
        {findings.map((n) => {
          const finding = note.content.findings[n - 1]
          return (
            finding && (
              <li key={n}>
                <span className="mute">{n}</span> {wordsOf(shell, found, finding)}
              </li>
            )
          )
        })}
      </ul>
    </>
  )
}

/** The one thing that a note waits for: two who release it, who hands it over, and the Office's word. */
function NextAct({ note }: { readonly note: LiaisonNote }) {
  const { t, client } = useShell()
  const [outcome, setOutcome] = useState<Outcome>()
  const params = { note: note.id }
  if (note.receipt) return null
  if (note.releasedAt === null) {
    return (
      <div className="sign noprint">
        <h3 className="sub">{t('liaison.release')}</h3>
        <p>{t('liaison.release-hint', { marking: note.marking })}</p>
        <p className="acts">
          <ActButton
            isMain
            deed={async () => setOutcome(await client(releaseLiaisonNote, { params }))}
          >
            {t('liaison.release')}
          </ActButton>
        </p>
        {outcome && <OutcomeNote outcome={outcome} />}
      </div>
    )
  }
  if (!note.handOver) {
    const record = async (fields: FormData) => {
      const body = {
        handedOn: textOf(fields, 'handedOn') as Day,
        how: textOf(fields, 'how'),
        to: textOf(fields, 'to'),
      }
      await client(handOverLiaisonNote, { params, body })
    }
    return (
      <div className="sign noprint">
        <h3 className="sub">{t('liaison.hand-over')}</h3>
        <p>{t('liaison.hand-over-hint')}</p>
        <ActForm submit={t('liaison.hand-over')} isMain deed={record}>
          <Field name="handedOn" label={t('liaison.handed-on')} type="date" required />
          <Field name="how" label={t('liaison.handed-how')} maxLength={200} dir="auto" required />
          <Field name="to" label={t('liaison.handed-to')} maxLength={200} dir="auto" required />
        </ActForm>
      </div>
    )
  }
  const receive = async (fields: FormData) => {
    const body = { on: textOf(fields, 'on') as Day, words: textOf(fields, 'words') || null }
    await client(recordLiaisonReceipt, { params, body })
  }
  return (
    <div className="sign noprint">
      <h3 className="sub">{t('liaison.receipt')}</h3>
      <ActForm submit={t('liaison.receipt')} isMain deed={receive}>
        <Field name="on" label={t('liaison.receipt-on')} type="date" required />
        <LongField name="words" label={t('liaison.receipt-words')} rows={3} dir="auto" />
      </ActForm>
    </div>
  )
}
