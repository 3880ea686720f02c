import { z } from 'zod'
import { OrganisationId } from './brand.ts'

/** Traffic Light Protocol 2.0, as FIRST writes it: never translated. From open to closed. */
export const Marking = z.enum([
  'TLP:CLEAR',
  'TLP:GREEN',
  'TLP:AMBER',
  'TLP:AMBER+STRICT',
  'TLP:RED',
])
export type Marking = z.infer<typeof Marking>

/** Whether a notice of such a thing must say nothing of what it is about. */
export const isContentFree = (marking: Marking): boolean =>
  marking !== 'TLP:CLEAR' && marking !== 'TLP:GREEN'

/** Whether the first is for fewer eyes than the second. */
export const isMoreClosed = (one: Marking, other: Marking): boolean =>
  Marking.options.indexOf(one) > Marking.options.indexOf(other)

/**
 * Exactly who may read. The owner always may; the members may as far as they are not excluded.
 * Default: the owner alone.
 */
export const Audience = z.object({
  organisation: OrganisationId,
  audience: z.array(OrganisationId).max(200),
  /** Organisations that must not read, whatever else is said: the accused, above all. */
  excluded: z.array(OrganisationId).max(200),
})
export type Audience = Readonly<z.infer<typeof Audience>>

/** The one rule of who reads: lists, counts, mail, files and the sentence before sending ask it. */
export function isInAudience(
  { organisation, audience, excluded }: Audience,
  who: OrganisationId,
): boolean {
  if (who === organisation) return true
  return audience.includes(who) && !excluded.includes(who)
}
