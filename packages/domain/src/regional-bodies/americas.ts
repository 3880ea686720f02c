import { bodyOf, cite, type Instrument } from './body.ts'

const charter: Instrument = {
  ar: 'ميثاق منظمة الدول الأمريكية',
  en: 'Charter of the Organization of American States',
  es: 'Carta de la Organización de los Estados Americanos',
  fr: 'Charte de l’Organisation des États américains',
  ru: 'Устав Организации американских государств',
  zh: '《美洲国家组织宪章》',
}
const democratic: Instrument = {
  ar: 'الميثاق الديمقراطي للبلدان الأمريكية',
  en: 'Inter-American Democratic Charter',
  es: 'Carta Democrática Interamericana',
  fr: 'Charte démocratique interaméricaine',
  ru: 'Межамериканская демократическая хартия',
  zh: '《美洲民主宪章》',
}
const commissionRules: Instrument = {
  ar: 'النظام الداخلي للجنة البلدان الأمريكية لحقوق الإنسان',
  en: 'Rules of Procedure of the Inter-American Commission on Human Rights',
  es: 'Reglamento de la Comisión Interamericana de Derechos Humanos',
  fr: 'Règlement de la Commission interaméricaine des droits de l’homme',
  ru: 'Правила процедуры Межамериканской комиссии по правам человека',
  zh: '《美洲人权委员会议事规则》',
}
const chaguaramas: Instrument = {
  ar: 'معاهدة تشاغواراماس المنقحة',
  en: 'Revised Treaty of Chaguaramas',
  es: 'Tratado Revisado de Chaguaramas',
  fr: 'Traité révisé de Chaguaramas',
  ru: 'Пересмотренный Чагуарамасский договор',
  zh: '《查瓜拉马斯条约》订正本',
}

export const oas = bodyOf({
  code: 'OAS',
  region: 'americas',
  names: {
    ar: 'منظمة الدول الأمريكية',
    en: 'Organization of American States',
    es: 'Organización de los Estados Americanos',
    fr: 'Organisation des États américains',
    ru: 'Организация американских государств',
    zh: '美洲国家组织',
  },
  founding: cite(charter, null),
  suspension: { effect: 'no-part-in-organs', basis: cite(charter, '9') },
  organs: [
    {
      code: 'permanent-council',
      names: {
        ar: 'المجلس الدائم',
        en: 'Permanent Council',
        es: 'Consejo Permanente',
        fr: 'Conseil permanent',
        ru: 'Постоянный совет',
        zh: '常设理事会',
      },
      rule: 'majority',
      basis: cite(charter, '80'),
      procedures: [
        {
          kind: 'prevention',
          can: ['put-on-agenda', 'good-offices', 'establish-facts', 'recommend'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(democratic, '18'), cite(democratic, '20'), cite(charter, '84')],
        },
      ],
    },
    {
      code: 'meeting-of-consultation',
      names: {
        ar: 'اجتماع تشاور وزراء الخارجية',
        en: 'Meeting of Consultation of Ministers of Foreign Affairs',
        es: 'Reunión de Consulta de Ministros de Relaciones Exteriores',
        fr: 'Réunion de consultation des ministres des relations extérieures',
        ru: 'Консультативное совещание министров иностранных дел',
        zh: '外交部长协商会议',
      },
      rule: 'not-held',
      basis: cite(charter, '61'),
      procedures: [
        {
          kind: 'emergency-meeting',
          can: ['put-on-agenda', 'recommend'],
          callers: ['member-state'],
          basis: [cite(charter, '61'), cite(charter, '62')],
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
        ru: 'Генеральная ассамблея',
        zh: '大会',
      },
      rule: 'majority',
      basis: cite(charter, '59'),
      procedures: [
        {
          kind: 'suspension',
          can: ['suspend-rights'],
          callers: ['member-state', 'body-secretariat', 'organ-itself'],
          rule: 'two-thirds',
          basis: [cite(charter, '9'), cite(democratic, '20'), cite(democratic, '21')],
        },
      ],
    },
    {
      code: 'commission-rights',
      names: {
        ar: 'لجنة البلدان الأمريكية لحقوق الإنسان',
        en: 'Inter-American Commission on Human Rights',
        es: 'Comisión Interamericana de Derechos Humanos',
        fr: 'Commission interaméricaine des droits de l’homme',
        ru: 'Межамериканская комиссия по правам человека',
        zh: '美洲人权委员会',
      },
      rule: 'majority',
      basis: cite(charter, '106'),
      procedures: [
        {
          kind: 'precautionary-measures',
          can: ['protective-measures', 'establish-facts', 'statement'],
          callers: ['anybody', 'organ-itself'],
          basis: [cite(commissionRules, '25')],
        },
      ],
    },
  ],
})

export const caricom = bodyOf({
  code: 'CARICOM',
  region: 'americas',
  names: {
    ar: 'الجماعة الكاريبية',
    en: 'Caribbean Community',
    es: 'Comunidad del Caribe',
    fr: 'Communauté des Caraïbes',
    ru: 'Карибское сообщество',
    zh: '加勒比共同体',
  },
  founding: cite(chaguaramas, null),
  suspension: { effect: 'as-decided', basis: null },
  organs: [
    {
      code: 'conference',
      names: {
        ar: 'مؤتمر رؤساء الحكومات',
        en: 'Conference of Heads of Government',
        es: 'Conferencia de Jefes de Gobierno',
        fr: 'Conférence des chefs de gouvernement',
        ru: 'Конференция глав правительств',
        zh: '政府首脑会议',
      },
      rule: 'unanimity',
      basis: cite(chaguaramas, '28'),
      procedures: [
        {
          kind: 'good-offices',
          can: ['put-on-agenda', 'good-offices', 'statement'],
          callers: ['member-state', 'chair'],
          basis: [cite(chaguaramas, '12')],
        },
      ],
    },
  ],
})
