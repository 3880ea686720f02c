import { desk, type Expectation, writers } from './leak-callers.ts'

const said = {
  kind: 'statement',
  item: null,
  locale: 'en',
  text: [{ kind: 'paragraph', runs: ['Planted'] }],
}

const saying = {
  ...said,
  replyTo: null,
  writtenAt: null,
  translates: null,
}

/** The routes of consultations. */
export const consultationExpectations: Readonly<Record<string, Expectation>> = {
  'GET /api/consultations': { letIn: desk },
  'POST /api/matters/:matter/rooms/preview': { letIn: writers, body: {} },
  'POST /api/matters/:matter/rooms': { letIn: writers, body: {} },
  'GET /api/consultations/:consultation': { letIn: desk },
  'GET /api/consultations/:consultation/contributions': { letIn: desk },
  'GET /api/consultations/:consultation/contributions/:contribution': { letIn: desk },
  'PUT /api/consultations/:consultation/contributions/:contribution': {
    letIn: writers,
    body: saying,
  },
  'GET /api/consultations/:consultation/taken-back': { letIn: desk },
  'GET /api/consultations/:consultation/catch-up': { letIn: desk },
  'PUT /api/consultations/:consultation/look': {
    letIn: desk,
    body: { asOf: '2026-01-01T00:00:00.000Z' },
  },
  'POST /api/consultations/:consultation/agenda': { letIn: writers, body: { title: 'Planted' } },
  'PUT /api/consultations/:consultation/agenda/:n': {
    letIn: writers,
    body: { outcome: 'closed', words: 'Planted' },
  },
  'POST /api/consultations/:consultation/invitations': {
    letIn: writers,
    body: { organisation: 'NEW', role: 'observer' },
  },
  'POST /api/consultations/:consultation/recusals': {
    letIn: writers,
    body: { organisation: 'NEW', reason: 'Planted' },
  },
  'POST /api/consultations/:consultation/hearings': {
    letIn: writers,
    body: { organisation: 'NEW' },
  },
  'GET /api/consultations/:consultation/mailed-replies': { letIn: desk },
  'PUT /api/consultations/:consultation/mailed-replies/:contribution': {
    letIn: writers,
    body: said,
  },
  'DELETE /api/consultations/:consultation/mailed-replies/:contribution': { letIn: desk },
  'POST /api/consultations/mailed-replies': { letIn: ['operator'] },
  'POST /api/consultations/:consultation/closing': { letIn: writers, body: { words: 'Planted' } },
}
