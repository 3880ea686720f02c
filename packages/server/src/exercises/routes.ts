import * as api from '@tocsin/api/exercises.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { startExercise, steerExercise } from './commands.ts'
import { listExercises, readExercise } from './queries.ts'

export const exerciseEndpoints: readonly Endpoint[] = [
  handle(api.listExercises, mayWork, listExercises),
  handle(api.startExercise, mayWork, (app, actor, { body }) => startExercise(app, actor, body)),
  handle(api.getExercise, mayWork, (app, actor, { params }) =>
    readExercise(app, actor, params.exercise),
  ),
  handle(api.steerExercise, mayWork, (app, actor, { params, body }) =>
    steerExercise(app, actor, params.exercise, body),
  ),
]
