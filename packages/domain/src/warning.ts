import { z } from 'zod'
import { CATALOGUE_VERSION, findCard, lacksAuthorisation } from './action-catalogue/catalogue.ts'
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

/** Words of a draft: where nothing stands yet, nothing is said. */
const Unwritten = z.string().trim().max(0)
const DraftLine = z.union([Line, Unwritten])
const DraftText = z.union([Paragraphs, Unwritten])

export const ScenarioKind = z.enum(['best', 'likely', 'worst'])
export type ScenarioKind = z.infer<typeof ScenarioKind>

/** What may happen within the window, what would set it off, and how likely that is judged to be. */
export const Scenario = z.object({
  kind: ScenarioKind,
  text: DraftText,
  trigger: DraftLine,
  /** Whole per cent; those of one warning sum to 100. */
  percent: z.int().min(0).max(100),
})
export type Scenario = Readonly<z.infer<typeof Scenario>>

/** A card of the action catalogue offered to the authority: what it should do, and how we will know. */
export const Option = z.object({
  code: z.string().regex(/^[A-Z]\d{2}$/),
  expectedEffect: DraftLine,
  howWeWillKnow: DraftLine,
  /** The Security Council's decision that enforcement by a regional body rests on (article 53). */
  authorisation: Line.nullable(),
})
export type Option = Readonly<z.infer<typeof Option>>

/** An office that is informed, and the law by which it is competent. */
export const Addressee = z.object({
  post: PostId,
  legalBasis: DraftLine,
  /** Whether the office stands outside the executive of the State concerned. */
  isIndependent: z.boolean(),
})
export type Addressee = Readonly<z.infer<typeof Addressee>>

/** What a warning says; a draft may lack parts, a signed warning may not. */
export const WarningDraft = z.object({
  level: WarningLevel,
  confidence: Confidence,
  locale: Locale,
  subject: DraftLine,
  /** What is reported and what is judged, in numbered paragraphs. */
  paragraphs: z.array(DraftText).max(40),
  populations: z.array(DraftLine).max(20),
  /** The days within which it may happen, both included. */
  windowFrom: z.int().min(0).max(730),
  windowUntil: z.int().min(0).max(730),
  scenarios: z.array(Scenario).max(9),
  options: z.array(Option).max(20),
  /** The version of the action catalogue that the options were chosen from. */
  catalogue: z.string().regex(/^\d{4}\.\d{1,3}$/),
  dissents: z.array(z.object({ by: DraftLine, text: DraftText })).max(10),
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
  /** Who saved it last; not said to other organisations. */
  savedBy: Line.nullable(),
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
  'no-subject',
  'no-paragraph',
  'paragraph-empty',
  'no-population',
  'no-addressee',
  'no-option',
  'no-independent-addressee',
  'scenarios-incomplete',
  'scenario-empty',
  'scenarios-not-100',
  'window-reversed',
  'expired',
  'dissent-empty',
  'evidence-unknown',
  'addressee-unknown',
  'addressee-without-holder',
  'addressee-excluded',
  'addressee-twice',
  'addressee-without-basis',
  'option-unknown',
  'option-twice',
  'option-without-effect',
  'option-needs-authorisation',
])
export type WarningFault = z.infer<typeof WarningFault>

type Known = {
  readonly now: Instant
  /** What is known of the addressed posts; a post that is not in it is unknown. */
  readonly posts: ReadonlyMap<PostId, { organisation: OrganisationId; hasHolder: boolean }>
  readonly excluded: readonly OrganisationId[]
  /** The reports on the matter: nothing else may be given as evidence. */
  readonly reports: readonly ReportId[]
}

const isDistinct = (all: readonly string[]): boolean => new Set(all).size === all.length

/** Everything that keeps the draft from being signed, each named once. */
export function faultsOf(draft: WarningDraft, known: Known): readonly WarningFault[] {
  const holds: readonly (readonly [WarningFault, boolean])[] = [
    ['no-subject', draft.subject !== ''],
    ['no-paragraph', draft.paragraphs.length > 0],
    ['paragraph-empty', draft.paragraphs.every((text) => text !== '')],
    ['no-population', draft.populations.length > 0 && !draft.populations.includes('')],
    ['window-reversed', draft.windowFrom <= draft.windowUntil],
    ['expired', draft.expiresAt > known.now],
    ['dissent-empty', draft.dissents.every(({ by, text }) => by !== '' && text !== '')],
    ['evidence-unknown', draft.evidence.every((one) => known.reports.includes(one))],
  ]
  return [
    ...holds.filter(([, isRight]) => !isRight).map(([fault]) => fault),
    ...scenarioFaults(draft),
    ...optionFaults(draft),
    ...addresseeFaults(draft, known),
  ]
}

function scenarioFaults({ level, scenarios }: WarningDraft): WarningFault[] {
  const faults: WarningFault[] = []
  const kinds = new Set(scenarios.map(({ kind }) => kind))
  if (level >= OPTIONS_FROM && kinds.size < 3) faults.push('scenarios-incomplete')
  if (scenarios.some(({ text, trigger }) => text === '' || trigger === '')) {
    faults.push('scenario-empty')
  }
  const sum = scenarios.reduce((all, { percent }) => all + percent, 0)
  if (scenarios.length > 0 && sum !== 100) faults.push('scenarios-not-100')
  return faults
}

function optionFaults({ level, options, catalogue }: WarningDraft): WarningFault[] {
  const faults: WarningFault[] = []
  const cards = options.map(({ code }) => findCard(code))
  if (level >= OPTIONS_FROM && options.length === 0) faults.push('no-option')
  if (options.length > 0 && (catalogue !== CATALOGUE_VERSION || cards.includes(undefined))) {
    faults.push('option-unknown')
  }
  if (!isDistinct(options.map(({ code }) => code))) faults.push('option-twice')
  if (options.some((one) => one.expectedEffect === '' || one.howWeWillKnow === '')) {
    faults.push('option-without-effect')
  }
  const isUnauthorised = options.some(({ authorisation }, index) => {
    const card = cards[index]
    return card !== undefined && lacksAuthorisation(card, authorisation)
  })
  return isUnauthorised ? [...faults, 'option-needs-authorisation'] : faults
}

function addresseeFaults(
  { level, addressees }: WarningDraft,
  { posts, excluded }: Known,
): readonly WarningFault[] {
  const faults = new Set<WarningFault>()
  if (addressees.length === 0) faults.add('no-addressee')
  if (level >= TWO_SIGNATURES_FROM && !addressees.some(({ isIndependent }) => isIndependent)) {
    faults.add('no-independent-addressee')
  }
  if (!isDistinct(addressees.map(({ post }) => post))) faults.add('addressee-twice')
  for (const { post, legalBasis } of addressees) {
    const held = posts.get(post)
    if (legalBasis === '') faults.add('addressee-without-basis')
    if (!held) faults.add('addressee-unknown')
    else if (excluded.includes(held.organisation)) faults.add('addressee-excluded')
    else if (!held.hasHolder) faults.add('addressee-without-holder')
  }
  return [...faults]
}
