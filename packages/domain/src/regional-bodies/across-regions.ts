import { bodyOf, cite, type Instrument } from './body.ts'

const arabPact: Instrument = {
  ar: 'ميثاق جامعة الدول العربية',
  en: 'Pact of the League of Arab States',
  es: 'Pacto de la Liga de los Estados Árabes',
  fr: 'Pacte de la Ligue des États arabes',
  ru: 'Пакт Лиги арабских государств',
  zh: '《阿拉伯国家联盟公约》',
}
const islamicCharter: Instrument = {
  ar: 'ميثاق منظمة التعاون الإسلامي',
  en: 'Charter of the Organisation of Islamic Cooperation',
  es: 'Carta de la Organización de Cooperación Islámica',
  fr: 'Charte de l’Organisation de la coopération islamique',
  ru: 'Устав Организации исламского сотрудничества',
  zh: '《伊斯兰合作组织宪章》',
}
const cisCharter: Instrument = {
  ar: 'ميثاق رابطة الدول المستقلة',
  en: 'Charter of the Commonwealth of Independent States',
  es: 'Carta de la Comunidad de Estados Independientes',
  fr: 'Charte de la Communauté d’États indépendants',
  ru: 'Устав Содружества Независимых Государств',
  zh: '《独立国家联合体章程》',
}
const atlantic: Instrument = {
  ar: 'معاهدة شمال الأطلسي',
  en: 'North Atlantic Treaty',
  es: 'Tratado del Atlántico Norte',
  fr: 'Traité de l’Atlantique Nord',
  ru: 'Североатлантический договор',
  zh: '《北大西洋公约》',
}

export const arabLeague = bodyOf({
  code: 'LAS',
  region: 'across',
  names: {
    ar: 'جامعة الدول العربية',
    en: 'League of Arab States',
    es: 'Liga de los Estados Árabes',
    fr: 'Ligue des États arabes',
    ru: 'Лига арабских государств',
    zh: '阿拉伯国家联盟',
  },
  founding: cite(arabPact, null),
  suspension: { effect: 'as-decided', basis: cite(arabPact, '18') },
  organs: [
    {
      code: 'council',
      names: {
        ar: 'مجلس الجامعة',
        en: 'Council of the League',
        es: 'Consejo de la Liga',
        fr: 'Conseil de la Ligue',
        ru: 'Совет Лиги',
        zh: '联盟理事会',
      },
      rule: 'consensus-or-majority',
      basis: cite(arabPact, '7'),
      procedures: [
        {
          kind: 'mediation',
          can: ['put-on-agenda', 'mediate', 'statement'],
          callers: ['member-state', 'concerned-state'],
          basis: [cite(arabPact, '5'), cite(arabPact, '11')],
        },
        {
          kind: 'suspension',
          can: ['suspend-rights', 'sanctions'],
          callers: ['organ-itself'],
          rule: 'unanimity-without-concerned',
          basis: [cite(arabPact, '18')],
        },
      ],
    },
  ],
})

export const islamicCooperation = bodyOf({
  code: 'OIC',
  region: 'across',
  names: {
    ar: 'منظمة التعاون الإسلامي',
    en: 'Organisation of Islamic Cooperation',
    es: 'Organización de Cooperación Islámica',
    fr: 'Organisation de la coopération islamique',
    ru: 'Организация исламского сотрудничества',
    zh: '伊斯兰合作组织',
  },
  founding: cite(islamicCharter, null),
  suspension: { effect: 'as-decided', basis: null },
  organs: [
    {
      code: 'summit',
      names: {
        ar: 'القمة الإسلامية',
        en: 'Islamic Summit',
        es: 'Cumbre Islámica',
        fr: 'Sommet islamique',
        ru: 'Исламский саммит',
        zh: '伊斯兰首脑会议',
      },
      rule: 'consensus-or-two-thirds',
      basis: cite(islamicCharter, '33'),
    },
    {
      code: 'ministers',
      names: {
        ar: 'مجلس وزراء الخارجية',
        en: 'Council of Foreign Ministers',
        es: 'Consejo de Ministros de Relaciones Exteriores',
        fr: 'Conseil des ministres des affaires étrangères',
        ru: 'Совет министров иностранных дел',
        zh: '外交部长理事会',
      },
      rule: 'consensus-or-two-thirds',
      basis: cite(islamicCharter, '33'),
      procedures: [
        {
          kind: 'good-offices',
          can: ['put-on-agenda', 'good-offices', 'mediate', 'statement'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(islamicCharter, '10'), cite(islamicCharter, '27')],
        },
      ],
    },
    {
      code: 'iphrc',
      names: {
        ar: 'الهيئة الدائمة المستقلة لحقوق الإنسان',
        en: 'Independent Permanent Human Rights Commission',
        es: 'Comisión Permanente Independiente de Derechos Humanos',
        fr: 'Commission permanente indépendante des droits de l’homme',
        ru: 'Независимая постоянная комиссия по правам человека',
        zh: '独立常设人权委员会',
      },
      rule: 'not-held',
      basis: cite(islamicCharter, '15'),
      procedures: [
        {
          kind: 'fact-finding',
          can: ['establish-facts', 'recommend', 'statement'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(islamicCharter, '15')],
        },
      ],
    },
  ],
})

export const commonwealthOfStates = bodyOf({
  code: 'CIS',
  region: 'across',
  names: {
    ar: 'رابطة الدول المستقلة',
    en: 'Commonwealth of Independent States',
    es: 'Comunidad de Estados Independientes',
    fr: 'Communauté d’États indépendants',
    ru: 'Содружество Независимых Государств',
    zh: '独立国家联合体',
  },
  founding: cite(cisCharter, null),
  suspension: { effect: 'as-decided', basis: cite(cisCharter, '10') },
  organs: [
    {
      code: 'heads',
      names: {
        ar: 'مجلس رؤساء الدول',
        en: 'Council of Heads of State',
        es: 'Consejo de Jefes de Estado',
        fr: 'Conseil des chefs d’État',
        ru: 'Совет глав государств',
        zh: '国家元首理事会',
      },
      rule: 'consensus',
      basis: cite(cisCharter, '23'),
      procedures: [
        {
          kind: 'peaceful-settlement',
          can: ['put-on-agenda', 'recommend'],
          callers: ['member-state'],
          basis: [cite(cisCharter, '17'), cite(cisCharter, '18')],
        },
      ],
    },
  ],
})

export const northAtlantic = bodyOf({
  code: 'NATO',
  region: 'across',
  names: {
    ar: 'منظمة حلف شمال الأطلسي',
    en: 'North Atlantic Treaty Organization',
    es: 'Organización del Tratado del Atlántico Norte',
    fr: 'Organisation du Traité de l’Atlantique Nord',
    ru: 'Организация Североатлантического договора',
    zh: '北大西洋公约组织',
  },
  founding: cite(atlantic, null),
  suspension: { effect: 'not-foreseen', basis: null },
  organs: [
    {
      code: 'council',
      names: {
        ar: 'مجلس شمال الأطلسي',
        en: 'North Atlantic Council',
        es: 'Consejo del Atlántico Norte',
        fr: 'Conseil de l’Atlantique Nord',
        ru: 'Североатлантический совет',
        zh: '北大西洋理事会',
      },
      rule: 'consensus',
      basis: cite(atlantic, '9'),
      procedures: [
        {
          kind: 'consultation',
          can: ['consult'],
          callers: ['member-state'],
          basis: [cite(atlantic, '4')],
          reach: 'others',
        },
      ],
    },
  ],
})
