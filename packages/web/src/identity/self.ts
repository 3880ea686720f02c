import type { Self } from '@tocsin/api/session.ts'
import { type Actor, visitor } from '@tocsin/domain/actor.ts'
import { createContext, useContext } from 'react'

export const SelfContext = createContext<Self | null>(null)

/** Who is signed in; null for visitors. */
export function useSelf(): Self | null {
  return useContext(SelfContext)
}

/** The same as the rules of the domain name it; the node itself decides, this only spares refusals. */
export const useActor = (): Actor => actorOf(useSelf())

export function actorOf(self: Self | null): Actor {
  if (!self) return visitor
  const { person, roles, session, steppedUpUntil } = self
  const organisation = self.organisation.id
  return { kind: 'person', person, organisation, roles, session, credential: '', steppedUpUntil }
}
