import { bodyOf, cite, type Instrument } from './body.ts'

const treaty: Instrument = {
  ar: 'معاهدة الجماعة الإنمائية للجنوب الأفريقي',
  en: 'Treaty of the Southern African Development Community',
  es: 'Tratado de la Comunidad de África Meridional para el Desarrollo',
  fr: 'Traité de la Communauté de développement de l’Afrique australe',
  ru: 'Договор о Сообществе по вопросам развития юга Африки',
  zh: '《南部非洲发展共同体条约》',
}
const protocol: Instrument = {
  ar: 'بروتوكول التعاون في مجالات السياسة والدفاع والأمن',
  en: 'Protocol on Politics, Defence and Security Cooperation',
  es: 'Protocolo sobre Cooperación en Política, Defensa y Seguridad',
  fr: 'Protocole sur la coopération en matière de politique, de défense et de sécurité',
  ru: 'Протокол о сотрудничестве в области политики, обороны и безопасности',
  zh: '《政治、防务和安全合作议定书》',
}
const comesaTreaty: Instrument = {
  ar: 'معاهدة إنشاء السوق المشتركة لشرق أفريقيا والجنوب الأفريقي',
  en: 'Treaty establishing COMESA',
  es: 'Tratado constitutivo del COMESA',
  fr: 'Traité instituant le COMESA',
  ru: 'Договор об учреждении КОМЕСА',
  zh: '《东南非共同市场成立条约》',
}

export const sadc = bodyOf({
  code: 'SADC',
  region: 'africa',
  names: {
    ar: 'الجماعة الإنمائية للجنوب الأفريقي',
    en: 'Southern African Development Community',
    es: 'Comunidad de África Meridional para el Desarrollo',
    fr: 'Communauté de développement de l’Afrique australe',
    ru: 'Сообщество по вопросам развития юга Африки',
    zh: '南部非洲发展共同体',
  },
  founding: cite(treaty, null),
  suspension: { effect: 'as-decided', basis: cite(treaty, '33') },
  organs: [
    {
      code: 'organ',
      names: {
        ar: 'الجهاز المعني بالتعاون في مجالات السياسة والدفاع والأمن',
        en: 'Organ on Politics, Defence and Security Cooperation (Troika)',
        es: 'Órgano de Cooperación en Política, Defensa y Seguridad (Troika)',
        fr: 'Organe de coopération en matière de politique, de défense et de sécurité (Troïka)',
        ru: 'Орган по сотрудничеству в области политики, обороны и безопасности («Тройка»)',
        zh: '政治、防务和安全合作机构(三驾马车)',
      },
      rule: 'consensus',
      basis: cite(protocol, '8(c)'),
      procedures: [
        {
          kind: 'prevention',
          can: ['establish-facts', 'mediate', 'good-offices', 'deploy-mission', 'recommend'],
          callers: ['member-state', 'organ-itself'],
          basis: [cite(protocol, '11(2)(b)'), cite(protocol, '11(3)')],
        },
      ],
    },
    {
      code: 'summit',
      names: {
        ar: 'مؤتمر قمة رؤساء الدول والحكومات',
        en: 'Summit of Heads of State or Government',
        es: 'Cumbre de Jefes de Estado o de Gobierno',
        fr: 'Sommet des chefs d’État ou de gouvernement',
        ru: 'Саммит глав государств и правительств',
        zh: '国家元首和政府首脑会议',
      },
      rule: 'consensus',
      basis: cite(treaty, '10'),
      procedures: [
        {
          kind: 'enforcement',
          can: ['intervene', 'sanctions'],
          callers: ['organ-itself', 'chair'],
          basis: [cite(protocol, '11(3)')],
        },
      ],
    },
  ],
})

export const comesa = bodyOf({
  code: 'COMESA',
  region: 'africa',
  names: {
    ar: 'السوق المشتركة لشرق أفريقيا والجنوب الأفريقي',
    en: 'Common Market for Eastern and Southern Africa',
    es: 'Mercado Común de África Oriental y Meridional',
    fr: 'Marché commun de l’Afrique de l’Est et de l’Afrique australe',
    ru: 'Общий рынок Восточной и Южной Африки',
    zh: '东部和南部非洲共同市场',
  },
  founding: cite(comesaTreaty, null),
  suspension: { effect: 'as-decided', basis: null },
  organs: [
    {
      code: 'authority',
      names: {
        ar: 'هيئة رؤساء الدول والحكومات',
        en: 'Authority of Heads of State and Government',
        es: 'Autoridad de Jefes de Estado y de Gobierno',
        fr: 'Conférence des chefs d’État et de gouvernement',
        ru: 'Совет глав государств и правительств',
        zh: '国家元首和政府首脑会议',
      },
      rule: 'consensus',
      basis: cite(comesaTreaty, '8'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'mediate'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(comesaTreaty, '163')],
        },
      ],
    },
  ],
})
