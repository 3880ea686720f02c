import { addressOf } from '@tocsin/api/client.ts'
import {
  getLiaisonNoteDocument,
  handOverLiaisonNote,
  type MatterLiaison,
  recordLiaisonReceipt,
  releaseLiaisonNote,
  sendLiaisonNote,
} from '@tocsin/api/liaison.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { LiaisonNote } from '@tocsin/domain/liaison-note.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { type Outcome, OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'
import { DocumentLinks } from '../shell/DocumentLinks.tsx'
import { NoteBody } from './NoteBody.tsx'

type Props = {
  readonly found: MatterLiaison
  readonly note: LiaisonNote
  readonly mayWork: boolean
}

/** A note as it leaves: each factor, what was left out, and what a person does with it next. */
export function NoteView({ found, note, mayWork }: Props) {
  const { t } = useShell()
  return (
    <section className="sec" id="note" aria-labelledby="note-title">
      <div className="h">
        <h2 id="note-title">{t('liaison.doc-title-plain')}</h2>
      </div>
      <NoteBody note={note} found={found} />
      <DocumentLinks
        title={t('liaison.note-documents')}
        addressIn={(query) =>
          addressOf(getLiaisonNoteDocument, { params: { note: note.id }, query })
        }
      />
      {mayWork && <NextAct note={note} {...found} />}
      {mayWork && note.handOver?.how === null && <SentPart note={note} {...found} />}
    </section>
  )
}

/** The one thing that a note waits for: two who release it, who hands it over, and the Office's word. */
function NextAct({ note, offices }: Pick<Props, 'note'> & Pick<MatterLiaison, 'offices'>) {
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
        {offices.map((office) => (
          <SendAct key={office.id} note={note} office={office} />
        ))}
        <h3 className="sub">
          {t(offices.length > 0 ? 'liaison.by-hand-instead' : 'liaison.hand-over')}
        </h3>
        <p>{t('liaison.hand-over-hint')}</p>
        <ActForm submit={t('liaison.hand-over')} isMain={offices.length === 0} deed={record}>
          <Field name="handedOn" label={t('liaison.handed-on')} type="date" required />
          <Field name="how" label={t('liaison.handed-how')} maxLength={200} dir="auto" required />
          <Field name="to" label={t('liaison.handed-to')} maxLength={200} dir="auto" required />
        </ActForm>
      </div>
    )
  }
  // Its receipt comes by the way on which it went.
  if (note.handOver.how === null) return null
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

type SendProps = Pick<Props, 'note'> & { readonly office: MatterLiaison['offices'][number] }

/** To the Office's own node, as a signed record for it alone. */
function SendAct({ note, office }: SendProps) {
  const { t, client } = useShell()
  const send = async () => {
    await client(sendLiaisonNote, { params: { note: note.id }, body: { office: office.id } })
  }
  const name = t('liaison.send', { name: office.name })
  return (
    <>
      <h3 className="sub">{name}</h3>
      <p>{t('liaison.send-hint')}</p>
      <p className="acts">
        <ActButton isMain deed={send}>
          {name}
        </ActButton>
      </p>
    </>
  )
}

/** What follows on a note that went over the network: it is waited for, or was taken back. */
function SentPart({ note, sent }: Pick<Props, 'note'> & Pick<MatterLiaison, 'sent'>) {
  const { t } = useShell()
  const told = sent.find((one) => one.note === note.id)
  if (!told) return <p className="note">{t('liaison.note-taken-back')}</p>
  return (
    <>
      {!note.receipt && <p className="note">{t('liaison.note-awaited')}</p>}
      <p className="acts noprint">
        <a className="b q" href={`/network/withdrawals?object=${told.object}`}>
          {t('liaison.note-take-back')}
        </a>
      </p>
    </>
  )
}
