import { WarningLevel } from '@tocsin/domain/level.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { useShell } from '../shell/context.ts'

type Props = { readonly level: WarningLevel; readonly onChange: (level: WarningLevel) => void }

/** How grave it is judged to be: a warning has one of five levels. */
export function LevelChoice({ level, onChange }: Props) {
  const { t } = useShell()
  return (
    <fieldset className="bare">
      <legend className="vh">{t('warning.level')}</legend>
      <div className="lvp">
        {WarningLevel.options.map(({ value }) => (
          <label key={value} style={{ '--chosen': `var(--lv-${value}-bg)` } as object}>
            <input
              type="radio"
              name="level"
              checked={value === level}
              onChange={() => onChange(value)}
            />
            <LevelMark level={value} size={24} />
            {/* The mark says it whole to those who hear it. */}
            <span aria-hidden="true">{t(`level.${value}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
