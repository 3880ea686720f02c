import { bodyOf, cite, type Instrument } from './body.ts'

const pact: Instrument = {
  ar: 'ميثاق الأمن والاستقرار والتنمية في منطقة البحيرات الكبرى',
  en: 'Pact on Security, Stability and Development in the Great Lakes Region',
  es: 'Pacto sobre la Seguridad, la Estabilidad y el Desarrollo en la Región de los Grandes Lagos',
  fr: 'Pacte sur la sécurité, la stabilité et le développement dans la région des Grands Lacs',
  ru: 'Пакт о безопасности, стабильности и развитии в районе Великих озер',
  zh: '《大湖区安全、稳定与发展公约》',
}
const genocide: Instrument = {
  ar: 'بروتوكول منع جريمة الإبادة الجماعية وجرائم الحرب والجرائم ضد الإنسانية وجميع أشكال التمييز والمعاقبة عليها (2006)',
  en: 'Protocol for the Prevention and the Punishment of the Crime of Genocide, War Crimes and Crimes against Humanity and all forms of Discrimination (2006)',
  es: 'Protocolo para la Prevención y la Sanción del Delito de Genocidio, los Crímenes de Guerra, los Crímenes de Lesa Humanidad y todas las formas de Discriminación (2006)',
  fr: 'Protocole pour la prévention et la répression du crime de génocide, des crimes de guerre et des crimes contre l’humanité et de toute forme de discrimination (2006)',
  ru: 'Протокол о предупреждении преступления геноцида, военных преступлений и преступлений против человечности и всех форм дискриминации и наказании за них (2006 год)',
  zh: '《防止及惩治灭绝种族罪、战争罪和危害人类罪以及一切形式歧视议定书》(2006年)',
}
const igadAgreement: Instrument = {
  ar: 'الاتفاق المنشئ للهيئة الحكومية الدولية المعنية بالتنمية',
  en: 'Agreement establishing IGAD',
  es: 'Acuerdo constitutivo de la IGAD',
  fr: 'Accord portant création de l’IGAD',
  ru: 'Соглашение об учреждении ИГАД',
  zh: '《伊加特成立协定》',
}
const cewarn: Instrument = {
  ar: 'البروتوكول المتعلق بآلية الإنذار المبكر بالنزاعات والتصدي لها',
  en: 'Protocol on the Conflict Early Warning and Response Mechanism (CEWARN)',
  es: 'Protocolo sobre el Mecanismo de Alerta Temprana y Respuesta a los Conflictos (CEWARN)',
  fr: 'Protocole sur le Mécanisme d’alerte précoce et de réponse aux conflits (CEWARN)',
  ru: 'Протокол о механизме раннего предупреждения о конфликтах и реагирования на них (СЕВАРН)',
  zh: '《冲突预警和应对机制议定书》',
}
const eacTreaty: Instrument = {
  ar: 'معاهدة إنشاء جماعة شرق أفريقيا',
  en: 'Treaty for the Establishment of the East African Community',
  es: 'Tratado Constitutivo de la Comunidad de África Oriental',
  fr: 'Traité portant création de la Communauté d’Afrique de l’Est',
  ru: 'Договор об учреждении Восточноафриканского сообщества',
  zh: '《东非共同体成立条约》',
}

export const icglr = bodyOf({
  code: 'ICGLR',
  region: 'africa',
  names: {
    ar: 'المؤتمر الدولي المعني بمنطقة البحيرات الكبرى',
    en: 'International Conference on the Great Lakes Region',
    es: 'Conferencia Internacional sobre la Región de los Grandes Lagos',
    fr: 'Conférence internationale sur la région des Grands Lacs',
    ru: 'Международная конференция по району Великих озер',
    zh: '大湖区问题国际会议',
  },
  founding: cite(pact, null),
  suspension: { effect: 'not-foreseen', basis: null },
  organs: [
    {
      code: 'regional-committee',
      names: {
        ar: 'اللجنة الإقليمية لمنع الإبادة الجماعية',
        en: 'Regional Committee for the Prevention of Genocide, War Crimes and Crimes against Humanity',
        es: 'Comité Regional para la Prevención del Genocidio',
        fr: 'Comité régional pour la prévention du génocide',
        ru: 'Региональный комитет по предупреждению геноцида',
        zh: '防止灭绝种族罪区域委员会',
      },
      rule: 'not-held',
      basis: cite(genocide, '38'),
      procedures: [
        {
          kind: 'alert',
          can: ['establish-facts', 'recommend', 'alert-superior'],
          callers: ['anybody', 'member-state', 'organ-itself'],
          basis: [cite(genocide, '38')],
        },
      ],
    },
    {
      code: 'ministers',
      names: {
        ar: 'اللجنة الوزارية الإقليمية المشتركة',
        en: 'Regional Inter-Ministerial Committee',
        es: 'Comité Interministerial Regional',
        fr: 'Comité interministériel régional',
        ru: 'Региональный межминистерский комитет',
        zh: '区域部长间委员会',
      },
      rule: 'consensus',
      basis: cite(pact, null),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'recommend'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(pact, null)],
        },
      ],
    },
    {
      code: 'summit',
      names: {
        ar: 'مؤتمر القمة',
        en: 'Summit of Heads of State and Government',
        es: 'Cumbre de Jefes de Estado y de Gobierno',
        fr: 'Sommet des chefs d’État et de gouvernement',
        ru: 'Встреча на высшем уровне глав государств и правительств',
        zh: '国家元首和政府首脑会议',
      },
      rule: 'consensus',
      basis: cite(pact, null),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'statement', 'mediate', 'deploy-mission'],
          callers: ['member-state', 'organ-itself'],
          basis: [cite(pact, null), cite(genocide, '38')],
        },
      ],
    },
  ],
})

