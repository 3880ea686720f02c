import { bodyOf, cite, type Instrument } from './body.ts'

const asean: Instrument = {
  ar: 'ميثاق رابطة أمم جنوب شرق آسيا',
  en: 'ASEAN Charter',
  es: 'Carta de la ASEAN',
  fr: 'Charte de l’ASEAN',
  ru: 'Устав АСЕАН',
  zh: '《东盟宪章》',
}
const aichr: Instrument = {
  ar: 'اختصاصات اللجنة الحكومية الدولية لحقوق الإنسان',
  en: 'Terms of Reference of AICHR',
  es: 'Mandato de la AICHR',
  fr: 'Mandat de l’AICHR',
  ru: 'Круг ведения АМКПЧ',
  zh: '《东盟政府间人权委员会职权范围》',
}
const saarcCharter: Instrument = {
  ar: 'ميثاق رابطة جنوب آسيا للتعاون الإقليمي',
  en: 'SAARC Charter',
  es: 'Carta de la SAARC',
  fr: 'Charte de la SAARC',
  ru: 'Устав СААРК',
  zh: '《南盟宪章》',
}
const gccCharter: Instrument = {
  ar: 'النظام الأساسي لمجلس التعاون لدول الخليج العربية',
  en: 'Charter of the Gulf Cooperation Council',
  es: 'Carta del Consejo de Cooperación del Golfo',
  fr: 'Charte du Conseil de coopération du Golfe',
  ru: 'Устав Совета сотрудничества арабских государств Залива',
  zh: '《海湾合作委员会章程》',
}
const forum: Instrument = {
  ar: 'اتفاق إنشاء منتدى جزر المحيط الهادئ',
  en: 'Agreement establishing the Pacific Islands Forum',
  es: 'Acuerdo constitutivo del Foro de las Islas del Pacífico',
  fr: 'Accord instituant le Forum des îles du Pacifique',
  ru: 'Соглашение об учреждении Форума тихоокеанских островов',
  zh: '《太平洋岛屿论坛成立协定》',
}
const biketawa: Instrument = {
  ar: 'إعلان بيكيتاوا (2000)',
  en: 'Biketawa Declaration (2000)',
  es: 'Declaración de Biketawa (2000)',
  fr: 'Déclaration de Biketawa (2000)',
  ru: 'Бикетавская декларация (2000 год)',
  zh: '《比克塔瓦宣言》(2000年)',
}

const summit = {
  ar: 'مؤتمر القمة',
  en: 'Summit',
  es: 'Cumbre',
  fr: 'Sommet',
  ru: 'Саммит',
  zh: '首脑会议',
}

export const aseanBody = bodyOf({
  code: 'ASEAN',
  region: 'asia',
  names: {
    ar: 'رابطة أمم جنوب شرق آسيا',
    en: 'Association of Southeast Asian Nations',
    es: 'Asociación de Naciones de Asia Sudoriental',
    fr: 'Association des nations de l’Asie du Sud-Est',
    ru: 'Ассоциация государств Юго-Восточной Азии',
    zh: '东南亚国家联盟',
  },
  founding: cite(asean, null),
  suspension: { effect: 'not-foreseen', basis: cite(asean, '20(4)') },
  organs: [
    {
      code: 'summit',
      names: summit,
      rule: 'consensus',
      basis: cite(asean, '20'),
      procedures: [
        {
          kind: 'crisis-response',
          can: ['put-on-agenda', 'statement', 'good-offices'],
          callers: ['member-state', 'chair'],
          basis: [cite(asean, '7(2)(d)'), cite(asean, '20(4)')],
        },
      ],
    },
    {
      code: 'chair',
      names: {
        ar: 'رئيس الرابطة والأمين العام',
        en: 'Chair of ASEAN and Secretary-General',
        es: 'Presidencia de la ASEAN y Secretario General',
        fr: 'Présidence de l’ASEAN et Secrétaire général',
        ru: 'Председатель АСЕАН и Генеральный секретарь',
        zh: '东盟主席和秘书长',
      },
      rule: 'own-judgement',
      basis: cite(asean, '32'),
      procedures: [
        {
          kind: 'good-offices',
          can: ['good-offices', 'mediate'],
          callers: ['member-state', 'concerned-state'],
          basis: [cite(asean, '23'), cite(asean, '32(c)')],
        },
      ],
    },
    {
      code: 'aichr',
      names: {
        ar: 'اللجنة الحكومية الدولية لحقوق الإنسان التابعة للرابطة',
        en: 'ASEAN Intergovernmental Commission on Human Rights',
        es: 'Comisión Intergubernamental de Derechos Humanos de la ASEAN',
        fr: 'Commission intergouvernementale des droits de l’homme de l’ASEAN',
        ru: 'Межправительственная комиссия АСЕАН по правам человека',
        zh: '东盟政府间人权委员会',
      },
      rule: 'consensus',
      basis: cite(aichr, '§6.1'),
      procedures: [
        {
          kind: 'consultation',
          can: ['consult'],
          callers: ['member-state'],
          basis: [cite(aichr, '§4')],
        },
      ],
    },
  ],
})

