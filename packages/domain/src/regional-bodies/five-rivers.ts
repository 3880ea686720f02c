import { Day } from '../brand.ts'
import type { Membership, Suspension } from '../regional-body.ts'
import { type AllNames, bodyOf, cite, type Instrument } from './body.ts'

/*
 * The bodies of the Five Rivers, the fictional region of demonstrations. Invented, and never listed
 * among real ones.
 */

/** The fictional States, by the codes that ISO 3166 leaves to users. */
export const fiveRiversStates: Readonly<Record<string, AllNames>> = {
  XAR: {
    ar: 'أردينيا',
    en: 'Ardenia',
    es: 'Ardenia',
    fr: 'Ardénie',
    ru: 'Ардения',
    zh: '阿尔德尼亚',
  },
  XBE: { ar: 'بلمارا', en: 'Belmara', es: 'Belmara', fr: 'Belmara', ru: 'Белмара', zh: '贝尔马拉' },
  XCO: { ar: 'كورفان', en: 'Corvane', es: 'Corvane', fr: 'Corvane', ru: 'Корван', zh: '科尔万' },
  XDA: { ar: 'دالش', en: 'Dalesh', es: 'Dalesh', fr: 'Dalesh', ru: 'Далеш', zh: '达莱什' },
  XES: {
    ar: 'جزر المصب',
    en: 'Estuary Isles',
    es: 'Islas del Estuario',
    fr: 'Îles de l’Estuaire',
    ru: 'Острова Эстуария',
    zh: '河口群岛',
  },
}

const act: Instrument = {
  ar: 'القانون التأسيسي لكونفدرالية الأنهار الخمسة',
  en: 'Founding Act of the Confederation of the Five Rivers',
  es: 'Acta Fundacional de la Confederación de los Cinco Ríos',
  fr: 'Acte fondateur de la Confédération des Cinq Rivières',
  ru: 'Учредительный акт Конфедерации пяти рек',
  zh: '《五河邦联创始文书》',
}
const pact: Instrument = {
  ar: 'الميثاق الساحلي',
  en: 'Coastal Pact',
  es: 'Pacto Costero',
  fr: 'Pacte côtier',
  ru: 'Прибрежный пакт',
  zh: '《沿海公约》',
}

export const confederation = bodyOf({
  code: 'CFR',
  region: 'five-rivers',
  names: {
    ar: 'كونفدرالية الأنهار الخمسة',
    en: 'Confederation of the Five Rivers',
    es: 'Confederación de los Cinco Ríos',
    fr: 'Confédération des Cinq Rivières',
    ru: 'Конфедерация пяти рек',
    zh: '五河邦联',
  },
  founding: cite(act, null),
  suspension: { effect: 'no-part-in-decisions', basis: cite(act, '12') },
  organs: [
    {
      code: 'council',
      names: {
        ar: 'مجلس الأنهار',
        en: 'Council of the Rivers',
        es: 'Consejo de los Ríos',
        fr: 'Conseil des Rivières',
        ru: 'Совет рек',
        zh: '河流理事会',
      },
      rule: 'consensus-without-concerned',
      basis: cite(act, '9'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'recommend', 'mediate', 'deploy-mission'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(act, '9')],
        },
        {
          kind: 'suspension',
          can: ['suspend-rights'],
          callers: ['organ-itself'],
          basis: [cite(act, '12')],
        },
      ],
    },
    {
      code: 'situation-room',
      names: {
        ar: 'غرفة العمليات',
        en: 'Situation room',
        es: 'Sala de situación',
        fr: 'Salle de veille',
        ru: 'Ситуационный центр',
        zh: '情况室',
      },
      rule: 'own-judgement',
      basis: cite(act, '6'),
      procedures: [
        {
          kind: 'early-warning',
          can: ['establish-facts', 'alert-superior'],
          callers: ['anybody'],
          basis: [cite(act, '6')],
        },
      ],
    },
  ],
})

export const coastalPact = bodyOf({
  code: 'CP',
  region: 'five-rivers',
  names: pact,
  founding: cite(pact, null),
  suspension: { effect: 'not-foreseen', basis: null },
  organs: [
    {
      code: 'conference',
      names: {
        ar: 'مؤتمر الدول الساحلية',
        en: 'Conference of the Coastal States',
        es: 'Conferencia de los Estados Costeros',
        fr: 'Conférence des États côtiers',
        ru: 'Конференция прибрежных государств',
        zh: '沿海国会议',
      },
      rule: 'consensus',
      basis: cite(pact, '4'),
      procedures: [
        {
          kind: 'consultation',
          can: ['consult', 'good-offices'],
          callers: ['member-state'],
          basis: [cite(pact, '7')],
        },
      ],
    },
  ],
})

const since = (body: string, first: string, states: readonly string[]): readonly Membership[] =>
  states.map((state) => {
    const day = Day.parse(first)
    return {
      body,
      state,
      fromDay: day,
      byDay: day,
      untilDay: null,
      source: 'invented' as const,
      verified: false,
    }
  })

export const fiveRiversMemberships: readonly Membership[] = [
  ...since('CFR', '1994-03-01', ['XAR', 'XBE', 'XCO', 'XDA', 'XES']),
  ...since('CP', '2011-09-15', ['XDA', 'XES']),
]

export const fiveRiversSuspensions: readonly Suspension[] = [
  {
    body: 'CFR',
    state: 'XCO',
    fromDay: Day.parse('2016-02-01'),
    untilDay: Day.parse('2017-06-30'),
    decidedBy: 'council',
    symbol: null,
    verified: false,
  },
]
