import { type Docket, getDocket } from '@tocsin/api/docket.ts'
import type { Input } from '@tocsin/api/route.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { useEffect, useState } from 'react'
import { useShell } from '../shell/context.ts'

const MINUTE_MS = 60_000

export type Wanted = Input<typeof getDocket>['query']

type Standing = {
  readonly docket: Docket
  /** The node's time at which the docket stood, carried on by this device. */
  readonly now: Instant
  /** Whether the node did not answer when it was last asked. */
  readonly isStale: boolean
}

/**
 * The docket, asked for anew each minute while somebody looks at it. Without an answer it stays as it
 * was and the clocks go on, counted from the node's own time: a wrong clock of the device is no matter.
 */
export function useDocket(first: Docket, { exercise, rows }: Wanted): Standing {
  const { client } = useShell()
  const [standing, stand] = useState<Standing>(standingAt(first))
  useEffect(() => {
    let docket = first
    let received = performance.now()
    let isGone = false
    stand(standingAt(first))
    const ask = async () => {
      if (document.visibilityState !== 'visible') return
      const answer = await client(getDocket, { query: { exercise, rows } }).catch(() => undefined)
      if (isGone) return
      if (answer) {
        docket = answer
        received = performance.now()
        stand(standingAt(docket))
      } else {
        const now = addMilliseconds(docket.asOf, performance.now() - received)
        stand({ docket, now, isStale: true })
      }
    }
    const comeBack = () => {
      if (performance.now() - received >= MINUTE_MS) void ask()
    }
    const timer = setInterval(() => void ask(), MINUTE_MS)
    document.addEventListener('visibilitychange', comeBack)
    return () => {
      isGone = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', comeBack)
    }
  }, [first, exercise, rows, client])
  return standing
}

const standingAt = (docket: Docket): Standing => ({ docket, now: docket.asOf, isStale: false })
