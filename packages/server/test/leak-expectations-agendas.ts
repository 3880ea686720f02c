import { desk, type Expectation, writers } from './leak-callers.ts'

const officers = ['focal-point'] as const

/** Who may pass the door of each route about the agendas of organs. */
export const agendaExpectations: Readonly<Record<string, Expectation>> = {
  'GET /api/organs': { letIn: desk },
  'PUT /api/organs/:organ': {
    letIn: officers,
    body: { name: 'Planted', body: null, office: 'POST' },
  },
  'GET /api/organs/:organ/agenda': { letIn: desk },
  'GET /api/organs/:organ/rules': { letIn: desk },
  'POST /api/organs/:organ/rules/:rule': {
    letIn: writers,
    body: {
      condition: { kind: 'consultation', least: 1, hours: 1 },
      ...{ answerHours: 1, isInForce: true, read: 0, reasons: 'Planted' },
    },
  },
  'POST /api/agenda-items/:item/answers/:answer': {
    letIn: officers,
    body: { outcome: 'decided', text: 'Planted', lateReasons: null },
  },
  'GET /api/matters/:matter/agendas': { letIn: desk },
}
