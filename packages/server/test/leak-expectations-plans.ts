import { desk, type Expectation, writers } from './leak-callers.ts'
import { actionPlan } from './test-matters.ts'

/** Who may pass the door of each route about what is planned and done on matters. */
export const planExpectations: Readonly<Record<string, Expectation>> = {
  'GET /api/matters/:matter/plan': { letIn: desk },
  'PUT /api/matters/:matter/actions/:action': { letIn: writers, body: actionPlan() },
  'POST /api/actions/:action/moves': { letIn: writers, body: { to: 'stopped', text: 'Planted' } },
  'POST /api/actions/:action/schedule': {
    letIn: writers,
    body: { lead: 'Planted', office: null, start: null, due: null, reasons: 'Planted' },
  },
  'POST /api/actions/:action/progress': {
    letIn: writers,
    body: { id: 'NEW', what: 'Planted', next: null, evidence: [] },
  },
  'POST /api/actions/:action/reviews': {
    letIn: writers,
    body: { id: 'NEW', what: 'Planted', asExpected: 'yes', learned: null },
  },
  'GET /api/plans': { letIn: desk },
  'GET /api/plans/export': { letIn: desk },
  'GET /api/article-54-notes/:note': { letIn: desk },
  'PUT /api/article-54-notes/:note': {
    letIn: writers,
    body: { locale: 'en', paragraphs: ['Planted'] },
  },
  'POST /api/article-54-notes/:note/sending': {
    letIn: writers,
    body: { sentOn: '2026-01-01', how: 'Planted', signedBy: 'Planted' },
  },
  'GET /api/article-54-notes/:note/document': { letIn: desk },
}
