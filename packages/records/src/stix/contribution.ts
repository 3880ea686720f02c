import { Marking } from '@tocsin/domain/audience.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import { Contribution, type ContributionId } from '@tocsin/domain/contribution.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent } from './shared-object.ts'

const { saidAt: _, ...parts } = Contribution.shape

/** What was said in a consultation; it is said once and has no later version. */
const SharedContribution = z.object({
  ...parts,
  audience: AudienceId,
  marking: Marking,
  isExercise: z.boolean(),
})

export type ToldContribution = Contribution &
  Omit<z.infer<typeof SharedContribution>, keyof Contribution>

/** What says a contribution in another language is of a type of its own, so that neither is read for the other. */
export const contributionRef = (
  type: 'contribution' | 'translation',
  id: ContributionId,
  audience: AudienceId,
): string => nameObject(type, id, audience)

const typeOf = ({ translates }: Pick<Contribution, 'translates'>) =>
  translates ? ('translation' as const) : ('contribution' as const)

export const contributionObject = (told: ToldContribution): RecordedObject =>
  makeObject<z.infer<typeof SharedContribution>>({
    type: typeOf(told),
    id: contributionRef(typeOf(told), told.id, told.audience),
    standing: { ...told, created: told.saidAt, modified: told.saidAt },
    schema: SharedContribution,
    content: told,
  })

/** A ZodError on an object that is not of this form. */
export function readContributionObject(object: RecordedObject): ToldContribution {
  return { ...readContent(SharedContribution, object), saidAt: Instant.parse(object.created) }
}
