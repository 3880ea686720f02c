import type { Draft } from '../acts.ts'
import { REGION, UNITED_NATIONS } from './people.ts'

const INTERIOR = 'Secretary-general, Interior Ministry of Ardenia'
const COMMISSION = 'Chair, Human Rights Commission of Ardenia'

const plain: Pick<Draft, 'scenarios' | 'options' | 'dissents' | 'locale'> = {
  scenarios: [],
  options: [],
  dissents: [],
  locale: 'en',
}

export const broadcasts: Draft = {
  ...plain,
  level: 2,
  confidence: 'moderate',
  subject: 'Broadcasts directed at the Sarrin in the border districts',
  paragraphs: [
    'On four evenings a private station repeated, without naming a source, that members of one community hide weapons.',
    'The broadcasts are heard on both sides of the border. No call to act was heard so far.',
  ],
  populations: ['Sarrin communities of the border districts'],
  windowFrom: 0,
  windowUntil: 60,
  addressees: [
    {
      office: COMMISSION,
      legalBasis: 'Human Rights Commission Act, section 6',
      isIndependent: true,
    },
  ],
  daysValid: 90,
}

export const portSell: Draft = {
  level: 4,
  confidence: 'moderate',
  locale: 'en',
  subject: 'Removal of families from Port Sell within days',
  paragraphs: [
    'A dated order to clear the harbour quarter exists, and transport for some three hundred people was hired.',
    'The families concerned belong to one community and have no other registered home.',
    'In our judgement removals are likely (55 to 80 %) within 1 to 6 days.',
  ],
  populations: ['Nevie families of the harbour quarter'],
  windowFrom: 1,
  windowUntil: 6,
  scenarios: [
    {
      kind: 'best',
      text: 'The order is suspended.',
      trigger: 'A court hears the families',
      percent: 25,
    },
    {
      kind: 'likely',
      text: 'Families are removed without a place to go.',
      trigger: 'Boats leave the harbour',
      percent: 60,
    },
    {
      kind: 'worst',
      text: 'Removals meet resistance and people are hurt.',
      trigger: 'Armed escorts arrive',
      percent: 15,
    },
  ],
  options: [
    {
      code: 'P02',
      expectedEffect: 'The order is suspended while it is examined',
      howWeWillKnow: 'Written reply within two days',
    },
    {
      code: 'H04',
      expectedEffect: 'Removals do not happen unseen',
      howWeWillKnow: 'Daily report of observers in the quarter',
    },
  ],
  dissents: [],
  addressees: [
    { office: INTERIOR, legalBasis: 'Internal Security Act, section 9' },
    {
      office: COMMISSION,
      legalBasis: 'Human Rights Commission Act, section 6',
      isIndependent: true,
    },
    {
      office: `Regional desk, ${REGION}`,
      legalBasis: 'Protocol of the Confederation, article 11',
      isIndependent: true,
    },
  ],
  daysValid: 7,
}

export const northernPass: Draft = {
  level: 4,
  confidence: 'high',
  locale: 'en',
  subject: 'People in flight turned back at the northern pass',
  paragraphs: [
    'On two nights people who flee were turned back at the crossing. One source counts about sixty people, another more than two hundred; both counts are kept.',
    'Nights are below freezing; among them are small children.',
  ],
  populations: ['People in flight at the northern pass'],
  windowFrom: 0,
  windowUntil: 5,
  scenarios: [
    {
      kind: 'best',
      text: 'The crossing opens at night.',
      trigger: 'An agreement of both border services',
      percent: 40,
    },
    {
      kind: 'likely',
      text: 'Turning back goes on, people stay in the open.',
      trigger: 'No order from the capital',
      percent: 45,
    },
    { kind: 'worst', text: 'People die of cold.', trigger: 'Snow before the weekend', percent: 15 },
  ],
  options: [
    {
      code: 'D03',
      expectedEffect: 'Nobody is turned back',
      howWeWillKnow: 'Count of observers at the crossing',
    },
    {
      code: 'D06',
      expectedEffect: 'Shelter on our side for two hundred people',
      howWeWillKnow: 'Places filled and free, each morning',
    },
  ],
  dissents: [],
  addressees: [
    { office: INTERIOR, legalBasis: 'Asylum Act, section 3' },
    {
      office: COMMISSION,
      legalBasis: 'Human Rights Commission Act, section 6',
      isIndependent: true,
    },
  ],
  daysValid: 21,
}

export const borderPosts: Draft = {
  level: 3,
  confidence: 'low',
  locale: 'en',
  subject: 'Armed groups near two border posts',
  paragraphs: [
    'Armed men in plain clothes have gathered at two posts for three days. Villages of one community lie between the posts.',
    'Who sent them is unknown. Nothing shows that an attack is intended; nothing shows that it is not.',
  ],
  populations: ['Villages between the Marrow posts'],
  windowFrom: 1,
  windowUntil: 14,
  scenarios: [
    {
      kind: 'best',
      text: 'The groups disperse.',
      trigger: 'A joint presence is announced',
      percent: 50,
    },
    { kind: 'likely', text: 'Villagers leave by night.', trigger: 'Shots are heard', percent: 40 },
    {
      kind: 'worst',
      text: 'Villages are attacked.',
      trigger: 'Road to the posts is closed',
      percent: 10,
    },
  ],
  options: [
    {
      code: 'S05',
      expectedEffect: 'Both posts are watched by three States',
      howWeWillKnow: 'Daily report of the joint patrol',
    },
    {
      code: 'P06',
      expectedEffect: 'The concerned State is heard',
      howWeWillKnow: 'Date of the visit within a week',
    },
  ],
  dissents: [
    { by: 'A. Sabel', text: 'Level 2 would do: smuggling explains the gathering as well.' },
  ],
  addressees: [
    {
      office: `Regional desk, ${REGION}`,
      legalBasis: 'Protocol of the Confederation, article 11',
      isIndependent: true,
    },
    {
      office: `Desk officer, ${UNITED_NATIONS}`,
      legalBasis: 'Framework of cooperation, paragraph 4',
      isIndependent: true,
    },
  ],
  daysValid: 21,
}

export const harvestGuards: Draft = {
  ...plain,
  level: 2,
  confidence: 'moderate',
  subject: 'Guards hired for the harvest on cattle routes',
  paragraphs: [
    'Pay for private guards is offered on routes that herders have used in every season. The herders were not asked.',
    'The same quarrel led to deaths in an earlier year.',
  ],
  populations: ['Herders of the Teshun routes', 'Farm workers of Teshun'],
  windowFrom: 7,
  windowUntil: 60,
  options: [
    {
      code: 'R04',
      expectedEffect: 'Routes and times are agreed before the harvest',
      howWeWillKnow: 'Signed agreement of both associations',
    },
  ],
  addressees: [{ office: INTERIOR, legalBasis: 'Provinces Act, section 31' }],
  daysValid: 60,
}

export const lists: Draft = {
  ...plain,
  level: 2,
  confidence: 'low',
  subject: 'Employees listed by place of origin',
  paragraphs: [
    'Firms on the coast were asked in writing for the place of origin of all employees. No purpose is stated.',
  ],
  populations: ['Employees of inland origin on the coast'],
  windowFrom: 14,
  windowUntil: 120,
  addressees: [
    {
      office: 'Inspector-general, Labour Ministry of Ardenia',
      legalBasis: 'Labour Inspection Act, section 2',
    },
  ],
  daysValid: 60,
}
