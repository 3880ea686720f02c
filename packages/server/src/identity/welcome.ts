import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Exchange } from '../http/endpoint.ts'
import { readSelf } from './queries.ts'
import { findActor, setSessionCookie } from './sessions.ts'
import type { SignedIn } from './sign-in.ts'

/** Hands the session to the browser and tells whose it is. */
export async function welcome(app: App, { token, actor }: SignedIn, { reply }: Exchange) {
  setSessionCookie(app, reply, token)
  return { self: await readSelf(app, actor) }
}

/** The person as they stand after the command, with the proof they just gave. */
export async function again(app: App, { request }: Exchange) {
  const actor = await findActor(app, request)
  if (!actor) throw new Problem('session.required')
  return { self: await readSelf(app, actor) }
}
