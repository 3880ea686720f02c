import type { AnyRoute } from '@tanstack/react-router'
import type { Client } from '@tocsin/api/client.ts'
import {
  catchUp,
  getConsultation,
  listConsultations,
  listContributions,
} from '@tocsin/api/consultations.ts'
import { listProposals } from '@tocsin/api/decisions.ts'
import { getMatter } from '@tocsin/api/docket.ts'
import { listReaders } from '@tocsin/api/matters.ts'
import { listTakenBack } from '@tocsin/api/taken-back.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type Answers, recording } from '../shell/answers.ts'
import { type Place, page } from '../shell/page.tsx'
import { forgetRoom } from './kept-room.ts'

export const consultationRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/consultations',
    needs: ['exercise'],
    ask: async ({ client }, { search }) => {
      const exercise = search['exercise'] === 'true'
      const found = await client(listConsultations, { query: { exercise } })
      const { ConsultationsPage } = await import('./ConsultationsPage.tsx')
      return { ConsultationsPage, found, exercise }
    },
    draw: ({ ConsultationsPage, found, exercise }) => (
      <ConsultationsPage {...found} isExercise={exercise} />
    ),
  }),
  page(root, {
    path: '/matters/$matter/consultation',
    ask: async ({ client }, { params }) => {
      const matter = (params['matter'] ?? '') as MatterId
      const { ConvenePage } = await import('./ConvenePage.tsx')
      const [opened, readers] = await Promise.all([
        client(getMatter, { params: { matter } }),
        client(listReaders, {}),
      ])
      return { ConvenePage, opened, readers }
    },
    draw: ({ ConvenePage, opened, readers }) => (
      <ConvenePage matter={opened.matter} readers={readers} />
    ),
  }),
  page(root, {
    path: '/consultations/$id',
    needs: ['thread'],
    ask: async ({ client }, place) => {
      const answers: Answers = {}
      try {
        return await askRoom(recording(client, answers), place, answers)
      } catch (fault) {
        // Whom the node lets in no more keeps nothing of it on their device.
        if (fault instanceof Problem && typeof document !== 'undefined') forgetRoom()
        throw fault
      }
    },
    draw: ({ draw }, { search }) => draw(search['item']),
  }),
]

/** What a room is drawn from, and how. */
async function askRoom(client: Client, { params, search }: Place, answers: Answers) {
  const consultation = ConsultationId.safeParse(params['id']).data
  if (!consultation) throw new Problem('consultation.not-found')
  const one = { params: { consultation } }
  const found = await client(getConsultation, one)
  // Whoever is heard reads their own thread, and nothing else.
  const thread = found.view === 'hearing' ? found.hearing.hears : search['thread']
  const query = thread ? { thread: thread as never } : {}
  const [said, news] = await Promise.all([
    client(listContributions, { ...one, query }),
    client(catchUp, one),
  ])
  const empty = said.takenBack > 0 ? await client(listTakenBack, { ...one, query }) : undefined
  const exchange = { ...said, places: empty?.places ?? [] }
  if (found.view === 'hearing') {
    const { HearingPage } = await import('./HearingPage.tsx')
    const answer = { ...found, exchange, answers }
    return { draw: () => <HearingPage key={consultation} {...answer} /> }
  }
  const { RoomPage } = await import('./RoomPage.tsx')
  const readers = found.isOurs ? await client(listReaders, {}) : []
  const decided = await client(listProposals, one)
  const answer = { found, exchange, news, readers, decided, thread: query.thread, answers }
  return {
    draw: (item: string | undefined) => (
      <RoomPage key={`${consultation}/${thread}`} {...answer} item={Number(item) || undefined} />
    ),
  }
}
