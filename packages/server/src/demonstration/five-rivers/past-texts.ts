import type { Draft } from '../acts.ts'

export const convoy: Draft = {
  level: 3,
  confidence: 'low',
  locale: 'en',
  subject: 'Trucks said to gather at the Ard crossroads',
  paragraphs: ['Two messages say that trucks with armed men gather at the Ard crossroads tonight.'],
  populations: ['Villages around the Ard crossroads'],
  windowFrom: 0,
  windowUntil: 2,
  scenarios: [
    {
      kind: 'best',
      text: 'The messages are mistaken.',
      trigger: 'A patrol sees nothing',
      percent: 60,
    },
    {
      kind: 'likely',
      text: 'Trucks pass without stopping.',
      trigger: 'Trucks are seen moving',
      percent: 30,
    },
    { kind: 'worst', text: 'Villages are attacked.', trigger: 'Trucks stop at dusk', percent: 10 },
  ],
  options: [
    {
      code: 'S02',
      expectedEffect: 'A patrol is there before dusk',
      howWeWillKnow: 'Report of the patrol',
    },
  ],
  dissents: [],
  addressees: [
    { office: 'Director, Police Directorate of Ardenia', legalBasis: 'Police Act, section 14' },
  ],
  daysValid: 5,
}

export const market: Draft = {
  level: 3,
  confidence: 'moderate',
  locale: 'en',
  subject: 'Traders of one community told to leave the market',
  paragraphs: [
    'Leaflets give the traders of one community until the end of the week to leave the market quarter.',
  ],
  populations: ['Tolme traders and their families'],
  windowFrom: 2,
  windowUntil: 9,
  scenarios: [
    {
      kind: 'best',
      text: 'Nothing follows.',
      trigger: 'Police are seen in the quarter',
      percent: 35,
    },
    {
      kind: 'likely',
      text: 'Stalls are destroyed.',
      trigger: 'Leaflets appear a second time',
      percent: 50,
    },
    {
      kind: 'worst',
      text: 'Families are attacked in their homes.',
      trigger: 'Streets are closed by groups',
      percent: 15,
    },
  ],
  options: [
    {
      code: 'S02',
      expectedEffect: 'Stalls and homes stay whole',
      howWeWillKnow: 'Daily walk through the quarter',
    },
  ],
  dissents: [],
  addressees: [
    { office: 'Director, Police Directorate of Ardenia', legalBasis: 'Police Act, section 14' },
    {
      office: 'Secretary-general, Interior Ministry of Ardenia',
      legalBasis: 'Internal Security Act, section 9',
    },
  ],
  daysValid: 14,
}
