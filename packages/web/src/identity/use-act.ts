import { useRouter } from '@tanstack/react-router'
import { Problem } from '@tocsin/domain/problem.ts'
import { createContext, useContext, useRef, useState } from 'react'

/** Asks for a fresh proof of identity; false when the person would rather not. */
type Prove = () => Promise<boolean>

/** Set by `StepUp` around the pages whose acts may ask for a fresh proof. */
export const ProofContext = createContext<Prove | undefined>(undefined)

type Standing = { readonly busy: boolean; readonly done: boolean; readonly fault: unknown }

/**
 * Does an act of the person on the page, one at a time: shows a passkey or a code again where the
 * node wants that and repeats the act, then reads the page's figures anew.
 */
export function useAct() {
  const router = useRouter()
  const prove = useContext(ProofContext)
  const running = useRef(false)
  const [standing, stand] = useState<Standing>({ busy: false, done: false, fault: undefined })
  const run = async (deed: () => Promise<void>): Promise<void> => {
    if (running.current) return
    running.current = true
    stand({ busy: true, done: false, fault: undefined })
    try {
      await withProof(deed, prove)
      await router.invalidate()
      stand({ busy: false, done: true, fault: undefined })
    } catch (fault) {
      stand({ busy: false, done: false, fault })
    } finally {
      running.current = false
    }
  }
  return { ...standing, run }
}

async function withProof(deed: () => Promise<void>, prove: Prove | undefined): Promise<void> {
  try {
    await deed()
  } catch (error) {
    const isAsked = error instanceof Problem && error.code === 'session.step-up-required'
    if (!isAsked || !prove || !(await prove())) throw error
    await deed()
  }
}
