import {
  acknowledges,
  answers,
  assesses,
  consults,
  drafts,
  opens,
  opensLetter,
  reports,
  reviews,
  signs,
} from '../acts.ts'
import type { Scene } from '../stage.ts'
import { BELMARA, CORVANE, DALESH, ESTUARY, REGION, UNITED_NATIONS } from './people.ts'
import * as texts from './warning-texts.ts'

const DAY = 24
const INTERIOR = 'Secretary-general, Interior Ministry of Ardenia'
const LABOUR = 'Inspector-general, Labour Ministry of Ardenia'
const COMMISSION = 'Chair, Human Rights Commission of Ardenia'
const DESK = `Regional desk, ${REGION}`

const secretary = { name: 'H. Brandt', function: 'Secretary-general' }
const inspector = { name: 'D. Kuyper', function: 'Inspector-general' }
const chair = { name: 'S. Amery', function: 'Chair' }
const desk = { name: 'S. Ilven', function: 'Regional desk' }

const broadcasts: readonly Scene[] = [
  opens(64 * DAY, 'R. Dune', 'broadcasts', {
    title: 'Radio broadcasts against the Sarrin, Belmara',
    summary:
      'A private station repeats claims about one community, heard on both sides of the border.',
    country: 'XBE',
    place: 'Border districts',
    audience: [BELMARA, REGION],
    excluded: [CORVANE],
  }),
  reports(63 * DAY, 'R. Dune', 'broadcasts', {
    what: 'A speaker says on four evenings that the Sarrin hide weapons. No source is named.',
    place: 'Border districts',
    precision: 'adm-1',
    groups: 'Sarrin',
    informationGrade: '1',
  }),
  assesses(62 * DAY, 'R. Dune', 'broadcasts', {
    level: 2,
    confidence: 'moderate',
    reasons: 'Repeated and directed at one group; no call to act so far.',
  }),
  drafts(61 * DAY, 'R. Dune', { matter: 'broadcasts', warning: 'broadcasts/1' }, texts.broadcasts),
  signs(60.5 * DAY, 'M. Oren', 'broadcasts/1'),
  acknowledges(59 * DAY, { warning: 'broadcasts/1', office: COMMISSION }, chair, {
    reaction: 'monitor',
    note: 'The media council of the neighbour is informed by us.',
  }),
  answers(52 * DAY, { warning: 'broadcasts/1', office: COMMISSION }, chair, {
    outcome: 'declined',
    text: 'No measure at present: the threshold for a restriction of speech is not reached. Monitoring goes on.',
  }),
  // The review fell due 43 hours and 42 minutes ago; nobody has signed one since.
  reviews(30 * DAY + 43.7, 'M. Oren', 'broadcasts', 'The tone is unchanged. Kept at level 2.', 30),
]

const portSell: readonly Scene[] = [
  opens(9 * DAY, 'A. Sabel', 'port-sell', {
    title: 'Removals from Port Sell, Estuary Isles',
    summary: 'Boats of one community are registered and turned away; a removal order is prepared.',
    country: 'XES',
    place: 'Port Sell',
    audience: [ESTUARY, REGION],
  }),
  reports(8.5 * DAY, 'A. Sabel', 'port-sell', {
    what: 'Harbour staff write down the owners of forty boats, all of one community.',
    place: 'Port Sell',
    precision: '11-km',
    groups: 'Nevie',
    someoneAtRisk: true,
  }),
  assesses(1.7 * DAY, 'A. Sabel', 'port-sell', {
    level: 4,
    confidence: 'moderate',
    reasons:
      'A dated order exists and transport is hired; the people concerned have nowhere to go.',
  }),
  drafts(15, 'A. Sabel', { matter: 'port-sell', warning: 'port-sell/1' }, texts.portSell),
  signs(13.4, 'A. Sabel', 'port-sell/1'),
]

