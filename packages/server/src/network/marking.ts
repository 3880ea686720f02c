import { isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { z } from 'zod'

/** The marking definitions of TLP 2.0 as OASIS publishes them. */
export const markingIds: Readonly<Record<Marking, string>> = {
  'TLP:CLEAR': 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  'TLP:GREEN': 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  'TLP:AMBER': 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'TLP:AMBER+STRICT': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  'TLP:RED': 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

const byId = new Map(Object.entries(markingIds).map(([marking, id]) => [id, marking as Marking]))
const Marked = z.looseObject({ object_marking_refs: z.array(z.string()).optional() })

/** The most closed of an object's markings; what is not marked, or not known, is for nobody else. */
export function markingOf(object: RecordedObject): Marking {
  const refs = Marked.safeParse(object).data?.object_marking_refs ?? []
  const [first, ...others] = refs.map((ref) => byId.get(ref) ?? 'TLP:RED')
  return others.reduce((one, other) => (isMoreClosed(other, one) ? other : one), first ?? 'TLP:RED')
}
