import { Confidence, Level } from '@tocsin/domain/level.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

const levels = [0, 1, 2, 3, 4, 5] as const

type Props = Pick<Matter, 'level' | 'confidence'> & { readonly onLevel?: (level: Level) => void }

/** At which level a matter is judged to stand, and how sure those are who judge. */
export function JudgementFields({ level, confidence, onLevel }: Props) {
  const { t } = useShell()
  return (
    <>
      <Choice
        name="level"
        label={t('assess.level')}
        defaultValue={level}
        onChange={({ target }) => onLevel?.(Level.parse(Number(target.value)))}
      >
        {levels.map((one) => (
          <option key={one} value={one}>
            {t('assess.level-option', { level: one, name: t(`level.${one}`) })}
          </option>
        ))}
      </Choice>
      <Choice
        name="confidence"
        label={t('assess.confidence')}
        defaultValue={confidence ?? 'moderate'}
      >
        {Confidence.options.map((one) => (
          <option key={one} value={one}>
            {t(`confidence.${one}`)}
          </option>
        ))}
      </Choice>
    </>
  )
}

export const judgementIn = (fields: FormData) => ({
  level: Level.parse(Number(textOf(fields, 'level'))),
  confidence: Confidence.parse(textOf(fields, 'confidence')),
})
