import { getAttachment, removeAttachment } from '@tocsin/api/attachments.ts'
import { addressOf } from '@tocsin/api/client.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { type Attachment, type AttachmentId, attachmentEndings } from '@tocsin/domain/attachment.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { useState } from 'react'
import { ActForm } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { WithdrawalFields, withdrawalIn } from '../network/withdrawal/WithdrawalFields.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatMegabytes } from '../shell/format.ts'
import { FileProgress } from './FileProgress.tsx'
import { sendFile } from './send-file.ts'

type Props = Pick<OpenedMatter, 'matter' | 'attachments'> & { readonly mayWork: boolean }

/** The files of a matter: to save, to add one, and to take one off again. */
export function AttachmentsPart({ matter, attachments, mayWork }: Props) {
  const { t } = useShell()
  const mayAdd = mayWork && matter.closedAt === null
  if (attachments.length === 0 && !mayAdd) return null
  return (
    <section>
      <div className="h">
        <h2>{t('attachment.title')}</h2>
      </div>
      {attachments.length === 0 && <p className="two">{t('attachment.none')}</p>}
      <ul className="list">
        {attachments.map((attachment) => (
          <li key={attachment.id}>
            <div>
              <Saved attachment={attachment} />
              {mayWork && <Removal attachment={attachment} />}
            </div>
          </li>
        ))}
      </ul>
      {mayAdd && <AddForm matter={matter} />}
    </section>
  )
}

function Saved({ attachment }: { readonly attachment: Attachment }) {
  const { locale } = useShell()
  const { id, name, size, addedAt, addedBy } = attachment
  return (
    <>
      <a href={addressOf(getAttachment, { params: { attachment: id } })} download>
        <bdi>{name}</bdi>
      </a>{' '}
      <span className="mute">{formatMegabytes(locale, size)}</span>
      <small className="block mute">
        {addedBy && (
          <>
            <bdi>{addedBy}</bdi>
            {' · '}
          </>
        )}
        {formatInstant(locale, addedAt)}
      </small>
    </>
  )
}

function Removal({ attachment: { id, name } }: { readonly attachment: Attachment }) {
  const { t, client } = useShell()
  const remove = async (fields: FormData) => {
    await client(removeAttachment, { params: { attachment: id }, body: withdrawalIn(fields) })
  }
  return (
    <details className="sure noprint">
      <summary>
        {t('attachment.remove')}
        <span className="vh"> {name}</span>
      </summary>
      <p>{t('attachment.remove-means')}</p>
      <ActForm submit={t('attachment.remove')} deed={remove}>
        <WithdrawalFields />
      </ActForm>
    </details>
  )
}

function AddForm({ matter }: { readonly matter: Matter }) {
  const { t } = useShell()
  const [leaving, setLeaving] = useState<{ readonly sent: number; readonly size: number }>()
  const add = async (fields: FormData, id: string) => {
    const file = fields.get('file')
    if (!(file instanceof File)) return
    const params = { matter: matter.id, attachment: id as AttachmentId }
    try {
      await sendFile({ params }, file, (sent) => setLeaving({ sent, size: file.size }))
    } finally {
      setLeaving(undefined)
    }
  }
  return (
    <details className="sure noprint">
      <summary>{t('attachment.add-file')}</summary>
      <ActForm submit={t('attachment.add')} deed={add}>
        <Field
          name="file"
          type="file"
          accept={attachmentEndings}
          label={t('attachment.file')}
          hint={t('attachment.file-hint')}
          required
        />
        {leaving && (
          <FileProgress {...leaving} done={leaving.sent} label={t('attachment.sending')} />
        )}
      </ActForm>
    </details>
  )
}
