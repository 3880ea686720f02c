import { useShell } from '../shell/context.ts'

/** On every page of an exercise, so that nobody takes it for the real thing. */
export function DrillBand({ isExercise }: { readonly isExercise: boolean }) {
  const { t } = useShell()
  if (!isExercise) return null
  return (
    <p className="drill">
      <b>{t('exercise.word')}</b> {t('exercise.means')}
    </p>
  )
}
