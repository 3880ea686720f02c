import {
  cancelFetch,
  fetchAttachment,
  getSharedAttachment,
  listSharedAttachments,
  type SharedAttachmentLine,
} from '@tocsin/api/attachments.ts'
import { addressOf } from '@tocsin/api/client.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import type { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { useEffect, useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatMegabytes } from '../shell/format.ts'
import { FileProgress } from './FileProgress.tsx'

const BETWEEN_LOOKS_MS = 2_000

type Props = {
  /** The object on whose page they stand. */
  readonly id: ObjectId
  readonly files: readonly SharedAttachmentLine[]
}

/** Files that another organisation shared: how far each is, and what a person can do about it. */
export function SharedFilesPart({ id, files }: Props) {
  const { t } = useShell()
  const shown = useProgress(id, files)
  if (shown.length === 0) return null
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('attachment.title')}</h2>
      </div>
      <p className="two">{t('attachment.shared-hint')}</p>
      <ul className="list">
        {shown.map((file) => (
          <li key={file.id}>
            <div>
              <SharedFile file={file} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const isOnItsWay = ({ state }: SharedAttachmentLine) => state === 'fetching' || state === 'waiting'

/** Looks again while a file is on its way; what the page was drawn with counts until then. */
function useProgress(id: ObjectId, files: readonly SharedAttachmentLine[]) {
  const { client } = useShell()
  const [looked, look] = useState({ files, shown: files })
  const shown = looked.files === files ? looked.shown : files
  const isMoving = shown.some(isOnItsWay)
  useEffect(() => {
    if (!isMoving) return
    const looking = setInterval(() => {
      client(listSharedAttachments, { params: { id } }).then(
        (now) => look({ files, shown: now }),
        () => undefined,
      )
    }, BETWEEN_LOOKS_MS)
    return () => clearInterval(looking)
  }, [client, id, files, isMoving])
  return shown
}

function SharedFile({ file }: { readonly file: SharedAttachmentLine }) {
  const { t, locale } = useShell()
  const { id, name, size, state, sealedSize, kept, fault } = file
  const isHere = state === 'here'
  return (
    <>
      {isHere ? (
        <a href={addressOf(getSharedAttachment, { params: { id } })} download>
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}{' '}
      <span className="mute">{formatMegabytes(locale, size)}</span>{' '}
      <span className="chip">{t(`attachment.state-${state}`)}</span>
      {isOnItsWay(file) && (
        <FileProgress done={kept} size={sealedSize} label={t(`attachment.state-${state}`)} />
      )}
      {fault && (
        <p className={state === 'failed' ? 'late' : 'two'}>{t(`attachment.fault-${fault}`)}</p>
      )}
      <FetchActs file={file} />
    </>
  )
}

function FetchActs({ file }: { readonly file: SharedAttachmentLine }) {
  const { t, client } = useShell()
  if (!mayWork(useActor()) || file.state === 'here') return null
  const params = { id: file.id }
  return (
    <p className="acts noprint">
      {isOnItsWay(file) ? (
        <ActButton
          about={file.name}
          deed={async () => {
            await client(cancelFetch, { params })
          }}
        >
          {t('attachment.cancel')}
        </ActButton>
      ) : (
        <ActButton
          about={file.name}
          deed={async () => {
            await client(fetchAttachment, { params })
          }}
        >
          {t('attachment.fetch')}
        </ActButton>
      )}
    </p>
  )
}
