import { useShell } from '../shell/context.ts'
import { Area } from './Area.tsx'

type Props = {
  readonly label: (n: number) => string
  readonly add: string
  readonly lines: readonly string[]
  readonly most: number
  readonly rows: number
  readonly maxLength: number
  readonly lang: string
  readonly isLine?: boolean
  readonly onChange: (lines: string[]) => void
}

/** Numbered texts, one under another: each may be changed or taken out, and more added. */
export function Lines({ label, add, lines, most, onChange, ...area }: Props) {
  const { t } = useShell()
  return (
    <div className="lines">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is what stands at its place
        <div key={index} className="line">
          <Area
            {...area}
            label={label(index + 1)}
            value={line}
            onChange={(value) => onChange(lines.with(index, value))}
          />
          <button
            type="button"
            className="b q"
            onClick={() => onChange(lines.filter((_, at) => at !== index))}
          >
            {t('form.remove')}
            <span className="vh">{label(index + 1)}</span>
          </button>
        </div>
      ))}
      {lines.length < most && (
        <button type="button" className="b" onClick={() => onChange([...lines, ''])}>
          {add}
        </button>
      )}
    </div>
  )
}
