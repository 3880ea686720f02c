import type { AnyRoute } from '@tanstack/react-router'
import { getExercise, listExercises } from '@tocsin/api/exercises.ts'
import type { ExerciseId } from '@tocsin/domain/exercise.ts'
import { page } from '../shell/page.tsx'

export const exerciseRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/exercises',
    ask: async ({ client }) => ({
      list: await client(listExercises, {}),
      ...(await import('./ExercisesPage.tsx')),
    }),
    draw: ({ ExercisesPage, list }) => <ExercisesPage {...list} />,
  }),
  page(root, {
    path: '/exercises/$exercise',
    ask: async ({ client }, { params }) => ({
      opened: await client(getExercise, {
        params: { exercise: (params['exercise'] ?? '') as ExerciseId },
      }),
      ...(await import('./ReplayPage.tsx')),
    }),
    draw: ({ ReplayPage, opened }) => <ReplayPage {...opened} />,
  }),
]
