import { bodyOf, cite, type Instrument } from './body.ts'

const charter: Instrument = {
  ar: 'ميثاق الأمم المتحدة',
  en: 'Charter of the United Nations',
  es: 'Carta de las Naciones Unidas',
  fr: 'Charte des Nations Unies',
  ru: 'Устав Организации Объединенных Наций',
  zh: '《联合国宪章》',
}
const adviser: Instrument = {
  ar: 'رسالة الأمين العام بشأن المستشار الخاص المعني بمنع الإبادة الجماعية',
  en: 'Letter of the Secretary-General on the Special Adviser on the Prevention of Genocide',
  es: 'Carta del Secretario General sobre el Asesor Especial sobre la Prevención del Genocidio',
  fr: 'Lettre du Secrétaire général sur le Conseiller spécial pour la prévention du génocide',
  ru: 'Письмо Генерального секретаря о Специальном советнике по предупреждению геноцида',
  zh: '秘书长关于防止灭绝种族罪行问题特别顾问的信',
  symbol: 'S/2004/567',
}
const uniting: Instrument = {
  ar: 'قرار «الاتحاد من أجل السلام»',
  en: 'Resolution “Uniting for peace”',
  es: 'Resolución «Unión pro paz»',
  fr: 'Résolution « L’union pour le maintien de la paix »',
  ru: 'Резолюция «Единство в пользу мира»',
  zh: '“联合一致共策和平”决议',
  symbol: 'A/RES/377(V)',
}
const council: Instrument = {
  ar: 'القرار المنشئ لمجلس حقوق الإنسان',
  en: 'Resolution establishing the Human Rights Council',
  es: 'Resolución por la que se establece el Consejo de Derechos Humanos',
  fr: 'Résolution portant création du Conseil des droits de l’homme',
  ru: 'Резолюция об учреждении Совета по правам человека',
  zh: '设立人权理事会的决议',
  symbol: 'A/RES/60/251',
}
const convention: Instrument = {
  ar: 'اتفاقية منع جريمة الإبادة الجماعية والمعاقبة عليها',
  en: 'Convention on the Prevention and Punishment of the Crime of Genocide',
  es: 'Convención para la Prevención y la Sanción del Delito de Genocidio',
  fr: 'Convention pour la prévention et la répression du crime de génocide',
  ru: 'Конвенция о предупреждении преступления геноцида и наказании за него',
  zh: '《防止及惩治灭绝种族罪公约》',
}

export const unitedNations = bodyOf({
  code: 'UN',
  region: 'universal',
  names: {
    ar: 'الأمم المتحدة',
    en: 'United Nations',
    es: 'Naciones Unidas',
    fr: 'Nations Unies',
    ru: 'Организация Объединенных Наций',
    zh: '联合国',
  },
  founding: cite(charter, null),
  suspension: { effect: 'as-decided', basis: cite(charter, '5') },
  organs: [
    {
      code: 'secretary-general',
      names: {
        ar: 'الأمين العام',
        en: 'Secretary-General',
        es: 'Secretario General',
        fr: 'Secrétaire général',
        ru: 'Генеральный секретарь',
        zh: '秘书长',
      },
      rule: 'own-judgement',
      basis: cite(charter, '97'),
      procedures: [
        {
          kind: 'early-warning',
          can: ['good-offices', 'alert-superior', 'statement'],
          callers: ['anybody'],
          basis: [cite(charter, '99'), cite(adviser, null)],
        },
      ],
    },
    {
      code: 'security-council',
      names: {
        ar: 'مجلس الأمن',
        en: 'Security Council',
        es: 'Consejo de Seguridad',
        fr: 'Conseil de sécurité',
        ru: 'Совет Безопасности',
        zh: '安全理事会',
      },
      rule: 'nine-of-fifteen-with-veto',
      basis: cite(charter, '27'),
      procedures: [
        {
          kind: 'peaceful-settlement',
          can: ['put-on-agenda', 'establish-facts', 'recommend'],
          callers: ['any-un-member', 'secretary-general', 'general-assembly'],
          basis: [
            cite(charter, '34'),
            cite(charter, '35'),
            cite(charter, '99'),
            cite(convention, 'VIII'),
          ],
        },
        {
          kind: 'enforcement',
          can: ['sanctions', 'deploy-mission', 'authorise-force'],
          callers: ['organ-itself'],
          basis: [cite(charter, '39'), cite(charter, '41'), cite(charter, '42')],
        },
        {
          kind: 'regional-arrangements',
          can: ['authorise-force', 'inform-council'],
          callers: ['body-secretariat', 'any-un-member'],
          basis: [cite(charter, '52'), cite(charter, '53'), cite(charter, '54')],
        },
      ],
    },
    {
      code: 'general-assembly',
      names: {
        ar: 'الجمعية العامة',
        en: 'General Assembly',
        es: 'Asamblea General',
        fr: 'Assemblée générale',
        ru: 'Генеральная Ассамблея',
        zh: '大会',
      },
      rule: 'two-thirds',
      basis: cite(charter, '18(2)'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'recommend', 'inquiry'],
          callers: ['any-un-member', 'security-council'],
          basis: [cite(charter, '11(2)'), cite(charter, '14'), cite(charter, '35')],
        },
        {
          kind: 'uniting-for-peace',
          can: ['put-on-agenda', 'recommend'],
          callers: ['security-council', 'any-un-member'],
          basis: [cite(uniting, null), cite(charter, '20')],
        },
      ],
    },
    {
      code: 'human-rights-council',
      names: {
        ar: 'مجلس حقوق الإنسان',
        en: 'Human Rights Council',
        es: 'Consejo de Derechos Humanos',
        fr: 'Conseil des droits de l’homme',
        ru: 'Совет по правам человека',
        zh: '人权理事会',
      },
      rule: 'majority',
      basis: cite(council, null),
      procedures: [
        {
          kind: 'special-session',
          can: ['put-on-agenda', 'inquiry', 'recommend'],
          callers: ['third-of-members'],
          basis: [cite(council, '§10')],
        },
      ],
    },
  ],
})
