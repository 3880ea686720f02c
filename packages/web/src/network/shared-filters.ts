import { type SharedFilters, SharedType } from '@tocsin/api/shared.ts'
import { CountryCode, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Search } from '../shell/address.ts'

export const SHARED_PAGE = 50

/** What an address asks for; what is not understood asks for nothing. */
export const sharedFilters = (search: Search): SharedFilters => ({
  type: SharedType.safeParse(search['type']).data,
  organisation: OrganisationId.safeParse(search['organisation']).data,
  country: CountryCode.safeParse(search['country']).data,
  text: search['text']?.trim().slice(0, 200) || undefined,
  exercise: search['exercise'] === 'true',
})
