import type { Marking } from '@tocsin/domain/audience.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { markingOf as closest } from '@tocsin/records/stix/tlp.ts'
import { z } from 'zod'

const Marked = z.looseObject({ object_marking_refs: z.array(z.string()).optional() })

/** The most closed of an object's markings; what is not marked, or not readably, is for nobody else. */
export const markingOf = (object: RecordedObject): Marking =>
  closest(Marked.safeParse(object).data?.object_marking_refs)
