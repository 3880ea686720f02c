import { useRouter } from '@tanstack/react-router'
import { listContributions, type Said } from '@tocsin/api/consultations.ts'
import type { Output } from '@tocsin/api/route.ts'
import { listTakenBack, type TakenBack } from '@tocsin/api/taken-back.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { contributionRef } from '@tocsin/records/stix/contribution.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useShell } from '../shell/context.ts'
import { forgetRoom } from './kept-room.ts'

type Answer = Output<typeof listContributions>
export type Exchange = Answer & {
  /** Where something stood that was taken back. */
  readonly places: readonly TakenBack[]
  /** Read from this device, not from the node. */
  readonly isKept?: true
}

const ASK_MS = 30_000
/** So many answers at most bring what is new: more is read by whoever reads on. */
const MOST_ANSWERS = 10

/** The node knows the reader no more, or lets them read no more. */
const isRefusal = (fault: unknown): fault is Problem =>
  fault instanceof Problem && fault.status < 500 && fault.code !== 'request.too-many'

const isLater = (one: Said, other: Said): number => {
  if (one.saidAt !== other.saidAt) return one.saidAt < other.saidAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}

/** Each once, the newest first. */
const joined = (all: readonly Said[], more: readonly Said[]): readonly Said[] => {
  const fresh = new Map([...all, ...more].map((one) => [one.id, one]))
  return [...fresh.values()].sort(isLater)
}

/**
 * What was said, asked for anew every half minute while somebody looks, and only what came since. Without an answer
 * it stays as it was, and says as of when.
 */
export function useExchange(
  consultation: ConsultationId,
  first: Exchange,
  thread: OrganisationId | undefined,
) {
  const { client } = useShell()
  const router = useRouter()
  const [said, setSaid] = useState<readonly Said[]>(first.contributions)
  const [next, setNext] = useState(first.next)
  const [asOf, setAsOf] = useState<Instant>(first.asOf)
  const [places, setPlaces] = useState(first.places)
  const [isStale, setStale] = useState(first.isKept === true)
  /** Whoever is signed out meanwhile is told so, and keeps what they are writing. */
  const [refusal, setRefusal] = useState<Problem>()
  const wasKept = useRef(first.isKept === true)
  const known = useRef<Omit<Answer, 'contributions' | 'next'>>(first)
  const ask = useCallback(
    (query: { before?: string; after?: Instant }) =>
      client(listContributions, {
        params: { consultation },
        query: thread ? { ...query, thread } : query,
      }),
    [client, consultation, thread],
  )

  /** What was taken back meanwhile is gone from the page as well, and leaves its place. */
  const empty = useCallback(async () => {
    const query = thread ? { thread } : {}
    const answer = await client(listTakenBack, { params: { consultation }, query })
    const gone = new Set<string>(answer.places.map(({ object }) => object))
    setPlaces(answer.places)
    setSaid((all) =>
      all.filter(({ id }) => !gone.has(contributionRef('contribution', id, answer.audience))),
    )
  }, [client, consultation, thread])

  const refresh = useCallback(async () => {
    const after = known.current.asOf
    let before: string | null = null
    let newest: Answer | undefined
    for (let count = 0; count < MOST_ANSWERS; count += 1) {
      const answer: Answer = await ask(before === null ? { after } : { after, before })
      newest ??= answer
      setSaid((all) => joined(all, answer.contributions))
      before = answer.next
      if (before === null) break
    }
    if (!newest) return
    const isChanged = newest.version !== known.current.version
    if (newest.takenBack !== known.current.takenBack) await empty()
    known.current = newest
    setAsOf(newest.asOf)
    // Somebody came or went, or an item was settled: the page is read anew.
    if (isChanged) await router.invalidate()
  }, [ask, empty, router])

  const look = useCallback(async () => {
    await refresh().then(
      async () => {
        setStale(false)
        setRefusal(undefined)
        if (!wasKept.current) return
        // Drawn from what was kept: all of it is read anew, not only what was said.
        wasKept.current = false
        await router.invalidate()
      },
      async (fault: unknown) => {
        const isAnswer = isRefusal(fault)
        setStale(!isAnswer)
        setRefusal(isAnswer ? fault : undefined)
        if (!isAnswer) return
        forgetRoom()
        // Who may read it no more is shown what the node says now.
        if (fault.code !== 'session.required') await router.invalidate()
      },
    )
  }, [refresh, router])

  useEffect(() => {
    if (wasKept.current) void look()
  }, [look])

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look()
    }, ASK_MS)
    const offline = () => setStale(true)
    addEventListener('offline', offline)
    addEventListener('online', look)
    return () => {
      clearInterval(timer)
      removeEventListener('offline', offline)
      removeEventListener('online', look)
    }
  }, [look])

  const readBack = async () => {
    if (next === null) return
    const earlier = await ask({ before: next })
    setSaid((all) => joined(all, earlier.contributions))
    setNext(earlier.next)
  }
  return { said, places, next, asOf, isStale, refusal, look, readBack }
}
