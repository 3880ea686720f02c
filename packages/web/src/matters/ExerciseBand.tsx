import { useShell } from '../shell/context.ts'

/** Above everything of a drill, on screen and on paper: hatched, and in words. */
export function ExerciseBand() {
  const { t } = useShell()
  return (
    <p className="drill">
      <b>{t('exercise.word')}</b> <span>{t('exercise.means')}</span>
    </p>
  )
}
