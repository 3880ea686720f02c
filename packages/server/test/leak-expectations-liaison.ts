import { desk, type Expectation, writers } from './leak-callers.ts'

const plantedRequest = {
  kind: 'training',
  direction: 'to-office',
  subject: 'Planted',
  text: 'Planted',
  locale: 'en',
  matter: null,
  wantedBy: null,
  cameOn: null,
}

/** Who may pass the door of each route between the organisation and the UN Office. */
export const liaisonExpectations: Readonly<Record<string, Expectation>> = {
  'GET /api/liaison': { letIn: desk },
  'PUT /api/liaison/requests/:request': { letIn: writers, body: plantedRequest },
  'POST /api/liaison/requests/:request/steps': {
    letIn: writers,
    body: { to: 'acknowledged', on: '2026-01-01', how: null, text: null },
  },
  'PUT /api/liaison/capacity-checks/:check': {
    letIn: writers,
    body: { answers: { staff: { answer: 'no', note: 'Planted' } } },
  },
  'GET /api/matters/:matter/liaison': { letIn: desk },
  'PUT /api/matters/:matter/liaison-notes/:note': {
    letIn: writers,
    body: {
      locale: 'en',
      chosen: [{ kind: 'report', id: 'NEW', factors: [7] }],
      judgements: [],
    },
  },
  'POST /api/liaison/notes/:note/release': { letIn: writers },
  'POST /api/liaison/notes/:note/hand-over': {
    letIn: writers,
    body: { handedOn: '2026-01-01', how: 'Planted', to: 'Planted' },
  },
  'POST /api/liaison/notes/:note/send': { letIn: writers, body: { office: 'ORGANISATION' } },
  'POST /api/liaison/received/:object/receipt': { letIn: writers, body: { words: null } },
  'POST /api/liaison/notes/:note/receipt': {
    letIn: writers,
    body: { on: '2026-01-01', words: null },
  },
  'GET /api/liaison/notes/:note/document': { letIn: desk },
}
