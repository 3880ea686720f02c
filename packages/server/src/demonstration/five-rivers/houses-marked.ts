import {
  acknowledges,
  answers,
  assesses,
  type Draft,
  drafts,
  opens,
  opensLetter,
  reports,
  signs,
} from '../acts.ts'
import type { Scene } from '../stage.ts'
import { CORVANE, DALESH, REGION } from './people.ts'

const MATTER = 'houses-marked'
const WARNING = 'houses-marked/1'
const INTERIOR = 'Secretary-general, Interior Ministry of Ardenia'
const GOVERNOR = 'Governor, Governor of Lower Corve'
const POLICE = 'Director, Police Directorate of Ardenia'

/** Twenty-two hours and forty minutes: an hour and twenty minutes before the police must have answered. */
const WARNED = 22 + 40 / 60

const text: Draft = {
  level: 3,
  confidence: 'moderate',
  locale: 'en',
  subject: 'Houses marked in the Lower Corve valley',
  paragraphs: [
    'Chalk marks were seen on doors in two streets of one town on the evening of the first report, and in a second town some hours later. Residents say that only Sarrin homes carry them.',
    'Telephones stopped in both districts during the night; eleven of fourteen regular reporters fell silent within the hour.',
    'In our judgement there is a realistic possibility that residents of two districts are forced to leave within the next 2 to 10 days, around the local election.',
  ],
  populations: ['Sarrin households of the Lower Corve', 'Tolme traders in both towns'],
  windowFrom: 2,
  windowUntil: 10,
  scenarios: [
    {
      kind: 'best',
      text: 'Intimidation around the vote, few people hurt.',
      trigger: 'Police are posted in both towns before the vote',
      percent: 55,
    },
    {
      kind: 'likely',
      text: 'Residents of two districts are forced out.',
      trigger: 'A second night of marks, telephones still cut',
      percent: 30,
    },
    {
      kind: 'worst',
      text: 'Marked homes are attacked.',
      trigger: 'Groups from outside arrive before the vote',
      percent: 15,
    },
  ],
  options: [
    {
      code: 'S02',
      expectedEffect: 'No new marks, residents stay in their homes',
      howWeWillKnow: 'Daily count of new marks and of households that left',
    },
    {
      code: 'I08',
      expectedEffect: 'Telephones work in both districts within a day',
      howWeWillKnow: 'Regular reporters can be reached again',
    },
    {
      code: 'D01',
      expectedEffect: 'Families who wish to leave for the vote know a safe place',
      howWeWillKnow: 'Governor reports places offered and taken',
    },
  ],
  dissents: [
    {
      by: 'R. Dune',
      text: 'A criminal motive is more likely than a political one: shop shutters of other communities were marked too.',
    },
  ],
  addressees: [
    { office: INTERIOR, legalBasis: 'Internal Security Act, section 9' },
    { office: GOVERNOR, legalBasis: 'Provinces Act, section 31' },
    { office: POLICE, legalBasis: 'Police Act, section 14' },
  ],
  daysValid: 10,
}

const secretary = { name: 'H. Brandt', function: 'Secretary-general' }
const governor = { name: 'P. Estrand', function: 'Governor' }

/** The matter of the day: two authorities have answered, the police have not. */
export const housesMarked: readonly Scene[] = [
  opens(47.5, 'A. Sabel', MATTER, {
    title: 'Houses marked, Lower Corve valley',
    summary:
      'Homes of one community marked, telephones cut, a local election in nine days. Risk of forced removal in the next 2 to 10 days.',
    country: 'XAR',
    place: 'Lower Corve valley',
    audience: [REGION, DALESH],
    excluded: [CORVANE],
  }),
  reports(47, 'A. Sabel', MATTER, {
    what: 'Chalk marks on doors in two streets of one town. Residents say only Sarrin homes carry them.',
    place: 'Lower Corve',
    precision: 'half-degree',
    groups: 'Sarrin',
    someoneAtRisk: true,
  }),
  reports(36.5, 'R. Dune', MATTER, {
    what: 'Telephone network stops in both districts. Eleven of fourteen regular reporters fall silent within the hour.',
    kind: 'situation',
    place: 'Lower Corve',
    precision: 'adm-2',
    informationGrade: '1',
  }),
  reports(33.6, 'A. Sabel', MATTER, {
    what: 'A second town reports the same marks. The reporter adds that shop shutters of two Tolme traders were also marked.',
    place: 'Lower Corve',
    precision: 'half-degree',
    groups: 'Sarrin, Tolme',
    sourceGrade: 'C',
    informationGrade: '3',
    someoneAtRisk: true,
  }),
  assesses(31, 'A. Sabel', MATTER, {
    level: 3,
    confidence: 'moderate',
    reasons:
      'Two raters worked apart and agree on most factors: preparatory acts, a target group singled out, and communication cut shortly before a vote.',
  }),
  drafts(24, 'A. Sabel', { matter: MATTER, warning: WARNING }, text),
  signs(WARNED, 'M. Oren', WARNING),
  opensLetter(WARNED - 0.15, { warning: WARNING, office: INTERIOR }),
  opensLetter(WARNED - 0.5, { warning: WARNING, office: POLICE }),
  acknowledges(WARNED - 3, { warning: WARNING, office: INTERIOR }, secretary, {
    reaction: 'verify',
    note: 'Received. We verify with the governor and answer within five days.',
  }),
  acknowledges(WARNED - 5.3, { warning: WARNING, office: GOVERNOR }, governor, {
    reaction: 'act',
  }),
  answers(WARNED - 9, { warning: WARNING, office: GOVERNOR }, governor, {
    outcome: 'decided',
    text: 'Two schools are opened at night for families who wish to stay away from their homes until the vote. The police are asked for posts in both towns.',
  }),
]
