import {
  acknowledges,
  answers,
  assesses,
  closes,
  drafts,
  opens,
  opensLetter,
  reports,
  signs,
} from '../acts.ts'
import { acted } from '../plan-acts.ts'
import type { Scene } from '../stage.ts'
import * as texts from './past-texts.ts'

const DAY = 24
const INTERIOR = 'Secretary-general, Interior Ministry of Ardenia'
const POLICE = 'Director, Police Directorate of Ardenia'
const director = { name: 'G. Marro', function: 'Director' }

/** A false alarm: warned on two messages, checked within hours, closed with reasons. */
const convoy: readonly Scene[] = [
  opens(210 * DAY, 'A. Sabel', 'convoy', {
    title: 'Trucks at the Ard crossroads',
    summary: 'Two messages speak of armed men on trucks.',
    country: 'XAR',
    place: 'Ard crossroads',
  }),
  reports(209.9 * DAY, 'A. Sabel', 'convoy', {
    what: 'A message says that trucks gather tonight. The sender cannot be reached again.',
    place: 'Ard crossroads',
    precision: '11-km',
    sourceGrade: 'F',
    informationGrade: '6',
  }),
  assesses(209.8 * DAY, 'A. Sabel', 'convoy', {
    level: 3,
    confidence: 'low',
    reasons: 'If true there are hours, not days; asking costs little.',
  }),
  drafts(209.7 * DAY, 'A. Sabel', { matter: 'convoy', warning: 'convoy/1' }, texts.convoy),
  signs(209.6 * DAY, 'M. Oren', 'convoy/1'),
  acknowledges(209.55 * DAY, { warning: 'convoy/1', office: POLICE }, director, {
    reaction: 'verify',
    note: 'A patrol goes there.',
  }),
  answers(209.2 * DAY, { warning: 'convoy/1', office: POLICE }, director, {
    outcome: 'decided',
    text: 'The patrol found a wedding party. No further measure.',
  }),
  acted(209.1 * DAY, 'A. Sabel', 'convoy', 'Police Directorate', {
    title: 'A patrol at the Ard crossroads',
    expectedEffect: 'Whoever gathers there is seen before they leave.',
    howWeWillKnow: 'The patrol reports by morning.',
    text: 'A patrol went to the crossroads and stayed until morning.',
  }),
  ...closes(
    205 * DAY,
    ['A. Sabel', 'M. Oren'],
    'convoy',
    'A false alarm: both messages were about a wedding party. The police checked within ten hours.',
  ),
]

/** A missed case: warned, not answered by the police in time, and then it happened. */
const market: readonly Scene[] = [
  opens(420 * DAY, 'R. Dune', 'market', {
    title: 'Market quarter, Tolme traders',
    summary: 'Leaflets tell the traders of one community to leave.',
    country: 'XAR',
    place: 'Market quarter',
  }),
  reports(419.8 * DAY, 'R. Dune', 'market', {
    what: 'Leaflets at forty stalls, all of one community.',
    place: 'Market quarter',
    precision: '11-km',
    groups: 'Tolme',
    someoneAtRisk: true,
  }),
  assesses(419 * DAY, 'R. Dune', 'market', {
    level: 3,
    confidence: 'moderate',
    reasons: 'A date is named and a group singled out.',
  }),
  drafts(418.8 * DAY, 'R. Dune', { matter: 'market', warning: 'market/1' }, texts.market),
  signs(418.5 * DAY, 'M. Oren', 'market/1'),
  opensLetter(418.3 * DAY, { warning: 'market/1', office: POLICE }),
  acknowledges(
    418 * DAY,
    { warning: 'market/1', office: INTERIOR },
    { name: 'H. Brandt', function: 'Secretary-general' },
    { reaction: 'monitor', note: null },
  ),
  reports(413 * DAY, 'R. Dune', 'market', {
    what: 'Thirty-one stalls were burned in the night. Two people are in hospital.',
    place: 'Market quarter',
    precision: '11-km',
    groups: 'Tolme',
    harm: { injured: { low: 2, best: 2, high: 5 } },
    informationGrade: '1',
  }),
  acknowledges(412.5 * DAY, { warning: 'market/1', office: POLICE }, director, {
    reaction: 'act',
    note: 'Received late.',
  }),
  answers(412 * DAY, { warning: 'market/1', office: POLICE }, director, {
    outcome: 'decided',
    text: 'Posts in the quarter at night for a month.',
  }),
  answers(
    411 * DAY,
    { warning: 'market/1', office: INTERIOR },
    { name: 'H. Brandt', function: 'Secretary-general' },
    {
      outcome: 'declined',
      text: 'No measure of the ministry: the police act within their own powers.',
    },
  ),
  acted(411 * DAY, 'R. Dune', 'market', 'Police Directorate', {
    title: 'Night posts at both ends of the quarter',
    expectedEffect: 'Nobody enters the quarter at night unseen.',
    howWeWillKnow: 'Nightly reports of the posts.',
    text: 'Night posts stood at both ends of the quarter.',
  }),
  ...closes(
    380 * DAY,
    ['R. Dune', 'M. Oren'],
    'market',
    'It happened six days after the warning. The police opened the letter in time and answered after the stalls had burned. Quiet for a month since.',
  ),
]

/** A drill of the ladder, apart from everything real. */
const drill: readonly Scene[] = [
  opens(3 * DAY, 'T. Lisk', 'drill', {
    title: 'Drill: a message in the night',
    summary: 'Quarterly drill of the ladder. Nothing in it is real.',
    country: 'XAR',
    place: 'Ard crossroads',
    isExercise: true,
  }),
  reports(2.9 * DAY, 'T. Lisk', 'drill', {
    what: 'Drill: a message says that trucks gather.',
    place: 'Ard crossroads',
    precision: 'adm-2',
    isExercise: true,
  }),
  assesses(2.8 * DAY, 'T. Lisk', 'drill', { level: 3, confidence: 'low', reasons: 'Drill.' }),
  drafts(2.5 * DAY, 'T. Lisk', { matter: 'drill', warning: 'drill/1' }, texts.convoy),
  signs(2.4 * DAY, 'M. Oren', 'drill/1'),
  acknowledges(2.3 * DAY, { warning: 'drill/1', office: POLICE }, director, {
    reaction: 'act',
    note: 'Drill received.',
  }),
]

export const pastMatters: readonly Scene[] = [...convoy, ...market, ...drill]
