import { acted, plans } from '../plan-acts.ts'
import type { Scene } from '../stage.ts'

const DAY = 24
const INTERIOR = 'Secretary-general, Interior Ministry of Ardenia'
const RIGHTS = 'Chair, Human Rights Commission of Ardenia'

/** What is done at the northern pass: something done, something late, something the region thinks of. */
export const passPlans: readonly Scene[] = [
  acted(9 * DAY, 'T. Lisk', 'northern-pass', 'Interior Ministry', {
    title: 'A reception point at the northern pass',
    expectedEffect: 'Whoever crosses is received and counted.',
    howWeWillKnow: 'Daily counts at the point.',
    text: 'The reception point is open; 140 people were received in the first night.',
  }),
  plans(8.5 * DAY, 'T. Lisk', 'northern-pass', 'in-execution', {
    title: 'The crossing is watched by day and by night',
    lead: 'Human Rights Commission',
    card: 'H04',
    answersFor: RIGHTS,
    days: 20,
    cost: 'low',
    expectedEffect: 'Nobody is turned back unseen.',
    howWeWillKnow: 'Two observers report each evening how many crossed and how many were stopped.',
    riskFactors: [7, 14],
    commitments: ['c', 'f'],
    basis: { kind: 'answer', text: 'Answer of the Human Rights Commission', notification: null },
    text: 'Two observers are at the crossing.',
  }),
  plans(8 * DAY, 'T. Lisk', 'northern-pass', 'decided', {
    title: 'Supplies for a thousand people at the reception point',
    lead: 'Interior Ministry',
    card: 'D06',
    answersFor: INTERIOR,
    days: 34,
    cost: 'medium',
    expectedEffect: 'Nobody goes on into the snow for want of shelter.',
    howWeWillKnow: 'Stock lists each Friday.',
    riskFactors: [6],
    commitments: ['c'],
    basis: { kind: 'decision', text: 'Decision of the Interior Ministry', notification: null },
  }),
  plans(7 * DAY, 'T. Lisk', 'northern-pass', 'contemplated', {
    title: 'A visit by the chair of the Confederation and three focal points',
    lead: 'Confederation of the Five Rivers',
    card: 'P06',
    cost: 'low',
    expectedEffect: 'The crossing stays open at night.',
    howWeWillKnow: 'Whether the order to close at dusk is withdrawn.',
    riskFactors: [8],
    commitments: ['f'],
  }),
]
