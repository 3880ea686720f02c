import { Marking } from '@tocsin/domain/audience.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Confidence } from '@tocsin/domain/level.ts'
import { Station } from '@tocsin/domain/matter.ts'
import { PlacePrecision } from '@tocsin/domain/report.ts'
import fc from 'fast-check'
import type { SharedWarning } from '../src/stix/alert.ts'
import type { SharedAttachment } from '../src/stix/attachment.ts'
import type { ToldConsultation } from '../src/stix/consultation.ts'
import type { ToldContribution } from '../src/stix/contribution.ts'
import type { SharedEdition } from '../src/stix/edition.ts'
import type { SharedMatter } from '../src/stix/matter.ts'
import type { Receipt } from '../src/stix/receipt.ts'
import type { SharedReport } from '../src/stix/report.ts'

/* Anything that may be shared, drawn at random. */

const hash = 'ab'.repeat(32) as Sha256
const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString() as Instant)
const day = instant.map((at) => at.slice(0, 10))
const uuid = fc.constantFrom(...[1, 2, 3, 4].map(() => newId<string>()))
const line = fc.constantFrom('Lower Corve', 'Ô Σ д', '低地', 'قرية', 'a_b "c" \\ d')
const text = fc.constantFrom('One.\n\nTwo.', 'Ещё _раз_.', '第一。', 'x')
const country = fc.constantFrom('ARD', 'BEL')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary)

const parts = {
  organisation: uuid,
  organisationName: line,
  audience: uuid,
  marking: fc.constantFrom(...Marking.options),
  isExercise: fc.boolean(),
  reshare: fc.constantFrom('never', 'with-release', 'free'),
  delegates: fc.uniqueArray(uuid),
  isAuthorWithheld: fc.boolean(),
  asksWhoRead: fc.boolean(),
  redacted: fc.constant([]),
  created: instant,
  modified: instant,
}
const numbered = { year: fc.integer({ min: 2000, max: 2100 }), number: fc.integer({ min: 1 }) }
const signed = fc.record({ signedAt: instant, reasons: maybe(text) })

export const matter = fc.record({
  ...parts,
  ...numbered,
  matter: uuid,
  title: line,
  summary: maybe(text),
  country: maybe(country),
  place: maybe(line),
  level: fc.constantFrom(0, 1, 2, 3, 4, 5),
  certainty: maybe(fc.constantFrom(...Confidence.options)),
  stations: fc.dictionary(fc.constantFrom(...Station.options), instant, { noNullPrototype: true }),
  openedAt: instant,
  reviewBy: maybe(instant),
  review: maybe(signed),
  closing: maybe(fc.record({ closedAt: instant, reasons: maybe(text) })),
}) as never as fc.Arbitrary<SharedMatter>

export const report = fc.record({
  ...parts,
  ...numbered,
  report: uuid,
  matter: maybe(uuid),
  kind: fc.constantFrom('incident', 'situation'),
  what: text,
  fromDay: day,
  untilDay: day,
  country: maybe(country),
  place: maybe(line),
  precision: fc.constantFrom(...PlacePrecision.options),
  groups: maybe(line),
  harm: fc.constantFrom({}, { killed: { low: 1, best: null, high: 4 } }),
  sourceGrade: fc.constantFrom('A', 'F'),
  informationGrade: fc.constantFrom('1', '6'),
}) as never as fc.Arbitrary<SharedReport>

