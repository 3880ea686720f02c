import { bodyOf, cite, type Instrument } from './body.ts'

const act: Instrument = {
  ar: 'القانون التأسيسي للاتحاد الأفريقي',
  en: 'Constitutive Act of the African Union',
  es: 'Acta Constitutiva de la Unión Africana',
  fr: 'Acte constitutif de l’Union africaine',
  ru: 'Учредительный акт Африканского союза',
  zh: '《非洲联盟组织法》',
}
const protocol: Instrument = {
  ar: 'البروتوكول المتعلق بإنشاء مجلس السلم والأمن التابع للاتحاد الأفريقي',
  en: 'Protocol relating to the Establishment of the Peace and Security Council of the African Union',
  es: 'Protocolo sobre el Establecimiento del Consejo de Paz y Seguridad de la Unión Africana',
  fr: 'Protocole relatif à la création du Conseil de paix et de sécurité de l’Union africaine',
  ru: 'Протокол о создании Совета мира и безопасности Африканского союза',
  zh: '《关于建立非洲联盟和平与安全理事会的议定书》',
}
const democracy: Instrument = {
  ar: 'الميثاق الأفريقي للديمقراطية والانتخابات والحكم',
  en: 'African Charter on Democracy, Elections and Governance',
  es: 'Carta Africana sobre Democracia, Elecciones y Gobernanza',
  fr: 'Charte africaine de la démocratie, des élections et de la gouvernance',
  ru: 'Африканская хартия по вопросам демократии, выборов и управления',
  zh: '《非洲民主、选举和施政宪章》',
}
const rights: Instrument = {
  ar: 'الميثاق الأفريقي لحقوق الإنسان والشعوب',
  en: 'African Charter on Human and Peoples’ Rights',
  es: 'Carta Africana de Derechos Humanos y de los Pueblos',
  fr: 'Charte africaine des droits de l’homme et des peuples',
  ru: 'Африканская хартия прав человека и народов',
  zh: '《非洲人权和人民权利宪章》',
}

export const africanUnion = bodyOf({
  code: 'AU',
  region: 'africa',
  names: {
    ar: 'الاتحاد الأفريقي',
    en: 'African Union',
    es: 'Unión Africana',
    fr: 'Union africaine',
    ru: 'Африканский союз',
    zh: '非洲联盟',
  },
  founding: cite(act, null),
  suspension: { effect: 'no-part-in-organs', basis: cite(democracy, '25') },
  organs: [
    {
      code: 'psc',
      names: {
        ar: 'مجلس السلم والأمن',
        en: 'Peace and Security Council',
        es: 'Consejo de Paz y Seguridad',
        fr: 'Conseil de paix et de sécurité',
        ru: 'Совет мира и безопасности',
        zh: '和平与安全理事会',
      },
      rule: 'consensus-or-two-thirds',
      basis: cite(protocol, '8(13)'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'statement', 'good-offices', 'deploy-mission'],
          callers: ['member-state', 'chair', 'body-secretariat'],
          basis: [cite(protocol, '7(1)'), cite(protocol, '8(7)')],
        },
        {
          kind: 'intervention',
          can: ['recommend-intervention'],
          callers: ['organ-itself', 'body-secretariat'],
          basis: [cite(protocol, '7(1)(e)'), cite(act, '4(h)')],
        },
        {
          kind: 'suspension',
          can: ['suspend-rights', 'sanctions'],
          callers: ['organ-itself', 'body-secretariat'],
          basis: [cite(protocol, '7(1)(g)'), cite(act, '30')],
        },
      ],
    },
    {
      code: 'assembly',
      names: {
        ar: 'مؤتمر رؤساء الدول والحكومات',
        en: 'Assembly of Heads of State and Government',
        es: 'Asamblea de Jefes de Estado y de Gobierno',
        fr: 'Conférence des chefs d’État et de gouvernement',
        ru: 'Ассамблея глав государств и правительств',
        zh: '国家元首和政府首脑大会',
      },
      rule: 'consensus-or-two-thirds',
      basis: cite(act, '7(1)'),
      procedures: [
        {
          kind: 'intervention',
          can: ['intervene'],
          callers: ['organ-itself'],
          basis: [cite(act, '4(h)')],
        },
        {
          kind: 'intervention-on-request',
          can: ['intervene', 'deploy-mission'],
          callers: ['member-state'],
          basis: [cite(act, '4(j)')],
        },
      ],
    },
    {
      code: 'chairperson',
      names: {
        ar: 'رئيس المفوضية',
        en: 'Chairperson of the Commission',
        es: 'Presidencia de la Comisión',
        fr: 'Président de la Commission',
        ru: 'Председатель Комиссии',
        zh: '委员会主席',
      },
      rule: 'own-judgement',
      basis: cite(protocol, '10'),
      procedures: [
        {
          kind: 'early-warning',
          can: ['alert-superior', 'good-offices', 'mediate'],
          callers: ['anybody'],
          basis: [cite(protocol, '10(2)'), cite(protocol, '12')],
        },
      ],
    },
    {
      code: 'panel',
      names: {
        ar: 'هيئة الحكماء',
        en: 'Panel of the Wise',
        es: 'Grupo de Sabios',
        fr: 'Groupe des Sages',
        ru: 'Группа мудрецов',
        zh: '智者小组',
      },
      rule: 'own-judgement',
      basis: cite(protocol, '11'),
      procedures: [
        {
          kind: 'good-offices',
          can: ['good-offices', 'mediate', 'statement'],
          callers: ['organ-itself', 'chair', 'body-secretariat'],
          basis: [cite(protocol, '11(4)')],
        },
      ],
    },
    {
      code: 'commission-rights',
      names: {
        ar: 'اللجنة الأفريقية لحقوق الإنسان والشعوب',
        en: 'African Commission on Human and Peoples’ Rights',
        es: 'Comisión Africana de Derechos Humanos y de los Pueblos',
        fr: 'Commission africaine des droits de l’homme et des peuples',
        ru: 'Африканская комиссия по правам человека и народов',
        zh: '非洲人权和人民权利委员会',
      },
      rule: 'consensus-or-majority',
      basis: cite(rights, '30'),
      procedures: [
        {
          kind: 'massive-violations',
          can: ['alert-superior', 'establish-facts', 'recommend'],
          callers: ['anybody', 'member-state'],
          basis: [cite(rights, '58')],
        },
      ],
    },
  ],
})