const northernPass: readonly Scene[] = [
  opens(14 * DAY, 'T. Lisk', 'northern-pass', {
    title: 'People in flight turned back, northern pass, Dalesh',
    summary: 'Families who flee are turned back at a crossing; some have spent nights in the open.',
    country: 'XDA',
    place: 'Northern pass',
    audience: [DALESH, REGION],
  }),
  reports(13.8 * DAY, 'T. Lisk', 'northern-pass', {
    what: 'Some sixty people are turned back at the crossing after dark.',
    place: 'Northern pass',
    precision: 'half-degree',
    harm: { displaced: { low: 40, best: 60, high: 90 } },
    someoneAtRisk: true,
  }),
  reports(13.2 * DAY, 'R. Dune', 'northern-pass', {
    what: 'Another source counts more than two hundred people over the same two nights.',
    place: 'Northern pass',
    precision: 'half-degree',
    harm: { displaced: { low: 200, best: null, high: 260 } },
    sourceGrade: 'C',
    informationGrade: '3',
  }),
  assesses(12.5 * DAY, 'T. Lisk', 'northern-pass', {
    level: 4,
    confidence: 'high',
    reasons:
      'Observed by several sources apart from each other; the two counts are kept side by side.',
  }),
  drafts(
    12 * DAY,
    'A. Sabel',
    { matter: 'northern-pass', warning: 'northern-pass/1' },
    texts.northernPass,
  ),
  signs(11.9 * DAY, 'A. Sabel', 'northern-pass/1'),
  signs(11.8 * DAY, 'M. Oren', 'northern-pass/1'),
  opensLetter(11.75 * DAY, { warning: 'northern-pass/1', office: INTERIOR }),
  acknowledges(11.7 * DAY, { warning: 'northern-pass/1', office: INTERIOR }, secretary, {
    reaction: 'act',
    note: null,
  }),
  acknowledges(11.65 * DAY, { warning: 'northern-pass/1', office: COMMISSION }, chair, {
    reaction: 'act',
  }),
  answers(10.5 * DAY, { warning: 'northern-pass/1', office: INTERIOR }, secretary, {
    outcome: 'decided',
    text: 'The crossing is opened for families at night; a reception point is set up on our side.',
  }),
  answers(10.4 * DAY, { warning: 'northern-pass/1', office: COMMISSION }, chair, {
    outcome: 'decided',
    text: 'Two observers of the Commission stay at the crossing.',
  }),
  consults(11.5 * DAY, 'T. Lisk', 'northern-pass', {
    step: 'held',
    who: REGION,
    what: 'The regional desk and three members agree to ask for the crossing to be opened at night.',
  }),
  ...[10.1, 8.3, 6.5, 4.7, 3].map((days) =>
    reviews(days * DAY - 1, 'M. Oren', 'northern-pass', 'Kept at level 4: arrivals go on.', 2),
  ),
  reviews(
    39.2,
    'M. Oren',
    'northern-pass',
    'Crossing reopened on Sunday. Kept at level 4 until two quiet weeks have passed.',
    2,
  ),
]

const borderPosts: readonly Scene[] = [
  opens(20 * DAY, 'T. Lisk', 'border-posts', {
    title: 'Joint presence, Marrow border posts, Corvane',
    summary: 'Armed groups gather near two posts; villages of one community lie between them.',
    country: 'XCO',
    place: 'Marrow',
    audience: [BELMARA, DALESH, REGION],
    excluded: [CORVANE],
  }),
  reports(19 * DAY, 'T. Lisk', 'border-posts', {
    what: 'Three trucks with armed men in plain clothes stand at the second post for the third day.',
    place: 'Marrow',
    precision: 'half-degree',
    someoneAtRisk: true,
  }),
  assesses(9 * DAY, 'T. Lisk', 'border-posts', {
    level: 3,
    confidence: 'low',
    reasons:
      'Means and opportunity are there; the intention is unknown, which is not the same as absent.',
  }),
  drafts(
    6 * DAY,
    'T. Lisk',
    { matter: 'border-posts', warning: 'border-posts/1' },
    texts.borderPosts,
  ),
  // One day and nine hours before a decision is due.
  signs(5 * DAY + 15, 'M. Oren', 'border-posts/1'),
  consults(5 * DAY, 'T. Lisk', 'border-posts', {
    step: 'opened',
    who: REGION,
    what: 'Two members agree to a joint presence, one asked for a day, one is silent so far.',
  }),
  acknowledges(5 * DAY + 8, { warning: 'border-posts/1', office: DESK }, desk, {
    reaction: 'verify',
    note: 'Members are asked for their view.',
  }),
  acknowledges(
    5 * DAY + 2,
    { warning: 'border-posts/1', office: `Desk officer, ${UNITED_NATIONS}` },
    { name: 'W. Odane', function: 'Desk officer' },
    { reaction: 'monitor' },
  ),
]

