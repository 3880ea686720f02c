import { bodyOf, cite, type Instrument } from './body.ts'

const treaty: Instrument = {
  ar: 'معاهدة الاتحاد الأوروبي',
  en: 'Treaty on European Union',
  es: 'Tratado de la Unión Europea',
  fr: 'Traité sur l’Union européenne',
  ru: 'Договор о Европейском союзе',
  zh: '《欧洲联盟条约》',
}

export const europeanUnion = bodyOf({
  code: 'EU',
  region: 'europe',
  names: {
    ar: 'الاتحاد الأوروبي',
    en: 'European Union',
    es: 'Unión Europea',
    fr: 'Union européenne',
    ru: 'Европейский союз',
    zh: '欧洲联盟',
  },
  founding: cite(treaty, null),
  suspension: { effect: 'as-decided', basis: cite(treaty, '7(3)') },
  organs: [
    {
      code: 'european-council',
      names: {
        ar: 'المجلس الأوروبي',
        en: 'European Council',
        es: 'Consejo Europeo',
        fr: 'Conseil européen',
        ru: 'Европейский совет',
        zh: '欧洲理事会',
      },
      rule: 'consensus',
      basis: cite(treaty, '15(4)'),
      procedures: [
        {
          kind: 'serious-breach',
          can: ['establish-facts'],
          callers: ['third-of-members', 'body-secretariat'],
          rule: 'unanimity-without-concerned',
          basis: [cite(treaty, '7(2)')],
        },
      ],
    },
    {
      code: 'council',
      names: {
        ar: 'مجلس الاتحاد الأوروبي',
        en: 'Council of the European Union',
        es: 'Consejo de la Unión Europea',
        fr: 'Conseil de l’Union européenne',
        ru: 'Совет Европейского союза',
        zh: '欧洲联盟理事会',
      },
      rule: 'unanimity',
      basis: cite(treaty, '31(1)'),
      procedures: [
        {
          kind: 'serious-breach',
          can: ['recommend', 'suspend-rights'],
          callers: ['third-of-members', 'parliament', 'body-secretariat'],
          rule: 'four-fifths-without-concerned',
          basis: [cite(treaty, '7(1)'), cite(treaty, '7(3)')],
        },
        {
          kind: 'crisis-response',
          can: ['sanctions', 'deploy-mission', 'statement'],
          callers: ['member-state', 'body-secretariat'],
          basis: [cite(treaty, '29'), cite(treaty, '30(1)'), cite(treaty, '43')],
          reach: 'others',
        },
      ],
    },
    {
      code: 'psc',
      names: {
        ar: 'اللجنة السياسية والأمنية',
        en: 'Political and Security Committee',
        es: 'Comité Político y de Seguridad',
        fr: 'Comité politique et de sécurité',
        ru: 'Комитет по политическим вопросам и вопросам безопасности',
        zh: '政治和安全委员会',
      },
      rule: 'unanimity',
      basis: cite(treaty, '38'),
      procedures: [
        {
          kind: 'early-warning',
          can: ['put-on-agenda', 'recommend'],
          callers: ['member-state', 'body-secretariat', 'organ-itself'],
          basis: [cite(treaty, '38')],
          reach: 'others',
        },
      ],
    },
    {
      code: 'high-representative',
      names: {
        ar: 'الممثل السامي للاتحاد للشؤون الخارجية والسياسة الأمنية',
        en: 'High Representative of the Union for Foreign Affairs and Security Policy',
        es: 'Alto Representante de la Unión para Asuntos Exteriores y Política de Seguridad',
        fr: 'Haut Représentant de l’Union pour les affaires étrangères et la politique de sécurité',
        ru: 'Верховный представитель Союза по иностранным делам и политике безопасности',
        zh: '欧盟外交与安全政策高级代表',
      },
      rule: 'own-judgement',
      basis: cite(treaty, '18'),
      procedures: [
        {
          kind: 'emergency-meeting',
          can: ['put-on-agenda', 'statement', 'mediate'],
          callers: ['member-state', 'organ-itself'],
          basis: [cite(treaty, '30(2)'), cite(treaty, '27')],
          reach: 'others',
        },
      ],
    },
  ],
})
