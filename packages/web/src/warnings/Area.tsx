import { useId } from 'react'

type Props = {
  readonly label: string
  /** Where the words beside it say already what it is. */
  readonly isLabelHidden?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly lang?: string | undefined
  readonly maxLength?: number
  /** Whether it is one line however it is folded: a pasted line break becomes a space. */
  readonly isLine?: boolean
}

/** Several lines of text with a label. */
export function Area({ label, isLabelHidden, isLine, value, onChange, ...area }: Props) {
  const id = useId()
  return (
    <div className="f">
      <label htmlFor={id} className={isLabelHidden ? 'vh' : undefined}>
        {label}
      </label>
      <textarea
        {...area}
        id={id}
        rows={area.rows ?? 3}
        maxLength={area.maxLength ?? 8000}
        dir="auto"
        value={value}
        onChange={({ target }) =>
          onChange(isLine ? target.value.replace(/\s*\n\s*/g, ' ') : target.value)
        }
      />
    </div>
  )
}
