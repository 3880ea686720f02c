import type { Self } from '@tocsin/api/session.ts'
import { createContext, useContext } from 'react'

export const SelfContext = createContext<Self | null>(null)

/** Who is signed in; null for visitors. */
export function useSelf(): Self | null {
  return useContext(SelfContext)
}
