import type { AnyRoute } from '@tanstack/react-router'
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
import { page } from '../shell/page.tsx'

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
    ask: async ({ client }, { params, search }) => {
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
        return { draw: () => <HearingPage key={consultation} {...found} exchange={exchange} /> }
      }
      const { RoomPage } = await import('./RoomPage.tsx')
      const readers = found.isOurs ? await client(listReaders, {}) : []
      const decided = await client(listProposals, one)
      const answer = { found, exchange, news, readers, decided, thread: query.thread }
      return {
        draw: (item: string | undefined) => (
          <RoomPage
            key={`${consultation}/${thread}`}
            {...answer}
            item={Number(item) || undefined}
          />
        ),
      }
    },
    draw: ({ draw }, { search }) => draw(search['item']),
  }),
]
