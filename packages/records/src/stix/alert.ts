import { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Line, PostId } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { WarningDraft, WarningId, WarningState } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent, sharedParts } from './shared-object.ts'

/** A signed warning with all that it says, and the same as a message of CAP 1.2. */
export const SharedWarning = z.object({
  ...sharedParts,
  warning: WarningId,
  matter: MatterId,
  year: z.int(),
  number: z.int().positive(),
  state: WarningState.exclude(['draft']),
  /** The text that was signed, by its hash. */
  sha256: Sha256,
  replaces: WarningId.nullable(),
  said: WarningDraft.omit({ addressees: true }),
  addressees: z
    .array(
      z.object({
        post: PostId,
        office: Line,
        authority: Line,
        legalBasis: z.string(),
        isIndependent: z.boolean(),
      }),
    )
    .max(40),
  signatures: z.array(z.object({ name: Line, office: Line.nullable(), signedAt: Instant })).max(9),
  sentAt: Instant,
  /** Why it no longer stands, where somebody cancelled it. */
  reasons: Paragraphs.nullable(),
  /** None where CAP cannot carry it. */
  cap: z.string().max(200_000).nullable(),
})
export type SharedWarning = Readonly<z.infer<typeof SharedWarning>>

export const warningObject = (facts: SharedWarning): RecordedObject =>
  makeObject({
    type: 'atrocity-alert',
    id: nameObject('atrocity-alert', facts.warning, facts.audience),
    standing: facts,
    stix: { lang: facts.said.locale, name: facts.said.subject },
    schema: SharedWarning,
    content: facts,
  })

export const readWarningObject = (object: RecordedObject): SharedWarning =>
  readContent(SharedWarning, object)
