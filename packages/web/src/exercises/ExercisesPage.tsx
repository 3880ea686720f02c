import { type ExerciseList, type ExerciseRow, startExercise } from '@tocsin/api/exercises.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { type Exercise, ExerciseId } from '@tocsin/domain/exercise.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { formatSpan } from '../docket/span.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ExerciseBand } from './ExerciseBand.tsx'

/** The exercises of the organisation, and the form that lets a closed matter be lived through again. */
export function ExercisesPage({ exercises, sources, people }: ExerciseList) {
  const { t } = useShell()
  return (
    <>
      <ExerciseBand />
      <Masthead
        path={<a href="/docket">{t('clocks.path')}</a>}
        title={t('exercises.title')}
        lede={t('exercises.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('exercises.title'), value: String(exercises.length) }]}
      />
      <section className="sec">
        <div className="h">
          <h2>{t('exercises.list')}</h2>
        </div>
        {exercises.length === 0 && <p>{t('exercises.none')}</p>}
        <ul className="list">
          {exercises.map((row) => (
            <ExerciseItem key={row.matter} {...row} />
          ))}
        </ul>
      </section>
      <section className="sec">
        <div className="h">
          <h2>{t('exercises.start')}</h2>
        </div>
        {sources.length === 0 ? (
          <p>{t('exercises.no-sources')}</p>
        ) : (
          <StartForm sources={sources} people={people} />
        )}
      </section>
    </>
  )
}

export function standingOf({ pausedAt, endedAt }: Exercise): 'running' | 'paused' | 'over' {
  if (endedAt !== null) return 'over'
  return pausedAt === null ? 'running' : 'paused'
}

function ExerciseItem({ matter, title, year, number, openedAt, closedAt, replay }: ExerciseRow) {
  const { t } = useShell()
  const isOpen = closedAt === null ? 'running' : 'over'
  const state = replay ? standingOf(replay) : isOpen
  return (
    <li>
      <div>
        <a href={replay ? `/exercises/${replay.id}` : `/matters/${matter}`}>
          <b>{title}</b>
        </a>{' '}
        <span className="chip">{t(`exercises.state-${state}`)}</span>
        <p className="two sm">
          <bdi>{t('exercises.symbol', { year: String(year), number: String(number) })}</bdi>{' '}
          <span>
            {replay ? (
              <bdi>{t('exercises.speed-mark', { speed: replay.speed })}</bdi>
            ) : (
              t('exercises.drill')
            )}
          </span>{' '}
          <Time at={openedAt} />
        </p>
      </div>
    </li>
  )
}

const SPEED = 100

function StartForm({ sources, people }: Pick<ExerciseList, 'sources' | 'people'>) {
  const { t, client } = useShell()
  const start = async (fields: FormData, id: string) => {
    const body = {
      id: ExerciseId.parse(id),
      matter: newId<MatterId>(),
      source: textOf(fields, 'source') as MatterId,
      speed: Number(textOf(fields, 'speed')),
      participants: fields.getAll('participants').map((one) => String(one) as PersonId),
    }
    await client(startExercise, { body })
  }
  return (
    <ActForm isMain submit={t('exercises.begin')} deed={start}>
      <Choice name="source" label={t('exercises.source')}>
        {sources.map(({ matter, title, entries, openedAt, closedAt }) => {
          const span = formatSpan(t, Date.parse(closedAt) - Date.parse(openedAt))
          return (
            <option key={matter} value={matter}>
              {t('exercises.source-named', { title, n: entries, span })}
            </option>
          )
        })}
      </Choice>
      <Field
        name="speed"
        label={t('exercises.speed')}
        hint={t('exercises.speed-hint')}
        type="number"
        min={1}
        max={1000}
        defaultValue={SPEED}
        required
      />
      <fieldset>
        <legend>{t('exercises.participants')}</legend>
        <p className="hint sm two">{t('exercises.participants-hint')}</p>
        {people.map(({ person, name, isReached }) => (
          <label className="check" key={person}>
            <input type="checkbox" name="participants" value={person} />
            {isReached ? name : t('exercises.unreached', { name })}
          </label>
        ))}
      </fieldset>
    </ActForm>
  )
}
