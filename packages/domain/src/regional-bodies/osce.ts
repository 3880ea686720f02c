import { bodyOf, cite, type Instrument } from './body.ts'

const final: Instrument = {
  ar: 'وثيقة هلسنكي الختامية (1975)',
  en: 'Helsinki Final Act (1975)',
  es: 'Acta Final de Helsinki (1975)',
  fr: 'Acte final d’Helsinki (1975)',
  ru: 'Хельсинкский заключительный акт (1975 год)',
  zh: '《赫尔辛基最后文件》(1975年)',
}
const rules: Instrument = {
  ar: 'النظام الداخلي لمنظمة الأمن والتعاون في أوروبا (2006)',
  en: 'OSCE Rules of Procedure (2006)',
  es: 'Reglamento de la OSCE (2006)',
  fr: 'Règles de procédure de l’OSCE (2006)',
  ru: 'Правила процедуры ОБСЕ (2006 год)',
  zh: '《欧安组织议事规则》(2006年)',
  symbol: 'MC.DOC/1/06',
}
const prague: Instrument = {
  ar: 'وثيقة براغ عن مواصلة تطوير المؤسسات والهياكل (1992)',
  en: 'Prague Document on Further Development of Institutions and Structures (1992)',
  es: 'Documento de Praga sobre el desarrollo de las instituciones y estructuras (1992)',
  fr: 'Document de Prague sur le développement des institutions et des structures (1992)',
  ru: 'Пражский документ о дальнейшем развитии институтов и структур (1992 год)',
  zh: '《关于进一步发展机构和结构的布拉格文件》(1992年)',
}
const helsinki: Instrument = {
  ar: 'وثيقة هلسنكي لعام 1992: تحديات التغيير',
  en: 'Helsinki Document 1992: The Challenges of Change',
  es: 'Documento de Helsinki 1992: el desafío del cambio',
  fr: 'Document d’Helsinki 1992 : les défis du changement',
  ru: 'Хельсинкский документ 1992 года: вызов времени перемен',
  zh: '《1992年赫尔辛基文件:变革的挑战》',
}
const moscow: Instrument = {
  ar: 'وثيقة اجتماع موسكو لمؤتمر البعد الإنساني (1991)',
  en: 'Document of the Moscow Meeting on the Human Dimension (1991)',
  es: 'Documento de la Reunión de Moscú sobre la Dimensión Humana (1991)',
  fr: 'Document de la Réunion de Moscou sur la dimension humaine (1991)',
  ru: 'Документ Московского совещания по человеческому измерению (1991 год)',
  zh: '《人的方面会议莫斯科会议文件》(1991年)',
}
const vienna: Instrument = {
  ar: 'الوثيقة الختامية لاجتماع فيينا (1989)',
  en: 'Concluding Document of the Vienna Meeting (1989)',
  es: 'Documento de clausura de la Reunión de Viena (1989)',
  fr: 'Document de clôture de la Réunion de Vienne (1989)',
  ru: 'Итоговый документ Венской встречи (1989 год)',
  zh: '《维也纳会议结论文件》(1989年)',
}
const cycle: Instrument = {
  ar: 'قرار المجلس الوزاري بشأن عناصر دورة النزاع',
  en: 'Ministerial Council decision on elements of the conflict cycle',
  es: 'Decisión del Consejo Ministerial sobre los elementos del ciclo de conflictos',
  fr: 'Décision du Conseil ministériel sur les éléments du cycle de conflit',
  ru: 'Решение Совета министров об элементах конфликтного цикла',
  zh: '部长理事会关于冲突周期要素的决定',
  symbol: 'MC.DEC/3/11',
}

export const osce = bodyOf({
  code: 'OSCE',
  region: 'across',
  names: {
    ar: 'منظمة الأمن والتعاون في أوروبا',
    en: 'Organization for Security and Co-operation in Europe',
    es: 'Organización para la Seguridad y la Cooperación en Europa',
    fr: 'Organisation pour la sécurité et la coopération en Europe',
    ru: 'Организация по безопасности и сотрудничеству в Европе',
    zh: '欧洲安全与合作组织',
  },
  founding: cite(final, null),
  suspension: { effect: 'as-decided', basis: cite(prague, '§IV.16') },
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
      rule: 'consensus',
      basis: cite(rules, '§II(A)'),
      procedures: [
        {
          kind: 'agenda',
          can: ['put-on-agenda', 'consult', 'deploy-mission'],
          callers: ['member-state', 'chair', 'body-secretariat'],
          basis: [cite(rules, '§IV(C)'), cite(cycle, null)],
        },
        {
          kind: 'serious-breach',
          can: ['statement', 'establish-facts'],
          callers: ['member-state'],
          rule: 'consensus-without-concerned',
          basis: [cite(prague, '§IV.16')],
        },
      ],
    },
    {
      code: 'chair',
      names: {
        ar: 'الرئيس المباشر',
        en: 'Chairperson-in-Office',
        es: 'Presidente en Ejercicio',
        fr: 'Président en exercice',
        ru: 'Действующий председатель',
        zh: '轮值主席',
      },
      rule: 'own-judgement',
      basis: cite(helsinki, '§I.12'),
      procedures: [
        {
          kind: 'good-offices',
          can: ['good-offices', 'mediate', 'put-on-agenda', 'statement'],
          callers: ['member-state', 'organ-itself'],
          basis: [cite(helsinki, '§I.22')],
        },
      ],
    },
    {
      code: 'hcnm',
      names: {
        ar: 'المفوض السامي المعني بالأقليات القومية',
        en: 'High Commissioner on National Minorities',
        es: 'Alto Comisionado para las Minorías Nacionales',
        fr: 'Haut-Commissaire pour les minorités nationales',
        ru: 'Верховный комиссар по делам национальных меньшинств',
        zh: '少数民族问题高级专员',
      },
      rule: 'own-judgement',
      basis: cite(helsinki, '§II'),
      procedures: [
        {
          kind: 'early-warning',
          can: ['establish-facts', 'good-offices', 'recommend', 'alert-superior'],
          callers: ['anybody', 'organ-itself'],
          basis: [cite(helsinki, '§II')],
        },
      ],
    },
    {
      code: 'odihr',
      names: {
        ar: 'مكتب المؤسسات الديمقراطية وحقوق الإنسان',
        en: 'Office for Democratic Institutions and Human Rights',
        es: 'Oficina de Instituciones Democráticas y Derechos Humanos',
        fr: 'Bureau des institutions démocratiques et des droits de l’homme',
        ru: 'Бюро по демократическим институтам и правам человека',
        zh: '民主制度和人权办公室',
      },
      rule: 'own-judgement',
      basis: cite(moscow, '§I'),
      procedures: [
        {
          kind: 'moscow-mechanism',
          can: ['establish-facts', 'good-offices', 'recommend'],
          callers: ['concerned-state', 'six-states', 'ten-states'],
          basis: [cite(moscow, '§I.10'), cite(moscow, '§I.12')],
        },
        {
          kind: 'vienna-mechanism',
          can: ['ask-explanation', 'consult', 'put-on-agenda'],
          callers: ['member-state'],
          basis: [cite(vienna, null), cite(moscow, '§I.2')],
        },
      ],
    },
  ],
})
