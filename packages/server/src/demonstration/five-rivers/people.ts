import type { Role } from '@tocsin/domain/actor.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { OrganisationKind } from '@tocsin/domain/people.ts'

/*
 * The Confederation of the Five Rivers: fiction, so that no workflow ever points at a real State.
 * The codes are of those that ISO 3166 leaves to users.
 */

export type Member = {
  readonly name: string
  /** The roles of somebody who works here; none for somebody who only answers. */
  readonly roles?: readonly Role[]
  readonly locale?: Locale
}

export type Seat = {
  readonly title: string
  readonly holder: Member
  readonly deputies?: readonly Member[]
}

export type House = {
  readonly name: string
  readonly kind: OrganisationKind
  readonly country: string | null
  /** The part of its people's addresses after the at sign: reserved, so that nothing arrives anywhere. */
  readonly domain: string
  readonly seats: readonly Seat[]
}

const focal: readonly Role[] = ['focal-point']
const analyst: readonly Role[] = ['analyst']

export const ARDENIA = 'National focal point of Ardenia'
export const BELMARA = 'National focal point of Belmara'
export const CORVANE = 'National focal point of Corvane'
export const DALESH = 'National focal point of Dalesh'
export const ESTUARY = 'Point focal national des Îles de l’Estuaire'
export const REGION = 'Confederation of the Five Rivers, situation room'
export const UNITED_NATIONS = 'United Nations Office, Five Rivers desk'

export const houses: readonly House[] = [
  {
    name: ARDENIA,
    kind: 'focal-point',
    country: 'XAR',
    domain: 'focal-point.ardenia.example',
    seats: [
      {
        title: 'Focal point',
        holder: { name: 'M. Oren', roles: focal },
        deputies: [{ name: 'T. Lisk', roles: focal }],
      },
      { title: 'Desk analyst', holder: { name: 'A. Sabel', roles: analyst } },
      { title: 'Second analyst', holder: { name: 'R. Dune', roles: analyst } },
    ],
  },
  {
    name: 'Interior Ministry of Ardenia',
    kind: 'competent-authority',
    country: 'XAR',
    domain: 'interior.ardenia.example',
    seats: [
      { title: 'Secretary-general', holder: { name: 'H. Brandt' } },
      { title: 'Minister’s office', holder: { name: 'C. Vey' }, deputies: [{ name: 'N. Ruane' }] },
    ],
  },
  {
    name: 'Governor of Lower Corve',
    kind: 'competent-authority',
    country: 'XAR',
    domain: 'lower-corve.ardenia.example',
    seats: [{ title: 'Governor', holder: { name: 'P. Estrand' } }],
  },
  {
    name: 'Police Directorate of Ardenia',
    kind: 'competent-authority',
    country: 'XAR',
    domain: 'police.ardenia.example',
    seats: [{ title: 'Director', holder: { name: 'G. Marro' }, deputies: [{ name: 'L. Ihle' }] }],
  },
  {
    name: 'Human Rights Commission of Ardenia',
    kind: 'competent-authority',
    country: 'XAR',
    domain: 'rights.ardenia.example',
    seats: [{ title: 'Chair', holder: { name: 'S. Amery' } }],
  },
  {
    name: 'Labour Ministry of Ardenia',
    kind: 'competent-authority',
    country: 'XAR',
    domain: 'labour.ardenia.example',
    seats: [{ title: 'Inspector-general', holder: { name: 'D. Kuyper' } }],
  },
  {
    name: BELMARA,
    kind: 'focal-point',
    country: 'XBE',
    domain: 'focal-point.belmara.example',
    seats: [{ title: 'Focal point', holder: { name: 'K. Pell', roles: focal } }],
  },
  {
    name: 'Media Council of Belmara',
    kind: 'competent-authority',
    country: 'XBE',
    domain: 'media.belmara.example',
    seats: [{ title: 'President', holder: { name: 'J. Toll' } }],
  },
  {
    name: CORVANE,
    kind: 'focal-point',
    country: 'XCO',
    domain: 'focal-point.corvane.example',
    seats: [{ title: 'Focal point', holder: { name: 'V. Grau', roles: focal } }],
  },
  {
    name: DALESH,
    kind: 'focal-point',
    country: 'XDA',
    domain: 'focal-point.dalesh.example',
    seats: [{ title: 'جهة التنسيق', holder: { name: 'ن. حدّار', roles: focal, locale: 'ar' } }],
  },
  {
    name: 'وزارة الداخلية في دالش',
    kind: 'competent-authority',
    country: 'XDA',
    domain: 'interior.dalesh.example',
    seats: [{ title: 'الوكيل', holder: { name: 'س. رواد', locale: 'ar' } }],
  },
  {
    name: ESTUARY,
    kind: 'focal-point',
    country: 'XES',
    domain: 'focal-point.estuaire.example',
    seats: [
      { title: 'Point focal', holder: { name: 'É. Marsan', roles: focal, locale: 'fr' } },
      { title: 'Analyste', holder: { name: 'B. Queyras', roles: analyst, locale: 'fr' } },
    ],
  },
  {
    name: 'Médiateur des Îles de l’Estuaire',
    kind: 'competent-authority',
    country: 'XES',
    domain: 'mediateur.estuaire.example',
    seats: [{ title: 'Médiatrice', holder: { name: 'O. Lannes', locale: 'fr' } }],
  },
  {
    name: REGION,
    kind: 'regional-organisation',
    country: null,
    domain: 'five-rivers.example',
    seats: [{ title: 'Regional desk', holder: { name: 'S. Ilven', roles: focal } }],
  },
  {
    name: UNITED_NATIONS,
    kind: 'un-office',
    country: null,
    domain: 'un-office.example',
    seats: [{ title: 'Desk officer', holder: { name: 'W. Odane' } }],
  },
]
