import { bodyOf, cite, type Instrument } from './body.ts'

const treaty: Instrument = {
  ar: 'المعاهدة المنقحة للجماعة الاقتصادية لدول غرب أفريقيا',
  en: 'Revised Treaty of ECOWAS',
  es: 'Tratado revisado de la CEDEAO',
  fr: 'Traité révisé de la CEDEAO',
  ru: 'Пересмотренный договор ЭКОВАС',
  zh: '《西非经共体订正条约》',
}
const mechanism: Instrument = {
  ar: 'البروتوكول المتعلق بآلية منع النزاعات وإدارتها وتسويتها وحفظ السلام والأمن (1999)',
  en: 'Protocol relating to the Mechanism for Conflict Prevention, Management, Resolution, Peacekeeping and Security (1999)',
  es: 'Protocolo relativo al Mecanismo de Prevención, Gestión y Solución de Conflictos, Mantenimiento de la Paz y Seguridad (1999)',
  fr: 'Protocole relatif au Mécanisme de prévention, de gestion, de règlement des conflits, de maintien de la paix et de la sécurité (1999)',
  ru: 'Протокол о механизме предотвращения, регулирования и разрешения конфликтов, поддержания мира и безопасности (1999 год)',
  zh: '《关于预防、管理和解决冲突以及维持和平与安全机制的议定书》(1999年)',
}
const governance: Instrument = {
  ar: 'البروتوكول التكميلي بشأن الديمقراطية والحكم الرشيد (2001)',
  en: 'Supplementary Protocol on Democracy and Good Governance (2001)',
  es: 'Protocolo Complementario sobre Democracia y Buena Gobernanza (2001)',
  fr: 'Protocole additionnel sur la démocratie et la bonne gouvernance (2001)',
  ru: 'Дополнительный протокол о демократии и благом управлении (2001 год)',
  zh: '《民主与善政补充议定书》(2001年)',
}
const centralTreaty: Instrument = {
  ar: 'المعاهدة المنشئة للجماعة الاقتصادية لدول وسط أفريقيا',
  en: 'Treaty establishing ECCAS',
  es: 'Tratado constitutivo de la CEEAC',
  fr: 'Traité instituant la CEEAC',
  ru: 'Договор об учреждении ЭСЦАГ',
  zh: '《中非经共体成立条约》',
}
const copax: Instrument = {
  ar: 'البروتوكول المتعلق بمجلس السلام والأمن في وسط أفريقيا (كوباكس)',
  en: 'Protocol relating to the Council for Peace and Security in Central Africa (COPAX)',
  es: 'Protocolo relativo al Consejo de Paz y Seguridad en África Central (COPAX)',
  fr: 'Protocole relatif au Conseil de paix et de sécurité de l’Afrique centrale (COPAX)',
  ru: 'Протокол о Совете мира и безопасности в Центральной Африке (КОПАКС)',
  zh: '《关于中部非洲和平与安全理事会的议定书》',
}

export const ecowas = bodyOf({
  code: 'ECOWAS',
  region: 'africa',
  names: {
    ar: 'الجماعة الاقتصادية لدول غرب أفريقيا',
    en: 'Economic Community of West African States',
    es: 'Comunidad Económica de los Estados de África Occidental',
    fr: 'Communauté économique des États de l’Afrique de l’Ouest',
    ru: 'Экономическое сообщество западноафриканских государств',
    zh: '西非国家经济共同体',
  },
  founding: cite(treaty, null),
  suspension: { effect: 'no-part-in-decisions', basis: cite(governance, '45') },
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
      rule: 'consensus-or-two-thirds',
      basis: cite(treaty, '9'),
      procedures: [
        {
          kind: 'suspension',
          can: ['suspend-rights', 'sanctions'],
          callers: ['organ-itself'],
          basis: [cite(governance, '45'), cite(treaty, '77')],
        },
      ],
    },
    {
      code: 'mediation-security-council',
      names: {
        ar: 'مجلس الوساطة والأمن',
        en: 'Mediation and Security Council',
        es: 'Consejo de Mediación y Seguridad',
        fr: 'Conseil de médiation et de sécurité',
        ru: 'Совет по посредничеству и безопасности',
        zh: '调解与安全理事会',
      },
      rule: 'two-thirds',
      basis: cite(mechanism, '9'),
      procedures: [
        {
          kind: 'prevention',
          can: ['put-on-agenda', 'mediate', 'establish-facts', 'deploy-mission', 'authorise-force'],
          callers: ['member-state', 'organ-itself', 'body-secretariat', 'african-union-or-un'],
          basis: [cite(mechanism, '10'), cite(mechanism, '25'), cite(mechanism, '26')],
        },
      ],
    },
    {
      code: 'president-commission',
      names: {
        ar: 'رئيس المفوضية',
        en: 'President of the Commission',
        es: 'Presidencia de la Comisión',
        fr: 'Président de la Commission',
        ru: 'Председатель Комиссии',
        zh: '委员会主席',
      },
      rule: 'own-judgement',
      basis: cite(mechanism, '15'),
      procedures: [
        {
          kind: 'early-warning',
          can: ['alert-superior', 'establish-facts', 'good-offices'],
          callers: ['anybody'],
          basis: [cite(mechanism, '15'), cite(mechanism, '23'), cite(treaty, '58')],
        },
      ],
    },
  ],
})

export const eccas = bodyOf({
  code: 'ECCAS',
  region: 'africa',
  names: {
    ar: 'الجماعة الاقتصادية لدول وسط أفريقيا',
    en: 'Economic Community of Central African States',
    es: 'Comunidad Económica de los Estados de África Central',
    fr: 'Communauté économique des États de l’Afrique centrale',
    ru: 'Экономическое сообщество центральноафриканских государств',
    zh: '中部非洲国家经济共同体',
  },
  founding: cite(centralTreaty, null),
  suspension: { effect: 'as-decided', basis: null },
  organs: [
    {
      code: 'conference',
      names: {
        ar: 'مؤتمر رؤساء الدول والحكومات',
        en: 'Conference of Heads of State and Government',
        es: 'Conferencia de Jefes de Estado y de Gobierno',
        fr: 'Conférence des chefs d’État et de gouvernement',
        ru: 'Конференция глав государств и правительств',
        zh: '国家元首和政府首脑会议',
      },
      rule: 'consensus',
      basis: cite(centralTreaty, null),
      procedures: [
        {
          kind: 'prevention',
          can: ['put-on-agenda', 'mediate', 'deploy-mission', 'sanctions'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(copax, null)],
        },
      ],
    },
    {
      code: 'marac',
      names: {
        ar: 'آلية الإنذار المبكر لوسط أفريقيا',
        en: 'Central African Early Warning Mechanism (MARAC)',
        es: 'Mecanismo de Alerta Temprana de África Central (MARAC)',
        fr: 'Mécanisme d’alerte rapide de l’Afrique centrale (MARAC)',
        ru: 'Механизм раннего предупреждения Центральной Африки (МАРАК)',
        zh: '中部非洲预警机制',
      },
      rule: 'own-judgement',
      basis: cite(copax, null),
      procedures: [
        {
          kind: 'early-warning',
          can: ['alert-superior'],
          callers: ['anybody'],
          basis: [cite(copax, null)],
        },
      ],
    },
  ],
})
