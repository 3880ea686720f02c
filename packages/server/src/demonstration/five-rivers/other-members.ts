import { acknowledges, assesses, type Draft, drafts, opens, reports, signs } from '../acts.ts'
import type { Scene } from '../stage.ts'
import { ARDENIA, REGION } from './people.ts'

const DAY = 24

const quarter: Draft = {
  level: 2,
  confidence: 'moderate',
  locale: 'ar',
  subject: 'منع أهالي حي الميناء من تجديد وثائقهم',
  paragraphs: [
    'رُفض خلال أسبوعين تجديد بطاقات الهوية لأهالي حي واحد دون غيرهم، بحسب مصدرين مستقلين.',
    'لم يُعلن أي سبب. ويجري التحقق مما إذا كان ذلك عامًا أو محصورًا بهذا الحي.',
  ],
  populations: ['أهالي حي الميناء'],
  windowFrom: 7,
  windowUntil: 90,
  scenarios: [],
  options: [],
  dissents: [],
  addressees: [
    { office: 'الوكيل, وزارة الداخلية في دالش', legalBasis: 'قانون الأحوال المدنية، المادة 12' },
  ],
  daysValid: 60,
}

const fishing: Draft = {
  level: 2,
  confidence: 'low',
  locale: 'fr',
  subject: 'Licences de pêche retirées à une seule communauté',
  paragraphs: [
    'En dix jours, trente et une licences de pêche ont été retirées, toutes à des familles d’une même communauté.',
    'L’administration invoque un contrôle général ; aucune autre communauté n’est touchée à notre connaissance.',
  ],
  populations: ['Familles nevies du port'],
  windowFrom: 7,
  windowUntil: 60,
  scenarios: [],
  options: [],
  dissents: [],
  addressees: [
    {
      office: 'Médiatrice, Médiateur des Îles de l’Estuaire',
      legalBasis: 'Loi sur le Médiateur, article 5',
      isIndependent: true,
    },
  ],
  daysValid: 60,
}

/** What the other members of the confederation have before them. */
export const otherMembers: readonly Scene[] = [
  opens(12 * DAY, 'ن. حدّار', 'quarter', {
    title: 'وثائق أهالي حي الميناء، دالش',
    summary: 'رُفض تجديد الوثائق لأهالي حي واحد.',
    country: 'XDA',
    place: 'حي الميناء',
    audience: [REGION],
  }),
  reports(11.8 * DAY, 'ن. حدّار', 'quarter', {
    what: 'يقول أربعة من الأهالي إن طلباتهم رُدّت بلا سبب مكتوب.',
    place: 'حي الميناء',
    precision: 'adm-2',
  }),
  assesses(11 * DAY, 'ن. حدّار', 'quarter', {
    level: 2,
    confidence: 'moderate',
    reasons: 'تمييز ظاهر في خدمة أساسية، وسببه غير معروف.',
  }),
  drafts(10.5 * DAY, 'ن. حدّار', { matter: 'quarter', warning: 'quarter/1' }, quarter),
  signs(10.4 * DAY, 'ن. حدّار', 'quarter/1'),
  acknowledges(
    9.5 * DAY,
    { warning: 'quarter/1', office: 'الوكيل, وزارة الداخلية في دالش' },
    { name: 'س. رواد', function: 'الوكيل' },
    { reaction: 'verify', note: 'ننظر في الطلبات المرفوضة.' },
  ),
  opens(8 * DAY, 'É. Marsan', 'fishing', {
    title: 'Licences de pêche, Port Sell',
    summary: 'Retrait de licences à une seule communauté.',
    country: 'XES',
    place: 'Port Sell',
    audience: [REGION],
  }),
  reports(7.8 * DAY, 'B. Queyras', 'fishing', {
    what: 'Trente et une familles ont reçu la même lettre de retrait, sans voie de recours.',
    place: 'Port Sell',
    precision: 'adm-2',
    groups: 'Nevies',
  }),
  assesses(7.5 * DAY, 'B. Queyras', 'fishing', {
    level: 2,
    confidence: 'low',
    reasons: 'Une mesure générale en apparence, qui ne touche qu’un groupe.',
  }),
  drafts(7.2 * DAY, 'B. Queyras', { matter: 'fishing', warning: 'fishing/1' }, fishing),
  signs(7.1 * DAY, 'É. Marsan', 'fishing/1'),
  opens(5 * DAY, 'K. Pell', 'station', {
    title: 'Licence of the border station, Belmara',
    summary: 'The media council examines the licence of a station heard in two States.',
    country: 'XBE',
    place: 'Border districts',
    audience: [ARDENIA, REGION],
  }),
  reports(4.9 * DAY, 'K. Pell', 'station', {
    what: 'The council asks the station for recordings of four evenings.',
    kind: 'situation',
    place: 'Border districts',
    precision: 'adm-1',
  }),
  assesses(4.5 * DAY, 'K. Pell', 'station', {
    level: 1,
    confidence: 'moderate',
    reasons: 'The ordinary procedure is under way.',
  }),
]
