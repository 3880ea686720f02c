import type { Locale } from '@tocsin/domain/locale.ts'
import type { Catalogue } from './catalogue.ts'
import { desk as deskAr } from './desk-ar.ts'
import { desk as deskEn } from './desk-en.ts'
import { desk as deskEs } from './desk-es.ts'
import { desk as deskFr } from './desk-fr.ts'
import { desk as deskRu } from './desk-ru.ts'
import { desk as deskZh } from './desk-zh.ts'
import { machine as machineAr } from './machine-ar.ts'
import { machine as machineEn } from './machine-en.ts'
import { machine as machineEs } from './machine-es.ts'
import { machine as machineFr } from './machine-fr.ts'
import { machine as machineRu } from './machine-ru.ts'
import { machine as machineZh } from './machine-zh.ts'
import { open as openAr } from './open-ar.ts'
import { open as openEn } from './open-en.ts'
import { open as openEs } from './open-es.ts'
import { open as openFr } from './open-fr.ts'
import { open as openRu } from './open-ru.ts'
import { open as openZh } from './open-zh.ts'

/** Every language at once, for the node and the command line; the browser loads only its own. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = {
  ar: { ...openAr, ...deskAr, ...machineAr },
  en: { ...openEn, ...deskEn, ...machineEn },
  es: { ...openEs, ...deskEs, ...machineEs },
  fr: { ...openFr, ...deskFr, ...machineFr },
  ru: { ...openRu, ...deskRu, ...machineRu },
  zh: { ...openZh, ...deskZh, ...machineZh },
}
