import {
  getNoteDocument,
  type readNote,
  recordNoteSent,
  saveNote,
} from '@tocsin/api/action-plans.ts'
import { addressOf } from '@tocsin/api/client.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Article54Note } from '@tocsin/domain/article-54.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { DocumentLinks } from '../shell/DocumentLinks.tsx'
import { formatDay, formatInstant } from '../shell/format.ts'
import type { PlanProps } from './PlanPage.tsx'

type Props = PlanProps & { readonly opened: Output<typeof readNote> | undefined }

/** The notes by which the Security Council is told of regional activities: drafts, until a person signs. */
export function NotesPart({ plan, mayWork, opened }: Props) {
  const { t } = useShell()
  return (
    <section className="sec" id="article-54" aria-labelledby="article-54-title">
      <div className="h">
        <h2 id="article-54-title">{t('plan.notes')}</h2>
      </div>
      <p className="two">{t('plan.notes-lede')}</p>
      {plan.notes.length === 0 && <p>{t('plan.notes-none')}</p>}
      <ul className="list">
        {plan.notes.map((note) => (
          <li key={note.id}>
            <div className="plan-note">
              <Standing note={note} />
              <DocumentLinks
                title={t('plan.note-documents')}
                addressIn={(query) =>
                  addressOf(getNoteDocument, { params: { note: note.id }, query })
                }
              />
              {mayWork && !note.sending && (
                <p className="acts noprint">
                  <a
                    className="b"
                    href={addressTo(`/matters/${plan.matter.id}/plan`, { note: note.id })}
                    data-stay
                  >
                    {t('plan.note-open')}
                  </a>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {mayWork && opened && !opened.note.sending && (
        <Opened key={`${opened.note.id}-${opened.text.locale}`} {...opened} />
      )}
    </section>
  )
}

function Standing({ note }: { readonly note: Article54Note }) {
  const { t, locale } = useShell()
  const { sending, madeAt, text } = note
  if (sending) {
    return (
      <>
        <span className="chip ok">{t('plan.note-sent')}</span>
        <span className="block">
          {formatDay(locale, sending.sentOn)}
          {' · '}
          <bdi>{sending.how}</bdi>
          {' · '}
          <bdi>{t('plan.note-signed', { name: sending.signedBy })}</bdi>
        </span>
      </>
    )
  }
  return (
    <>
      <span className="chip">{t('plan.note-draft')}</span>
      <span className="block two sm">
        {t('plan.note-made', { at: formatInstant(locale, madeAt) })}{' '}
        {t(text ? 'plan.note-saved' : 'plan.note-generated')}
      </span>
    </>
  )
}

/** The text of a draft: in which language it is written, changed by a person, then marked as sent. */
function Opened({ note, text }: Output<typeof readNote>) {
  const { t, client, locale } = useShell()
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const save = async (fields: FormData) => {
    const paragraphs = textOf(fields, 'paragraphs')
      .split(/\n\s*\n/)
      .map((one) => one.trim())
      .filter((one) => one !== '')
    await client(saveNote, { params: { note: note.id }, body: { locale: text.locale, paragraphs } })
  }
  const record = async (fields: FormData) => {
    const body = {
      sentOn: textOf(fields, 'sentOn') as Day,
      how: textOf(fields, 'how'),
      signedBy: textOf(fields, 'signedBy'),
    }
    await client(recordNoteSent, { params: { note: note.id }, body })
  }
  return (
    <div className="sign noprint">
      <h3 className="sub">{t('plan.note-text')}</h3>
      {!note.text && (
        <p className="acts">
          {Locale.options.map((one) => (
            <a
              key={one}
              className="b"
              aria-current={one === text.locale || undefined}
              href={addressTo(`/matters/${note.matter}/plan`, { note: note.id, language: one })}
              data-stay
            >
              {names.of(one) ?? one}
            </a>
          ))}
        </p>
      )}
      <p className="note">{t('plan.note-person-signs')}</p>
      <ActForm submit={t('plan.note-save')} isMain={!note.text} deed={save}>
        <label className="check">
          <input type="checkbox" required />
          <span>{t('plan.note-i-read')}</span>
        </label>
        <LongField
          name="paragraphs"
          label={t('plan.note-paragraphs')}
          hint={t('plan.note-paragraphs-hint')}
          rows={16}
          maxLength={40_000}
          lang={text.locale}
          dir="auto"
          defaultValue={text.paragraphs.join('\n\n')}
          required
        />
      </ActForm>
      {note.text && (
        <>
          <h3 className="sub">{t('plan.note-mark-sent')}</h3>
          <ActForm submit={t('plan.note-mark-sent')} isMain deed={record}>
            <Field
              name="signedBy"
              label={t('plan.note-signed-by')}
              maxLength={200}
              dir="auto"
              required
            />
            <Field name="sentOn" label={t('plan.note-sent-on')} type="date" required />
            <Field
              name="how"
              label={t('plan.note-how')}
              hint={t('plan.note-how-hint')}
              maxLength={200}
              dir="auto"
              required
            />
          </ActForm>
        </>
      )}
    </div>
  )
}
