import type { listPlans } from '@tocsin/api/action-plans.ts'
import type { Output } from '@tocsin/api/route.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import Papa from 'papaparse'

const columns = [
  ...['matter', 'about', 'action', 'status', 'overdue', 'lead', 'office', 'start', 'due', 'card'],
  ...['cost', 'expected_effect', 'how_we_will_know', 'risk_factors', 'commitments'],
  ...['security_council', 'ended_with', 'view', 'as_of'],
]

/** The actions of the overview, cell by cell, as a table to keep. */
export function plansAsCsv(
  { asOf, actions }: Output<typeof listPlans>,
  view: 'real' | 'exercise',
): string {
  const rows = actions.map((one) => [
    symbolOf('M', one),
    one.about,
    one.title,
    one.status,
    one.isOverdue ? 'overdue' : '',
    one.lead,
    one.officeName ?? '',
    one.start ?? '',
    one.due ?? '',
    one.card ?? '',
    one.cost ?? '',
    one.expectedEffect,
    one.howWeWillKnow,
    one.riskFactors.join(' '),
    one.commitments.join(' '),
    one.authorisation ? `${one.authorisation.symbol}, ${one.authorisation.paragraph}` : '',
    one.ending ?? '',
    view,
    asOf,
  ])
  // Names are others' words: a spreadsheet must not take one for a formula.
  return `${Papa.unparse([columns, ...rows], { escapeFormulae: true })}\r\n`
}
