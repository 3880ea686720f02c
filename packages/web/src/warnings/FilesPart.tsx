import { getWarningAsCap } from '@tocsin/api/cap.ts'
import { addressOf } from '@tocsin/api/client.ts'
import { getLetter } from '@tocsin/api/documents.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import type { Warning } from '@tocsin/domain/warning.ts'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'

/** The warning to carry away: as a letter, as an alert that other programs read, as a list of calls. */
export function FilesPart({ warning }: { readonly warning: Warning }) {
  const { t, locale } = useShell()
  const isOwn = mayReadOwn(useActor(), warning)
  const params = { warning: warning.id }
  const letter = (format: 'pdf' | 'docx') =>
    addressOf(getLetter, { params, query: { format, locale } })
  return (
    <p className="acts noprint">
      <a className="b" href={letter('pdf')} download>
        {t('warning.file-pdf')}
      </a>
      <a className="b" href={letter('docx')} download>
        {t('warning.file-docx')}
      </a>
      <a
        className="b"
        href={addressOf(getWarningAsCap, { params, query: { message: 'latest' } })}
        download
      >
        {t('warning.file-cap')}
      </a>
      {isOwn && (
        <a className="b" href={`/warnings/${warning.id}/calls`}>
          {t('warning.calls')}
        </a>
      )}
    </p>
  )
}
