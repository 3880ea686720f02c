import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { z } from 'zod'
import { RecordedObject } from './record.ts'
import { newObjectExtension } from './stix/extension.ts'
import { markingRef } from './stix/tlp.ts'

/** The key of an audience's epoch, sealed to each of its members. */
export const AudienceKeyObject = RecordedObject.extend({
  type: z.literal('audience-key'),
  object_marking_refs: z.array(z.string()),
  epoch: z.int().positive(),
  /** The version of the audience for whose members it was made. */
  version: z.int().positive(),
  key: z.base64(),
})
export type AudienceKeyObject = Readonly<z.infer<typeof AudienceKeyObject>>

type Told = {
  readonly audience: AudienceId
  readonly epoch: number
  readonly version: number
  readonly at: Instant
  readonly ceiling: Marking
}

export const audienceKeyObject = (key: string, told: Told): AudienceKeyObject => ({
  type: 'audience-key',
  spec_version: '2.1',
  id: `audience-key--${crypto.randomUUID()}`,
  created: told.at,
  modified: told.at,
  object_marking_refs: [markingRef(told.ceiling)],
  extensions: newObjectExtension,
  epoch: told.epoch,
  version: told.version,
  key,
})
