import type { CitedReport } from '@tocsin/api/opened-warning.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Area } from './Area.tsx'
import type { Part } from './TextPart.tsx'

/** The reports on the matter that the letter rests on. */
export function EvidencePart({
  draft,
  change,
  reports,
}: Part & { readonly reports: readonly CitedReport[] }) {
  const { t, locale } = useShell()
  const { evidence } = draft
  const toggle = (id: CitedReport['id']) =>
    change({
      evidence: evidence.includes(id) ? evidence.filter((one) => one !== id) : [...evidence, id],
    })
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('warning.evidence')}</h2>
        <span className="more">{t('warning.evidence-chosen', { n: evidence.length })}</span>
      </div>
      {reports.length === 0 && <p>{t('warning.evidence-none')}</p>}
      <div className="cd">
        {reports.map((report) => (
          <label key={report.id}>
            <input
              type="checkbox"
              checked={evidence.includes(report.id)}
              onChange={() => toggle(report.id)}
            />
            <span>
              {t('warning.report', {
                number: `${report.year}/${report.number}`,
                grade: `${report.sourceGrade}${report.informationGrade}`,
              })}
            </span>
            <small>
              {formatDay(locale, report.fromDay)}
              {': '}
              <bdi className="clip">{report.what}</bdi>
            </small>
          </label>
        ))}
      </div>
    </section>
  )
}

/** Whoever judges otherwise is heard in full, beside the letter. */
export function DissentPart({ draft, change }: Part) {
  const { t } = useShell()
  const { dissents } = draft
  const set = (index: number, patch: Partial<(typeof dissents)[number]>) =>
    change({ dissents: dissents.map((one, at) => (at === index ? { ...one, ...patch } : one)) })
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('warning.dissent')}</h2>
        <span className="more">{t('warning.dissent-note')}</span>
      </div>
      {dissents.map((dissent, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a dissent is what stands at its place
        <div key={index} className="line">
          <div className="fields">
            <Area
              label={t('warning.dissent-by')}
              rows={1}
              isLine
              maxLength={200}
              value={dissent.by}
              onChange={(by) => set(index, { by })}
            />
            <Area
              label={t('warning.dissent-text')}
              lang={draft.locale}
              value={dissent.text}
              onChange={(text) => set(index, { text })}
            />
          </div>
          <button
            type="button"
            className="b q"
            onClick={() => change({ dissents: dissents.filter((_, at) => at !== index) })}
          >
            {t('form.remove')}
            <span className="vh">{dissent.by}</span>
          </button>
        </div>
      ))}
      {dissents.length < 10 && (
        <button
          type="button"
          className="b"
          onClick={() => change({ dissents: [...dissents, { by: '', text: '' }] })}
        >
          {t('warning.add-dissent')}
        </button>
      )}
    </section>
  )
}
