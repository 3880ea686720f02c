import type { ImportReport } from '@tocsin/domain/source.ts'
import { useShell } from '../shell/context.ts'

/** How an import ended, with every row that was not understood, its line and the reason. */
export function ReportNote({ report }: { readonly report: ImportReport }) {
  const { t } = useShell()
  const { state, file, rowsRead, leftOut, badRows, adjusted, bad, problem, vintage } = report
  const isDone = state === 'kept' || state === 'unchanged'
  return (
    <div role="status" className={isDone ? 'said' : 'fault'}>
      <p>{t(`sources.import-${state}`, { file, rows: rowsRead, vintage: vintage ?? '' })}</p>
      {problem && <p>{t(`problem.${problem.code}`, problem.details as Record<string, string>)}</p>}
      {leftOut > 0 && <p>{t('sources.left-out', { rows: leftOut })}</p>}
      {adjusted > 0 && <p>{t('sources.adjusted', { rows: adjusted })}</p>}
      {badRows > 0 && <p>{t('sources.bad-rows', { rows: badRows })}</p>}
      {bad.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
        <ol className="badrows" tabIndex={0}>
          {bad.map(({ line, reason, details }) => (
            <li key={`${line} ${reason} ${JSON.stringify(details)}`}>
              {t('sources.line', { line })} {t(`sources.row.${reason}`, details)}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
