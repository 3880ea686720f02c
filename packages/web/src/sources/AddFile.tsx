import { getImport, importFile } from '@tocsin/api/sources.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ImportId, ImportReport } from '@tocsin/domain/source.ts'
import { type FormEvent, useState } from 'react'
import { useReady } from '../identity/ActForm.tsx'
import { FaultNote } from '../identity/FaultNote.tsx'
import { Field } from '../identity/Field.tsx'
import { useAct } from '../identity/use-act.ts'
import { useShell } from '../shell/context.ts'
import { formatNumber } from '../shell/format.ts'
import { ReportNote } from './ReportNote.tsx'

const betweenLooksMs = 700

/** Gives the node a publisher's file: how far it is while it is read, and what came of it. */
export function AddFile() {
  const { t, client } = useShell()
  const ready = useReady()
  const { run, busy, fault } = useAct()
  const [report, show] = useState<ImportReport>()
  const [size, keepSize] = useState(0)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { file, leaveOutBad } = fieldsOf(event.currentTarget)
    if (!file) return
    keepSize(file.size)
    show(undefined)
    void run(async () => {
      const params = { import: newId<ImportId>() }
      const query = { name: file.name, ...(leaveOutBad && { leaveOutBad: 'yes' as const }) }
      const looking = setInterval(() => {
        client(getImport, { params }).then(show, () => undefined)
      }, betweenLooksMs)
      try {
        const ended = await client(importFile, { params, query, stream: file })
        clearInterval(looking)
        show(ended)
      } finally {
        clearInterval(looking)
      }
    })
  }
  return (
    <form onSubmit={send} className="form">
      <fieldset disabled={!ready || busy}>
        <Field
          name="file"
          type="file"
          accept=".csv,.json,.gz,.zip,.geojson"
          label={t('data.file')}
          hint={t('data.file-hint')}
          required
        />
        <label className="check">
          <input type="checkbox" name="leaveOutBad" />
          {t('data.leave-out-bad')}
        </label>
        <button type="submit" className="b l p">
          {t(busy ? 'data.reading' : 'data.take-in')}
        </button>
      </fieldset>
      {busy && <Progress report={report} size={size} />}
      <FaultNote fault={fault} />
      {report && report.state !== 'running' && <ReportNote report={report} />}
    </form>
  )
}

function fieldsOf(form: HTMLFormElement) {
  const fields = new FormData(form)
  const file = fields.get('file')
  return {
    // Where none was chosen browsers give one without a name; an empty one is told so by the node.
    file: file instanceof File && file.name !== '' ? file : undefined,
    leaveOutBad: fields.has('leaveOutBad'),
  }
}

type ProgressProps = { readonly report: ImportReport | undefined; readonly size: number }

function Progress({ report, size }: ProgressProps) {
  const { t, locale } = useShell()
  return (
    <p role="status">
      <progress max={size} value={report?.bytesRead ?? 0} aria-label={t('data.reading')} />{' '}
      {t('data.rows-so-far', { rows: formatNumber(locale, report?.rowsRead ?? 0) })}
    </p>
  )
}
