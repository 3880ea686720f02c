import { bodyOf, cite, type Instrument } from './body.ts'

const statute: Instrument = {
  ar: 'النظام الأساسي لمجلس أوروبا',
  en: 'Statute of the Council of Europe',
  es: 'Estatuto del Consejo de Europa',
  fr: 'Statut du Conseil de l’Europe',
  ru: 'Устав Совета Европы',
  zh: '《欧洲委员会章程》',
  symbol: 'ETS 1',
}
const commissioner: Instrument = {
  ar: 'القرار المتعلق بمفوض حقوق الإنسان لمجلس أوروبا',
  en: 'Resolution on the Council of Europe Commissioner for Human Rights',
  es: 'Resolución sobre el Comisario para los Derechos Humanos del Consejo de Europa',
  fr: 'Résolution sur le Commissaire aux droits de l’homme du Conseil de l’Europe',
  ru: 'Резолюция о Комиссаре Совета Европы по правам человека',
  zh: '关于欧洲委员会人权事务专员的决议',
  symbol: 'Res(99)50',
}
const convention: Instrument = {
  ar: 'الاتفاقية الأوروبية لحقوق الإنسان',
  en: 'European Convention on Human Rights',
  es: 'Convenio Europeo de Derechos Humanos',
  fr: 'Convention européenne des droits de l’homme',
  ru: 'Европейская конвенция по правам человека',
  zh: '《欧洲人权公约》',
  symbol: 'ETS 5',
}

export const councilOfEurope = bodyOf({
  code: 'CoE',
  region: 'europe',
  names: {
    ar: 'مجلس أوروبا',
    en: 'Council of Europe',
    es: 'Consejo de Europa',
    fr: 'Conseil de l’Europe',
    ru: 'Совет Европы',
    zh: '欧洲委员会',
  },
  founding: cite(statute, null),
  suspension: { effect: 'no-representation', basis: cite(statute, '8') },
  organs: [
    {
      code: 'ministers',
      names: {
        ar: 'لجنة الوزراء',
        en: 'Committee of Ministers',
        es: 'Comité de Ministros',
        fr: 'Comité des Ministres',
        ru: 'Комитет министров',
        zh: '部长委员会',
      },
      rule: 'two-thirds',
      basis: cite(statute, '20'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'recommend', 'statement'],
          callers: ['member-state', 'parliament', 'body-secretariat'],
          basis: [cite(statute, '15')],
        },
        {
          kind: 'suspension',
          can: ['suspend-rights'],
          callers: ['organ-itself', 'parliament', 'body-secretariat'],
          basis: [cite(statute, '3'), cite(statute, '8')],
        },
      ],
    },
    {
      code: 'assembly',
      names: {
        ar: 'الجمعية البرلمانية',
        en: 'Parliamentary Assembly',
        es: 'Asamblea Parlamentaria',
        fr: 'Assemblée parlementaire',
        ru: 'Парламентская ассамблея',
        zh: '议会大会',
      },
      rule: 'two-thirds',
      basis: cite(statute, '29'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'establish-facts', 'recommend'],
          callers: ['parliament'],
          basis: [cite(statute, '22'), cite(statute, '23')],
        },
      ],
    },
    {
      code: 'commissioner',
      names: {
        ar: 'مفوض حقوق الإنسان',
        en: 'Commissioner for Human Rights',
        es: 'Comisario para los Derechos Humanos',
        fr: 'Commissaire aux droits de l’homme',
        ru: 'Комиссар по правам человека',
        zh: '人权事务专员',
      },
      rule: 'own-judgement',
      basis: cite(commissioner, null),
      procedures: [
        {
          kind: 'fact-finding',
          can: ['establish-facts', 'recommend', 'statement'],
          callers: ['anybody'],
          basis: [cite(commissioner, '3'), cite(commissioner, '5')],
        },
      ],
    },
    {
      code: 'secretary-general',
      names: {
        ar: 'الأمين العام',
        en: 'Secretary General',
        es: 'Secretario General',
        fr: 'Secrétaire général',
        ru: 'Генеральный секретарь',
        zh: '秘书长',
      },
      rule: 'own-judgement',
      basis: cite(statute, '36'),
      procedures: [
        {
          kind: 'fact-finding',
          can: ['ask-explanation'],
          callers: ['organ-itself'],
          basis: [cite(convention, '52')],
        },
      ],
    },
  ],
})
