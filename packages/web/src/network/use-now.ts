import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { useEffect, useState } from 'react'

const TICK_MS = 15_000

/** The node's time at which the page was read, carried on by this device. */
export function useNow(asOf: Instant): Instant {
  const [now, set] = useState(asOf)
  useEffect(() => {
    const read = performance.now()
    set(asOf)
    const tick = () => set(addMilliseconds(asOf, performance.now() - read))
    const timer = setInterval(tick, TICK_MS)
    return () => clearInterval(timer)
  }, [asOf])
  return now
}
