import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { idOfName } from '@tocsin/domain/id.ts'
import { AudienceId, ReshareRule } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Redactable } from '@tocsin/domain/redaction.ts'
import { z } from 'zod'
import type { Json } from '../canonical.ts'
import type { RecordedObject } from '../record.ts'
import { extensionId } from './extension.ts'
import { markingRef } from './tlp.ts'

/*
 * What every STIX 2.1 object of ours has. What STIX itself has no word for stands as `content`: in our
 * property extension where STIX knows the type, on the object itself where the type is ours.
 */

/** What is said about anything that is shared, whatever it is. */
export const sharedParts = {
  organisation: OrganisationId,
  organisationName: Line,
  audience: AudienceId,
  marking: Marking,
  isExercise: z.boolean(),
  reshare: ReshareRule,
  /** Members that may pass it on without asking again. */
  delegates: z.array(OrganisationId).max(20),
  /** Whoever passes it on does not say from whom it is. */
  isAuthorWithheld: z.boolean(),
  /** The author asks to be told who has read it. */
  asksWhoRead: z.boolean(),
  /** Parts that the author left out: nothing said there means nothing. */
  redacted: z.array(Redactable),
  created: Instant,
  modified: Instant,
}

/** What is said of everything, on the object itself: who, how marked, since when. */
type Standing = Readonly<
  z.infer<
    z.ZodObject<Pick<typeof sharedParts, 'organisation' | 'marking' | 'created' | 'modified'>>
  >
>

/** The same thing told to the same audience has the same name in every version. */
export const nameObject = (type: string, thing: string, audience: AudienceId): string =>
  `${type}--${idOfName(`${type}/${thing}/${audience}`)}`

export const identityRef = (organisation: OrganisationId): string =>
  `identity--${idOfName(`identity/${organisation}`)}`

/** A later version is later than the one before it, however fast one follows the other. */
export function modifiedAfter(at: Instant, before: Instant | undefined): Instant {
  return before !== undefined && at <= before ? addMilliseconds(before, 1) : at
}

type Made<T> = {
  readonly type: string
  readonly id: string
  /** Properties that STIX itself has. */
  readonly stix?: { readonly [key: string]: Json | undefined }
  readonly standing: Standing
  /** Only the parts that this schema names leave. */
  readonly schema: z.ZodType<T>
  readonly content: T
}

/** Types that STIX knows; all others are defined by our extension. */
const known = ['grouping', 'report']

/** A ZodError where the content is not of its schema: nothing half right leaves. */
export function makeObject<T>(made: Made<T>): RecordedObject {
  const { type, id, stix = {}, standing, schema, content } = made
  const { created, modified, organisation, marking } = standing
  const isKnown = known.includes(type)
  // When it was made and changed stands on the object itself, once.
  const { created: _, modified: __, ...parts } = schema.parse(content) as Partial<Standing>
  const said = toSnake(parts as Json)
  return withoutUndefined({
    ...stix,
    type,
    spec_version: '2.1',
    id,
    created,
    modified,
    created_by_ref: identityRef(organisation),
    object_marking_refs: [markingRef(marking)],
    extensions: {
      [extensionId]: isKnown
        ? { extension_type: 'property-extension', content: said }
        : { extension_type: 'new-sdo' },
    },
    ...(!isKnown && { content: said }),
  }) as RecordedObject
}

const contentOf = (object: RecordedObject): unknown => {
  const extensions = object['extensions'] as Record<string, Record<string, unknown>> | undefined
  const content = object['content'] ?? extensions?.[extensionId]?.['content']
  return typeof content === 'object' ? content : undefined
}

/** Whether it says anything in our words; what other tools made does not. */
export const hasContent = (object: RecordedObject): boolean => Boolean(contentOf(object))

/** What an object of ours says; a ZodError on one that is not of that form. */
export const readContent = <T>(schema: z.ZodType<T>, object: RecordedObject): T =>
  schema.parse(wordsOf(contentOf(object), object))

/** What the content of an object says, in our names; when it was made stands on the object itself. */
export function wordsOf(
  content: unknown,
  { created, modified }: Partial<Pick<RecordedObject, 'created' | 'modified'>> = {},
): unknown {
  const said = toCamel((content ?? null) as Json)
  return said === null ? said : { ...(said as object), created, modified }
}

/** Names as STIX writes them. */
const toSnake = (value: Json): Json =>
  renamed(value, (key) => key.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`))
const toCamel = (value: Json): Json =>
  renamed(value, (key) => key.replace(/_([a-z])/g, (_, sign: string) => sign.toUpperCase()))

function renamed(value: Json, rename: (key: string) => string): Json {
  if (Array.isArray(value)) return value.map((one: Json) => renamed(one, rename))
  if (value === null || typeof value !== 'object') return value
  const members = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(members.map(([key, one]) => [rename(key), renamed(one, rename)]))
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))

/** An organisation, so that other tools show its name beside what it says. */
export function identityObject(
  standing: Omit<Standing, 'modified'> & { readonly name: string },
): RecordedObject {
  const { organisation, name, marking, created } = standing
  return {
    type: 'identity',
    spec_version: '2.1',
    id: identityRef(organisation),
    created,
    modified: created,
    name,
    identity_class: 'organization',
    object_marking_refs: [markingRef(marking)],
  }
}