export const saarc = bodyOf({
  code: 'SAARC',
  region: 'asia',
  names: {
    ar: 'رابطة جنوب آسيا للتعاون الإقليمي',
    en: 'South Asian Association for Regional Cooperation',
    es: 'Asociación del Asia Meridional para la Cooperación Regional',
    fr: 'Association de l’Asie du Sud pour la coopération régionale',
    ru: 'Ассоциация регионального сотрудничества стран Южной Азии',
    zh: '南亚区域合作联盟',
  },
  founding: cite(saarcCharter, 'X'),
  suspension: { effect: 'not-foreseen', basis: null },
  // Its charter keeps what is contentious between members off its table.
  organs: [{ code: 'summit', names: summit, rule: 'unanimity', basis: cite(saarcCharter, 'X') }],
})

export const gcc = bodyOf({
  code: 'GCC',
  region: 'asia',
  names: {
    ar: 'مجلس التعاون لدول الخليج العربية',
    en: 'Gulf Cooperation Council',
    es: 'Consejo de Cooperación del Golfo',
    fr: 'Conseil de coopération du Golfe',
    ru: 'Совет сотрудничества арабских государств Залива',
    zh: '海湾阿拉伯国家合作委员会',
  },
  founding: cite(gccCharter, null),
  suspension: { effect: 'not-foreseen', basis: null },
  organs: [
    {
      code: 'supreme-council',
      names: {
        ar: 'المجلس الأعلى',
        en: 'Supreme Council',
        es: 'Consejo Supremo',
        fr: 'Conseil suprême',
        ru: 'Высший совет',
        zh: '最高理事会',
      },
      rule: 'unanimity',
      basis: cite(gccCharter, '9'),
      procedures: [
        {
          kind: 'mediation',
          can: ['put-on-agenda', 'mediate', 'recommend'],
          callers: ['member-state'],
          basis: [cite(gccCharter, '8'), cite(gccCharter, '10')],
        },
      ],
    },
  ],
})

export const pacificForum = bodyOf({
  code: 'PIF',
  region: 'oceania',
  names: {
    ar: 'منتدى جزر المحيط الهادئ',
    en: 'Pacific Islands Forum',
    es: 'Foro de las Islas del Pacífico',
    fr: 'Forum des îles du Pacifique',
    ru: 'Форум тихоокеанских островов',
    zh: '太平洋岛屿论坛',
  },
  founding: cite(forum, null),
  suspension: { effect: 'no-part-in-organs', basis: cite(biketawa, '§2') },
  organs: [
    {
      code: 'leaders',
      names: {
        ar: 'اجتماع قادة المنتدى',
        en: 'Forum Leaders Meeting',
        es: 'Reunión de Líderes del Foro',
        fr: 'Réunion des dirigeants du Forum',
        ru: 'Совещание лидеров Форума',
        zh: '论坛领导人会议',
      },
      rule: 'consensus',
      basis: cite(forum, null),
      procedures: [
        {
          kind: 'crisis-response',
          can: ['put-on-agenda', 'establish-facts', 'mediate', 'recommend', 'sanctions'],
          callers: ['member-state', 'concerned-state', 'body-secretariat'],
          basis: [cite(biketawa, '§2')],
        },
      ],
    },
  ],
})
