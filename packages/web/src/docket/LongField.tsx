import { type ComponentProps, useId } from 'react'
import { useRefused } from '../identity/ActForm.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
} & ComponentProps<'textarea'>

/** A labelled field for text of several lines; what the node refused is marked and said. */
export function LongField({ name, label, hint, rows = 4, ...area }: Props) {
  const { t } = useShell()
  const id = useId()
  const isRefused = useRefused(name)
  const hasHint = hint !== undefined || isRefused
  return (
    <div className="f">
      <label htmlFor={id}>{label}</label>
      {hasHint && (
        <span id={`${id}-hint`} className={isRefused ? 'hint late' : 'hint'}>
          {isRefused && `${t('form.refused')} `}
          {hint}
        </span>
      )}
      <textarea
        maxLength={8000}
        {...area}
        id={id}
        name={name}
        rows={rows}
        aria-invalid={isRefused || undefined}
        aria-describedby={hasHint ? `${id}-hint` : undefined}
      />
    </div>
  )
}
