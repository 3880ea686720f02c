import { desk, type Expectation, writers } from './leak-callers.ts'

const reading = { reading: 1 }

/** The routes of what is decided in a consultation. */
export const decisionExpectations: Readonly<Record<string, Expectation>> = {
  'GET /api/consultations/:consultation/proposals': { letIn: desk },
  'PUT /api/consultations/:consultation/proposals/:proposal': {
    letIn: writers,
    body: {
      title: { en: 'Planted' },
      clauses: [{ clause: '01900000-0000-7000-8000-000000000001', texts: { en: 'Planted' } }],
      originals: ['en'],
      ...{ item: null, quorum: 1, opensAt: null, closesAt: '2026-02-01T00:00:00.000Z' },
      method: { kind: 'simple-majority', of: 'voting' },
      ...{ isSealed: true, mayChange: true, weights: [], recused: [], hasConvenerSay: true },
    },
  },
  'PUT /api/consultations/:consultation/proposals/:proposal/readings/:reading': {
    letIn: writers,
    body: {
      accepted: ['01900000-0000-7000-8000-000000000001'],
      closesAt: '2026-02-01T00:00:00.000Z',
    },
  },
  'POST /api/consultations/:consultation/proposals/:proposal/end': {
    letIn: writers,
    body: { reasons: 'Planted' },
  },
  'POST /api/consultations/:consultation/proposals/:proposal/decision': {
    letIn: writers,
    body: { ...reading, legalBasis: [], addressees: [], followUp: null },
  },
  'GET /api/consultations/:consultation/proposals/:proposal/decision': { letIn: desk },
  'GET /api/consultations/:consultation/proposals/:proposal/minute': { letIn: desk },
  'PUT /api/consultations/:consultation/proposals/:proposal/amendments/:amendment': {
    letIn: writers,
    body: {
      ...reading,
      change: { kind: 'delete', clause: '01900000-0000-7000-8000-000000000001' },
      reasons: null,
    },
  },
  'PUT /api/consultations/:consultation/proposals/:proposal/answers/:answer': {
    letIn: writers,
    body: { ...reading, answer: { kind: 'agree', note: null } },
  },
  'POST /api/consultations/:consultation/proposals/:proposal/ballots/start': {
    letIn: writers,
    body: { ...reading, choice: 'yes', explanation: 'Planted' },
  },
  'PUT /api/consultations/:consultation/proposals/:proposal/ballots/:ballot': {
    letIn: writers,
    body: {
      ceremony: '01900000-0000-7000-8000-000000000001',
      passkey: {
        ...{ id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
      },
    },
  },
  'POST /api/consultations/:consultation/home': {
    letIn: writers,
    body: { to: '01900000-0000-7000-8000-000000000001', reasons: 'Planted' },
  },
}
