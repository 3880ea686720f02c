import { attachReport } from '@tocsin/api/reports.ts'
import { ReportId } from '@tocsin/domain/report.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { BigChoice } from '../docket/BigChoice.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import type { ActPartProps } from './ActPart.tsx'

/** Puts a report that stands on no matter yet on this one, or writes a new one for it. */
export function AttachForm({ opened: { matter }, loose }: ActPartProps) {
  const { t, client } = useShell()
  const fitting = loose.filter(({ isExercise }) => isExercise === matter.isExercise)
  const attach = async (fields: FormData) => {
    const report = ReportId.parse(textOf(fields, 'report'))
    await client(attachReport, { params: { matter: matter.id, report } })
  }
  return (
    <>
      <p className="acts">
        <a className="b" href={addressTo('/reports/new', { matter: matter.id })}>
          {t('attach.write')}
        </a>
      </p>
      {fitting.length === 0 && <p className="two">{t('attach.none')}</p>}
      {fitting.length > 0 && (
        <ActForm submit={t('attach.attach')} isMain deed={attach}>
          <BigChoice
            name="report"
            legend={t('attach.loose')}
            hint={t('attach.hint')}
            options={fitting.map((one) => ({
              value: one.id,
              says: `${symbolOf('R', one)} · ${one.sourceGrade}${one.informationGrade} · ${one.what.slice(0, 160)}`,
            }))}
          />
        </ActForm>
      )}
    </>
  )
}