export const igad = bodyOf({
  code: 'IGAD',
  region: 'africa',
  names: {
    ar: 'الهيئة الحكومية الدولية المعنية بالتنمية',
    en: 'Intergovernmental Authority on Development',
    es: 'Autoridad Intergubernamental para el Desarrollo',
    fr: 'Autorité intergouvernementale pour le développement',
    ru: 'Межправительственная организация по развитию',
    zh: '政府间发展组织(伊加特)',
  },
  founding: cite(igadAgreement, null),
  suspension: { effect: 'not-foreseen', basis: null },
  organs: [
    {
      code: 'assembly',
      names: {
        ar: 'جمعية رؤساء الدول والحكومات',
        en: 'Assembly of Heads of State and Government',
        es: 'Asamblea de Jefes de Estado y de Gobierno',
        fr: 'Conférence des chefs d’État et de gouvernement',
        ru: 'Ассамблея глав государств и правительств',
        zh: '国家元首和政府首脑大会',
      },
      rule: 'consensus',
      basis: cite(igadAgreement, '9'),
      procedures: [
        {
          kind: 'prevention',
          can: ['put-on-agenda', 'mediate', 'statement'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(igadAgreement, '9'), cite(igadAgreement, '18A')],
        },
      ],
    },
    {
      code: 'council',
      names: {
        ar: 'مجلس الوزراء',
        en: 'Council of Ministers',
        es: 'Consejo de Ministros',
        fr: 'Conseil des ministres',
        ru: 'Совет министров',
        zh: '部长理事会',
      },
      rule: 'consensus-or-two-thirds',
      basis: cite(igadAgreement, '10'),
    },
    {
      code: 'cewarn',
      names: {
        ar: 'آلية الإنذار المبكر بالنزاعات والتصدي لها',
        en: 'Conflict Early Warning and Response Mechanism (CEWARN)',
        es: 'Mecanismo de Alerta Temprana y Respuesta a los Conflictos (CEWARN)',
        fr: 'Mécanisme d’alerte précoce et de réponse aux conflits (CEWARN)',
        ru: 'Механизм раннего предупреждения о конфликтах и реагирования на них (СЕВАРН)',
        zh: '冲突预警和应对机制',
      },
      rule: 'own-judgement',
      basis: cite(cewarn, null),
      procedures: [
        {
          kind: 'early-warning',
          can: ['establish-facts', 'alert-superior', 'recommend'],
          callers: ['anybody'],
          basis: [cite(cewarn, null)],
        },
      ],
    },
  ],
})

export const eac = bodyOf({
  code: 'EAC',
  region: 'africa',
  names: {
    ar: 'جماعة شرق أفريقيا',
    en: 'East African Community',
    es: 'Comunidad de África Oriental',
    fr: 'Communauté d’Afrique de l’Est',
    ru: 'Восточноафриканское сообщество',
    zh: '东非共同体',
  },
  founding: cite(eacTreaty, null),
  suspension: { effect: 'no-part-in-organs', basis: cite(eacTreaty, '146') },
  organs: [
    {
      code: 'summit',
      names: {
        ar: 'قمة رؤساء الدول',
        en: 'Summit of Heads of State',
        es: 'Cumbre de Jefes de Estado',
        fr: 'Sommet des chefs d’État',
        ru: 'Саммит глав государств',
        zh: '国家元首首脑会议',
      },
      rule: 'consensus',
      basis: cite(eacTreaty, '12(3)'),
      procedures: [
        {
          kind: 'prevention',
          can: ['put-on-agenda', 'mediate', 'deploy-mission'],
          callers: ['member-state', 'organ-itself', 'body-secretariat'],
          basis: [cite(eacTreaty, '11'), cite(eacTreaty, '124')],
        },
        {
          kind: 'suspension',
          can: ['suspend-rights', 'sanctions'],
          callers: ['organ-itself'],
          basis: [cite(eacTreaty, '146')],
        },
      ],
    },
  ],
})
