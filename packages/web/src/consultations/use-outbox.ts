import type { Client } from '@tocsin/api/client.ts'
import { contribute } from '@tocsin/api/consultations.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { ContributionId, Saying, Waiting } from '@tocsin/domain/contribution.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { dropFromOutbox, putInOutbox, readOutbox, refuseInOutbox } from './outbox.ts'

const RETRY_MS = 15_000

/** What the node may answer differently later, and what was never answered. */
const isPassing = (fault: unknown): boolean =>
  !(fault instanceof Problem) ||
  fault.status >= 500 ||
  ['session.required', 'request.too-many'].includes(fault.code)

const send = (client: Client, { consultation, contribution, thread, saying: body }: Waiting) =>
  client(contribute, {
    params: { consultation, contribution },
    query: thread ? { thread } : {},
    body,
  }).then(
    () => undefined,
    (fault: unknown) => fault,
  )

/** One after the other, for they are said in their order; answers how many the node has decided about. */
async function sendAll(client: Client, person: PersonId): Promise<number> {
  let count = 0
  for (const one of readOutbox(person).filter(({ refusal }) => refusal === null)) {
    const fault = await send(client, one)
    if (fault !== undefined && isPassing(fault)) break
    if (fault === undefined) dropFromOutbox(person, one.contribution)
    else refuseInOutbox(person, one.contribution, fault instanceof Problem ? fault.code : '')
    count += 1
  }
  return count
}

/**
 * What this person says in a room: put on the device first and sent from there, one after the other, until the node
 * has it. What the node will not take stays to be read until the person discards it.
 */
export function useOutbox(
  consultation: ConsultationId,
  thread: OrganisationId | undefined,
  onSent: () => Promise<void>,
) {
  const { client } = useShell()
  const person = useSelf()?.person
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  const isSending = useRef(false)
  const sent = useRef(onSent)
  sent.current = onSent
  const look = useCallback(() => {
    const all = person ? readOutbox(person) : []
    setWaiting(
      all.filter(
        (one) => one.consultation === consultation && (one.thread ?? undefined) === thread,
      ),
    )
  }, [person, consultation, thread])

  const flush = useCallback(async () => {
    if (!person || isSending.current) return
    isSending.current = true
    const count = await sendAll(client, person)
    isSending.current = false
    look()
    if (count > 0) await sent.current().catch(() => undefined)
  }, [client, person, look])

  useEffect(() => {
    look()
    void flush()
    const again = () => void flush()
    const timer = setInterval(again, RETRY_MS)
    addEventListener('online', again)
    return () => {
      clearInterval(timer)
      removeEventListener('online', again)
    }
  }, [look, flush])

  const put = async (saying: Omit<Saying, 'writtenAt'>): Promise<void> => {
    if (!person) return
    // Told only where it had to wait: what is sent at once is said at once.
    const writtenAt = navigator.onLine ? null : (new Date().toISOString() as Saying['writtenAt'])
    const contribution = newId<ContributionId>()
    const one = { consultation, thread: thread ?? null, contribution, refusal: null }
    putInOutbox(person, { ...one, saying: { ...saying, writtenAt } })
    look()
    await flush()
  }
  const drop = (contribution: ContributionId) => {
    if (person) dropFromOutbox(person, contribution)
    look()
  }
  const retry = async (contribution: ContributionId) => {
    if (person) refuseInOutbox(person, contribution, null)
    await flush()
  }
  return { waiting, put, drop, retry }
}
