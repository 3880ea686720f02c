import { Problem } from '@tocsin/domain/problem.ts'
import { AudienceObject, audienceVersion } from '@tocsin/records/audience-object.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import type { Receiver } from './receivers.ts'

/** Makes the version of an audience known here that its owner published. */
export const receiveAudience: Receiver = async (app, tx, header, object) => {
  const version = audienceVersion(AudienceObject.parse(object))
  if (!isItsOwn(header, version)) throw new Problem('audience.not-the-author')
  const known = await tx
    .selectFrom('audience')
    .select('organisation')
    .where('id', '=', version.id)
    .executeTakeFirst()
  if (known && known.organisation !== header.org) throw new Problem('audience.not-the-author')
  await tx
    .insertInto('audience')
    .values({
      id: version.id,
      version: version.version,
      organisation: version.organisation,
      name: version.name,
      audience: version.audience,
      excluded: version.excluded,
      ceiling: version.ceiling,
      reshare: version.reshare,
      effective_at: version.effectiveAt,
      expires_at: version.expiresAt,
      made_at: app.clock(),
    })
    // What a version says never changes: the first that came is the one that counts.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether it is told by its owner, in the audience that it is. */
export const isItsOwn = (
  { org, aud }: RecordHeader,
  version: { readonly id: string; readonly organisation: string },
): boolean => version.id === aud && version.organisation === org
