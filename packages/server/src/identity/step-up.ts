import type { Actor, PersonActor } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'

/** The person who asks; the operator, the system and visitors have no account of their own. */
export function requirePerson(actor: Actor): PersonActor {
  if (actor.kind === 'person') return actor
  throw new Problem(actor.kind === 'visitor' ? 'session.required' : 'permission.denied')
}

/**
 * A sensitive act wants a passkey or a code shown within the last five minutes, so that a screen
 * left open is not enough. The operator holds the machine itself and shows nothing.
 */
export function requireStepUp(app: App, actor: Actor): void {
  if (actor.kind !== 'person') return
  const { steppedUpUntil } = actor
  if (steppedUpUntil === null || steppedUpUntil <= app.clock()) {
    throw new Problem('session.step-up-required')
  }
}
