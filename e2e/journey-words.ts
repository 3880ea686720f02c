import type { Locale } from '@tocsin/domain/locale.ts'
import { removals } from './warning-steps.ts'

type Office = { readonly authority: string; readonly title: string; readonly holder: string }

/** What the people of the journey write in their own language. */
export type Words = {
  readonly police: Office
  readonly interior: Office
  readonly deputy: string
  readonly cabinet: Office
  readonly report: string
  readonly place: string
  readonly groups: string
  readonly title: string
  readonly reasons: string
  readonly letter: typeof removals
  readonly note: string
  readonly decision: string
  readonly refusal: string
  readonly signer: string
  readonly office: string
  readonly action: string
  readonly review: string
  readonly expected: string
  readonly happened: string
  readonly delayed: string
  readonly change: string
  readonly closing: string
}

export const wordsOf: Readonly<Record<Extract<Locale, 'en' | 'ar'>, Words>> = {
  en: {
    police: { authority: 'River Police', title: 'Chief of police', holder: 'A. Chief' },
    interior: { authority: 'Ministry of the Interior', title: 'Director', holder: 'I. Marsh' },
    deputy: 'D. Marsh',
    cabinet: { authority: 'Cabinet', title: 'Head of the minister’s office', holder: 'C. Vale' },
    report: 'Notices to leave within ten days were posted on the doors of one quarter.',
    place: 'Port Sell',
    groups: 'Tolme households',
    title: 'Removals from Port Sell',
    reasons: 'Two quarters, one pattern, ten days.',
    letter: removals,
    note: 'We answer by Tuesday.',
    decision: 'Police posts in both quarters from tonight.',
    refusal: 'The quarter is policed by the river police.',
    signer: 'A. Chief',
    office: 'Director of operations',
    action: 'Posts stand in both quarters day and night.',
    review: 'The posts stand; the court has not ruled yet.',
    expected: 'Removals within ten days.',
    happened: 'The court stayed the order and nobody was removed.',
    delayed: 'The ministry answered a day late.',
    change: 'Call the deputy on the first evening.',
    closing: 'The order was withdrawn and the notices were taken down.',
  },
  ar: {
    police: { authority: 'شرطة الأنهار', title: 'قائد الشرطة', holder: 'أ. عامر' },
    interior: { authority: 'وزارة الداخلية', title: 'المدير', holder: 'س. مرج' },
    deputy: 'ن. مرج',
    cabinet: { authority: 'مجلس الوزراء', title: 'رئيس مكتب الوزير', holder: 'و. وادي' },
    report: 'أُلصقت على أبواب أحد الأحياء إشعارات تأمر بالمغادرة خلال عشرة أيام.',
    place: 'بورت سيل',
    groups: 'أسر من التولمي',
    title: 'عمليات إخلاء في بورت سيل',
    reasons: 'حيّان ونمط واحد وعشرة أيام.',
    letter: {
      subject: 'عمليات إخلاء في بورت سيل',
      paragraphs: [
        'طُلب من نحو 140 إلى 260 أسرة أن تغادر خلال عشرة أيام.',
        'نرجّح (55 إلى 80 %) أن تبدأ عمليات الإخلاء قريباً.',
      ],
      population: 'سكان من التولمي',
      best: ['تُسحب الإشعارات.', 'محكمة توقف تنفيذ الأمر'],
      likely: ['إخلاء دون عنف.', 'وصول شاحنات'],
      worst: ['إخلاء بالعنف.', 'انضمام حشود'],
      effect: 'ألا تُجبر أي أسرة على المغادرة',
      known: 'زيارات يومية للحي',
      dissenter: 'ر. رمال',
      dissent: 'قد تكون الإشعارات ناتجة عن أمر يتعلق بالسلامة من الفيضانات.',
      basis: 'قانون الشرطة، المادة 14',
    },
    note: 'نجيب قبل يوم الثلاثاء.',
    decision: 'نقاط للشرطة في الحيّين ابتداءً من الليلة.',
    refusal: 'حفظ الأمن في الحي من اختصاص شرطة الأنهار.',
    signer: 'أ. عامر',
    office: 'مدير العمليات',
    action: 'أُقيمت نقاط في الحيّين ليلاً ونهاراً.',
    review: 'النقاط قائمة، ولم تحكم المحكمة بعد.',
    expected: 'عمليات إخلاء خلال عشرة أيام.',
    happened: 'أوقفت المحكمة تنفيذ الأمر ولم تُخلَ أي أسرة.',
    delayed: 'تأخر رد الوزارة يوماً.',
    change: 'الاتصال بالنائب في المساء الأول.',
    closing: 'سُحب الأمر وأُزيلت الإشعارات.',
  },
}
