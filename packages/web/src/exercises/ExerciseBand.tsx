import { useShell } from '../shell/context.ts'

/** The hatched band of everything that is not real; in a replay with how fast its time runs. */
export function ExerciseBand({ speed }: { readonly speed?: number }) {
  const { t } = useShell()
  return (
    <p className="drill">
      <b>{t('exercise.word')}</b> <span>{t('exercise.means')}</span>
      {speed !== undefined && <b dir="ltr">{t('exercises.speed-mark', { speed })}</b>}
    </p>
  )
}
