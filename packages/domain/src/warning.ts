import { z } from 'zod'
import { Marking } from './audience.ts'
import { Instant, OrganisationId, PersonId, Sha256 } from './brand.ts'
import { Confidence, WarningLevel } from './level.ts'
import { Locale } from './locale.ts'
import { MatterId } from './matter.ts'
import { Line, PostId } from './people.ts'
import { ReportId } from './report.ts'
import { Paragraphs } from './text.ts'

export const WarningId = z.uuidv7().brand<'WarningId'>()
export type WarningId = z.infer<typeof WarningId>

/** What may happen within the window, what would set it off, and how likely that is judged to be. */
export const Scenario = z.object({
  kind: z.enum(['best', 'likely', 'worst']),
  text: Paragraphs,
  trigger: Line,
  /** Whole per cent; those of one warning sum to 100. */
  percent: z.int().min(0).max(100),
})
export type Scenario = Readonly<z.infer<typeof Scenario>>

/** A card of the action catalogue offered to the authority: what it should do, and how we will know. */
export const Option = z.object({
  code: z.string().regex(/^[A-Z]\d{2}$/),
  expectedEffect: Line,
  howWeWillKnow: Line,
})
export type Option = Readonly<z.infer<typeof Option>>

/** An office that is informed, and the law by which it is competent. */
export const Addressee = z.object({
  post: PostId,
  legalBasis: Line,
  /** Whether the office stands outside the executive of the State concerned. */
  isIndependent: z.boolean(),
})
export type Addressee = Readonly<z.infer<typeof Addressee>>

/** What a warning says; a draft may lack parts, a signed warning may not. */
export const WarningDraft = z.object({
  level: WarningLevel,
  confidence: Confidence,
  locale: Locale,
  subject: Line,
  /** What is reported and what is judged, in numbered paragraphs. */
  paragraphs: z.array(Paragraphs).max(40),
  populations: z.array(Line).max(20),
  /** The days within which it may happen, both included. */
  windowFrom: z.int().min(0).max(730),
  windowUntil: z.int().min(0).max(730),
  scenarios: z.array(Scenario).max(9),
  options: z.array(Option).max(20),
  dissents: z.array(z.object({ by: Line, text: Paragraphs })).max(10),
  addressees: z.array(Addressee).max(40),
  evidence: z.array(ReportId).max(100),
  expiresAt: Instant,
})
export type WarningDraft = Readonly<z.infer<typeof WarningDraft>>

/** Who signed, in which office, when, and with what. */
export const Signature = z.object({
  person: PersonId,
  name: Line,
  /** The post they hold; none where they hold none on record. */
  office: Line.nullable(),
  at: Instant,
  /** The end of the credential's name: enough to tell two apart, too little to use. */
  credential: z.string(),
})
export type Signature = Readonly<z.infer<typeof Signature>>

export const WarningState = z.enum(['draft', 'sent', 'superseded', 'cancelled', 'expired'])
export type WarningState = z.infer<typeof WarningState>

export const Warning = z.object({
  id: WarningId,
  matter: MatterId,
  organisation: OrganisationId,
  year: z.int(),
  number: z.int().positive(),
  state: WarningState,
  draft: WarningDraft,
  /** SHA-256 of the draft's canonical text: what was read is what is signed. */
  sha256: Sha256,
  /** The warning that this one replaces or cancels. */
  replaces: WarningId.nullable(),
  marking: Marking,
  isExercise: z.boolean(),
  signatures: z.array(Signature),
  returned: z.object({ by: Line, at: Instant, reasons: z.string() }).nullable(),
  savedAt: Instant,
  sentAt: Instant.nullable(),
})
export type Warning = Readonly<z.infer<typeof Warning>>

/** From here on two persons sign, and somebody outside the executive is told. */
export const TWO_SIGNATURES_FROM = 4
/** From here on a warning carries options. */
export const OPTIONS_FROM = 3

/** How many persons sign a warning of this level. */
export const signaturesNeeded = (level: WarningLevel): 1 | 2 =>
  level >= TWO_SIGNATURES_FROM ? 2 : 1

/** What keeps a warning from being signed. */
export const WarningFault = z.enum([
  'no-paragraph',
  'no-population',
  'no-addressee',
  'no-option',
  'no-independent-addressee',
  'scenarios-incomplete',
  'scenarios-not-100',
  'window-reversed',
  'expired',
  'addressee-unknown',
  'addressee-without-holder',
  'addressee-excluded',
  'addressee-twice',
  'option-unknown',
  'option-needs-authorisation',
])
export type WarningFault = z.infer<typeof WarningFault>

type Known = {
  readonly now: Instant
  /** What is known of the addressed posts; a post that is not in it is unknown. */
  readonly posts: ReadonlyMap<PostId, { organisation: OrganisationId; hasHolder: boolean }>
  readonly excluded: readonly OrganisationId[]
  readonly isOptionKnown: (code: string) => boolean
}

/** Everything that keeps the draft from being signed, each named once. */
export function faultsOf(draft: WarningDraft, known: Known): readonly WarningFault[] {
  const { level, scenarios, addressees, options } = draft
  const faults = new Set<WarningFault>()
  const require = (holds: boolean, fault: WarningFault) => {
    if (!holds) faults.add(fault)
  }
  require(draft.paragraphs.length > 0, 'no-paragraph')
  require(draft.populations.length > 0, 'no-population')
  require(addressees.length > 0, 'no-addressee')
  require(draft.windowFrom <= draft.windowUntil, 'window-reversed')
  require(draft.expiresAt > known.now, 'expired')
  require(new Set(addressees.map(({ post }) => post)).size === addressees.length, 'addressee-twice')
  require(options.every(({ code }) => known.isOptionKnown(code)), 'option-unknown')
  if (level >= OPTIONS_FROM) {
    require(options.length > 0, 'no-option')
    const kinds = new Set(scenarios.map(({ kind }) => kind))
    require(kinds.size === 3, 'scenarios-incomplete')
  }
  if (scenarios.length > 0) {
    require(scenarios.reduce((sum, { percent }) => sum + percent, 0) === 100, 'scenarios-not-100')
  }
  if (level >= TWO_SIGNATURES_FROM) {
    require(addressees.some(({ isIndependent }) => isIndependent), 'no-independent-addressee')
  }
  for (const { post } of addressees) {
    const held = known.posts.get(post)
    if (!held) faults.add('addressee-unknown')
    else if (known.excluded.includes(held.organisation)) faults.add('addressee-excluded')
    else if (!held.hasHolder) faults.add('addressee-without-holder')
  }
  return [...faults]
}