const harvestGuards: readonly Scene[] = [
  opens(26 * DAY, 'R. Dune', 'harvest-guards', {
    title: 'Harvest guards on cattle routes, Teshun',
    summary:
      'Private guards are hired for the harvest on routes that another community has always used.',
    country: 'XAR',
    place: 'Teshun',
  }),
  reports(25 * DAY, 'R. Dune', 'harvest-guards', {
    what: 'Notices offer pay for guards; a herders’ association says it was not asked.',
    kind: 'situation',
    place: 'Teshun',
    precision: 'adm-2',
  }),
  assesses(22 * DAY, 'R. Dune', 'harvest-guards', {
    level: 2,
    confidence: 'moderate',
    reasons:
      'A quarrel that led to deaths in an earlier year; both sides say they expect it again.',
  }),
  drafts(
    19 * DAY,
    'R. Dune',
    { matter: 'harvest-guards', warning: 'harvest-guards/1' },
    texts.harvestGuards,
  ),
  signs(17 * DAY + 22, 'M. Oren', 'harvest-guards/1'),
  acknowledges(16 * DAY, { warning: 'harvest-guards/1', office: INTERIOR }, secretary, {
    reaction: 'verify',
    note: 'We ask for the full twenty-one days.',
  }),
]

const lists: readonly Scene[] = [
  opens(16 * DAY, 'A. Sabel', 'lists', {
    title: 'Lists of employees by origin, Dalesh coast',
    summary: 'Firms on the coast are asked for lists of employees with place of origin.',
    country: 'XDA',
    place: 'Coast',
    audience: [DALESH],
  }),
  reports(15.6 * DAY, 'A. Sabel', 'lists', {
    what: 'Two firms confirm a written request for the origin of all employees.',
    place: 'Coast',
    precision: 'adm-1',
  }),
  assesses(13 * DAY, 'A. Sabel', 'lists', {
    level: 2,
    confidence: 'low',
    reasons: 'Registration by origin without a stated purpose; it may yet have a harmless one.',
  }),
  drafts(11 * DAY, 'A. Sabel', { matter: 'lists', warning: 'lists/1' }, texts.lists),
  signs(10 * DAY, 'M. Oren', 'lists/1'),
  acknowledges(9 * DAY, { warning: 'lists/1', office: LABOUR }, inspector, {
    reaction: 'verify',
    note: 'An inspection is announced.',
  }),
]

const seasonal: readonly Scene[] = [
  opens(66 * DAY, 'R. Dune', 'seasonal', {
    title: 'Seasonal workers at harvest, Upper Ard',
    summary: 'Workers from elsewhere are housed apart and are the talk of the town.',
    country: 'XAR',
    place: 'Upper Ard',
  }),
  reports(65 * DAY, 'R. Dune', 'seasonal', {
    what: 'A leaflet asks townspeople not to rent to seasonal workers.',
    place: 'Upper Ard',
    precision: 'adm-2',
  }),
  assesses(64 * DAY, 'R. Dune', 'seasonal', {
    level: 1,
    confidence: 'moderate',
    reasons: 'Quiet since; something to note until the harvest has ended.',
  }),
]

export const openMatters: readonly Scene[] = [
  ...broadcasts,
  ...portSell,
  ...northernPass,
  ...borderPosts,
  ...harvestGuards,
  ...lists,
  ...seasonal,
]
