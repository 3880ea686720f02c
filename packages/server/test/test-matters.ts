import { planAction } from '@tocsin/api/action-plans.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as reports from '@tocsin/api/reports.ts'
import type { Input } from '@tocsin/api/route.ts'
import type { ActionId } from '@tocsin/domain/action-plan.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId, MatterOpening } from '@tocsin/domain/matter.ts'
import type { ReportForm, ReportId } from '@tocsin/domain/report.ts'
import { DAY } from './test-docket.ts'
import type { TestPerson } from './test-people.ts'

export const reportForm = (parts: Partial<ReportForm> = {}): ReportForm => ({
  id: newId<ReportId>(),
  matter: null,
  kind: 'incident',
  what: 'Chalk marks on doors in two streets.',
  fromDay: DAY,
  untilDay: DAY,
  country: null,
  place: 'Lower Corve',
  precision: 'half-degree',
  groups: 'Sarrin',
  harm: { displaced: { low: 10, best: null, high: 40 } },
  sourceGrade: 'B',
  informationGrade: '2',
  marking: 'TLP:AMBER+STRICT',
  someoneAtRisk: true,
  isExercise: false,
  ...parts,
})

export const opening = (parts: Partial<MatterOpening> = {}): MatterOpening => ({
  id: newId<MatterId>(),
  title: 'Houses marked',
  summary: 'Homes of one community marked.',
  country: null,
  place: null,
  marking: 'TLP:AMBER+STRICT',
  audience: [],
  excluded: [],
  isExercise: false,
  ...parts,
})

export const file = ({ call }: TestPerson, form: ReportForm) =>
  call(reports.fileReport, { body: form })
export const read = ({ call }: TestPerson, matter: MatterId) =>
  call(docket.getMatter, { params: { matter } })
/** Every real matter that somebody may see. */
export const all = { state: 'all', exercise: false, limit: 50, offset: 0 } as const

export const assessment = {
  level: 3,
  confidence: 'moderate',
  reasons: 'Two towns, one pattern.',
} as const

type Planned = Input<typeof planAction>['body']

/** An action in one's own words, done already unless it is said otherwise. */
export const actionPlan = (parts: Partial<Planned> = {}): Planned => ({
  card: null,
  title: 'Posts in both towns',
  lead: 'Police',
  office: null,
  start: null,
  due: null,
  cost: null,
  expectedEffect: 'Marks stop.',
  howWeWillKnow: 'No new marks for ten days.',
  riskFactors: [],
  commitments: [],
  isRegional: false,
  usesForce: false,
  basis: { kind: 'decision', text: 'Decision of the director', notification: null },
  authorisation: null,
  warning: null,
  status: 'done',
  text: 'Posts in both towns.',
  ...parts,
})

export const plan = (
  { call }: TestPerson,
  matter: MatterId,
  parts: Partial<Planned> = {},
  action = newId<ActionId>(),
) => call(planAction, { params: { matter, action }, body: actionPlan(parts) })
