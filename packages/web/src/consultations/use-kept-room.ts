import { addressOf } from '@tocsin/api/client.ts'
import { listContributions } from '@tocsin/api/consultations.ts'
import { listTakenBack } from '@tocsin/api/taken-back.ts'
import type { Marking } from '@tocsin/domain/audience.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { placeOf } from '@tocsin/domain/contribution.ts'
import { mayBeKept } from '@tocsin/domain/kept-copy.ts'
import { useEffect, useState } from 'react'
import { useSelf } from '../identity/self.ts'
import { addressTo } from '../shell/address.ts'
import type { Answers } from '../shell/answers.ts'
import { useShell } from '../shell/context.ts'
import { keepFiles } from '../shell/worker.ts'
import { forgetRoom, keepRoom } from './kept-room.ts'
import type { Exchange, useExchange } from './use-exchange.ts'

/** What is needed to draw a room again without the node. */
export type Keeping = {
  readonly marking: Marking
  readonly title: string
  /** What the page was drawn from. */
  readonly answers: Answers
}

/** So much is read again without a link: more would fill the device. */
const MOST_SAID = 100

/** Keeps the room in front of the reader on their device as it now stands, with the files it is drawn by. */
export function useKeptRoom(
  { marking, title, answers }: Keeping,
  consultation: ConsultationId,
  thread: OrganisationId | undefined,
  first: Exchange,
  { said, places, next, asOf, isStale }: ReturnType<typeof useExchange>,
): void {
  const self = useSelf()
  const { locale, theme, keys } = useShell()
  const isKept = self !== null && mayBeKept(marking)
  const [hasFiles, setFiles] = useState(false)
  useEffect(() => {
    // Without the files that draw it, a room on the device could not be read.
    if (isKept) void keepFiles().then(setFiles, () => undefined)
    // It may have been kept before it was marked for fewer eyes.
    else forgetRoom()
  }, [isKept])
  useEffect(() => {
    // What was read from the device is as old as it was there.
    if (!self || !isKept || !hasFiles || isStale || first.isKept) return
    const contributions = said.slice(0, MOST_SAID)
    const last = contributions.at(-1)
    const input = { params: { consultation }, query: thread ? { thread } : {} }
    const back = addressOf(listTakenBack, input)
    const kept = {
      ...answers,
      [addressOf(listContributions, input)]: {
        ...first,
        asOf,
        contributions,
        next: said.length > MOST_SAID && last ? placeOf(last) : next,
        takenBack: Math.max(first.takenBack, places.length),
        isKept: true,
      },
      [back]: { ...(answers[back] as object | undefined), places },
    }
    const path = addressTo(`/consultations/${consultation}`, { thread: thread ?? '' })
    const room = { self, path, title, answers: kept, reader: { locale, theme, keys } }
    // A device that is full keeps the room that it has.
    void keepRoom(room).catch(() => undefined)
  }, [
    self,
    isKept,
    hasFiles,
    answers,
    consultation,
    thread,
    title,
    first,
    said,
    places,
    next,
    asOf,
    isStale,
    locale,
    theme,
    keys,
  ])
}
