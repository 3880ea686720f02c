import { useRefused } from '../identity/ActForm.tsx'
import { useShell } from '../shell/context.ts'

type Option = { readonly value: string; readonly says: string }

type Props = {
  readonly name: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly options: readonly Option[]
  readonly chosen?: string | undefined
  /** Side by side where they are few and short. */
  readonly isRow?: boolean
  readonly onChoose?: (value: string) => void
}

/** A choice of one by large targets, each with its words, for thumbs and for those who read slowly. */
export function BigChoice({ name, legend, hint, options, chosen, isRow, onChoose }: Props) {
  const { t } = useShell()
  const isRefused = useRefused(name)
  return (
    <fieldset className="big">
      <legend>{legend}</legend>
      {(hint || isRefused) && (
        <span className={isRefused ? 'hint late' : 'hint'}>
          {isRefused && `${t('form.refused')} `}
          {hint}
        </span>
      )}
      <div className={isRow ? 'opt row' : 'opt'}>
        {options.map(({ value, says }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === chosen}
              onChange={() => onChoose?.(value)}
              required
            />
            <span>{says}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
