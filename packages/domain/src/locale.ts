import { z } from 'zod'

/** The six official languages of the United Nations. */
export const Locale = z.enum(['ar', 'en', 'es', 'fr', 'ru', 'zh'])
export type Locale = z.infer<typeof Locale>

export const directionOf = (locale: Locale): 'rtl' | 'ltr' => (locale === 'ar' ? 'rtl' : 'ltr')