export const warning = fc.record({
  ...parts,
  ...numbered,
  warning: uuid,
  matter: uuid,
  state: fc.constantFrom('sent', 'superseded', 'cancelled', 'expired'),
  sha256: fc.constant(hash),
  replaces: maybe(uuid),
  said: fc.record({
    level: fc.constantFrom(1, 2, 3, 4, 5),
    confidence: fc.constantFrom(...Confidence.options),
    locale: fc.constantFrom('en', 'ar'),
    subject: line,
    paragraphs: fc.array(text, { maxLength: 3 }),
    populations: fc.array(line, { maxLength: 2 }),
    windowFrom: fc.integer({ min: 0, max: 9 }),
    windowUntil: fc.integer({ min: 9, max: 90 }),
    scenarios: fc.constant([{ kind: 'best', text: 'x', trigger: 'y', percent: 100 }]),
    options: fc.constant([
      { code: 'S02', expectedEffect: 'a', howWeWillKnow: 'b', authorisation: null },
    ]),
    catalogue: fc.constant('2026.1'),
    dissents: fc.array(fc.record({ by: line, text }), { maxLength: 2 }),
    evidence: fc.array(uuid, { maxLength: 2 }),
    expiresAt: instant,
  }),
  addressees: fc.array(
    fc.record({
      post: uuid,
      office: line,
      authority: line,
      legalBasis: line,
      isIndependent: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  signatures: fc.array(fc.record({ name: line, office: maybe(line), signedAt: instant }), {
    maxLength: 2,
  }),
  sentAt: instant,
  reasons: maybe(text),
  cap: maybe(fc.constant('<alert/>')),
}) as never as fc.Arbitrary<SharedWarning>

const given = {
  organisation: uuid,
  organisationName: line,
  audience: uuid,
  marking: fc.constantFrom(...Marking.options),
  isExercise: fc.boolean(),
  key: uuid,
  about: fc.constant('grouping--x'),
  digest: maybe(fc.constant(hash)),
  givenAt: instant,
}
const from = { notification: maybe(uuid), authority: line, office: line, name: line }
export const receipt = fc.oneof(
  fc.record({
    ...given,
    ...from,
    kind: fc.constant('acknowledgement'),
    reaction: fc.constantFrom('act', 'verify', 'monitor', 'disagree'),
    note: maybe(text),
  }),
  fc.record({
    ...given,
    ...from,
    kind: fc.constant('answer'),
    outcome: fc.constantFrom('decided', 'declined'),
    text,
    forwardTo: maybe(line),
  }),
  fc.record({ ...given, kind: fc.constant('read') }),
  fc.record({
    ...given,
    kind: fc.constant('release'),
    releasedTo: fc.array(uuid, { minLength: 1 }),
  }),
) as never as fc.Arbitrary<Receipt>

export const edition = fc.record({
  ...parts,
  edition: fc.constantFrom('2025', '2025-revised'),
  origin: fc.constantFrom('computed', 'published'),
  dataYear: fc.constant(2024),
  horizon: fc.constant({ from: 2025, to: 2026 }),
  issuedOn: maybe(day),
  inputs: fc.array(fc.constant({ name: 'a.csv', source: 'x', sha256: hash, rows: 3 })),
  codeVersion: line,
  figuresHash: fc.constant(hash),
  statementHash: fc.constant(hash),
  countries: fc.nat(),
  publisher: line,
  citation: line,
  licence: line,
  redistributable: fc.boolean(),
  verified: fc.boolean(),
}) as never as fc.Arbitrary<SharedEdition>

export const attachment = fc.record({
  ...parts,
  attachment: uuid,
  matter: uuid,
  name: fc.constantFrom('Map of Lower Corve.pdf', 'خريطة.pdf'),
  mediaType: fc.constant('application/pdf'),
  size: fc.integer({ min: 1, max: 1_000_000 }),
  sha256: fc.constant(hash),
  blob: fc.constant(hash),
  blobSize: fc.integer({ min: 1, max: 1_000_000 }),
  decryptionKey: fc.constant(`AGE-SECRET-KEY-PQ-1${'Q'.repeat(58)}`),
}) as never as fc.Arbitrary<SharedAttachment>

const told = {
  organisation: uuid,
  organisationName: line,
  audience: uuid,
  marking: fc.constantFrom(...Marking.options),
  isExercise: fc.boolean(),
}
const settlement = fc.oneof(
  fc.record({ outcome: fc.constantFrom('decided', 'closed'), words: text }),
  fc.record({ outcome: fc.constant('deferred'), words: maybe(text), until: day }),
)

export const consultation = fc.oneof(
  fc.record({
    ...told,
    ...numbered,
    view: fc.constant('room'),
    id: uuid,
    matter: uuid,
    title: line,
    request: text,
    convenedBy: fc.record({ name: line, office: maybe(line) }),
    country: maybe(country),
    level: fc.constantFrom(0, 3, 5),
    seats: fc.array(
      fc.record({
        organisation: uuid,
        name: line,
        role: fc.constantFrom('participant', 'observer'),
        since: instant,
      }),
    ),
    concerned: fc.array(
      fc.record({
        organisation: uuid,
        name: line,
        reason: text,
        since: instant,
        heardSince: maybe(instant),
      }),
    ),
    agenda: fc.array(
      fc.record({
        n: fc.integer({ min: 1 }),
        title: line,
        addedAt: instant,
        settled: maybe(fc.record({ at: instant, how: settlement })),
      }),
    ),
    openedAt: instant,
    closing: maybe(fc.record({ closedAt: instant, words: text })),
  }),
  fc.record({
    ...told,
    ...numbered,
    view: fc.constant('hearing'),
    id: uuid,
    hears: uuid,
    hearsName: line,
    openedAt: instant,
    closedAt: maybe(instant),
  }),
) as never as fc.Arbitrary<ToldConsultation>

const runs = fc.array(fc.oneof(text, fc.record({ bold: text }), fc.record({ italic: text })), {
  minLength: 1,
  maxLength: 4,
})

const words = fc.record({
  ...told,
  id: uuid,
  consultation: uuid,
  by: fc.record({ name: line, office: maybe(line) }),
  kind: fc.constantFrom('statement', 'dissent', 'reply-of-concerned'),
  item: maybe(fc.integer({ min: 1 })),
  replyTo: maybe(uuid),
  locale: fc.constantFrom('ar', 'fr', 'zh'),
  text: fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('paragraph'), runs }),
      fc.record({
        kind: fc.constant('list'),
        isNumbered: fc.boolean(),
        items: fc.array(runs, { minLength: 1, maxLength: 3 }),
      }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  writtenAt: maybe(instant),
  translates: maybe(fc.record({ contribution: uuid, isMachine: fc.boolean() })),
  heard: maybe(fc.record({ organisation: uuid, name: line })),
  saidAt: instant,
})

export const contribution = fc
  .tuple(words, fc.constantFrom({}, { byMail: true }))
  .map(([said, way]) => ({ ...said, ...way })) as never as fc.Arbitrary<ToldContribution>
