import type { Locale } from '@tocsin/domain/locale.ts'
import { ar } from './catalogue-ar.ts'
import { type Catalogue, en } from './catalogue-en.ts'
import { es } from './catalogue-es.ts'
import { fr } from './catalogue-fr.ts'
import { ru } from './catalogue-ru.ts'
import { zh } from './catalogue-zh.ts'

/** Every language at once, for the node and the command line; the browser loads only its own. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { ar, en, es, fr, ru, zh }
