import { Day, Sha256 } from '@tocsin/domain/brand.ts'
import { Edition } from '@tocsin/domain/risk.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent, sharedParts } from './shared-object.ts'

/**
 * Which edition of the risk picture an organisation relies on, by its hashes: whoever has the inputs
 * computes the same figures, and whoever has figures sees whether they are these.
 */
export const SharedEdition = z.object({
  ...sharedParts,
  ...Edition.pick({
    origin: true,
    dataYear: true,
    horizon: true,
    inputs: true,
    codeVersion: true,
    figuresHash: true,
    countries: true,
    publisher: true,
    citation: true,
    licence: true,
    redistributable: true,
    verified: true,
  }).shape,
  edition: Edition.shape.id,
  issuedOn: Day.nullable(),
  /** SHA-256 of the edition's whole statement in canonical JSON. */
  statementHash: Sha256,
})
export type SharedEdition = Readonly<z.infer<typeof SharedEdition>>

export const editionObject = (facts: SharedEdition): RecordedObject =>
  makeObject({
    type: 'risk-edition',
    id: nameObject('risk-edition', [facts.organisation, facts.edition].join('/'), facts.audience),
    standing: facts,
    stix: { name: facts.citation.slice(0, 200) },
    schema: SharedEdition,
    content: facts,
  })

export const readEditionObject = (object: RecordedObject): SharedEdition =>
  readContent(SharedEdition, object)
