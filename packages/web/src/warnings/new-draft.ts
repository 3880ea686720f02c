import { CATALOGUE_VERSION } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Confidence, WarningLevel } from '@tocsin/domain/level.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { OPTIONS_FROM, ScenarioKind, type WarningDraft } from '@tocsin/domain/warning.ts'

const DAY_MS = 86_400_000
const VALID_DAYS = 10

type Started = {
  readonly level: WarningLevel
  readonly locale: Locale
  readonly subject: string
  readonly now: Instant
}

/** The level a warning starts at: the matter's own, or the lowest at which somebody is warned. */
export function firstLevel({ level }: Pick<Matter, 'level'>): WarningLevel {
  return WarningLevel.safeParse(level).data ?? 1
}

/** The latest time to look again, kept to the minute: a warning does not stand for ever. */
const firstExpiry = (now: Instant): Instant =>
  `${addMilliseconds(now, VALID_DAYS * DAY_MS).slice(0, 16)}:00.000Z` as Instant

/** A draft with nothing written but what was chosen. */
export function newDraft(
  { confidence }: Pick<Matter, 'confidence'>,
  { level, locale, subject, now }: Started,
): WarningDraft {
  const kinds = level >= OPTIONS_FROM ? ScenarioKind.options : []
  return {
    level,
    confidence: Confidence.safeParse(confidence).data ?? 'moderate',
    locale,
    subject,
    paragraphs: [''],
    populations: [''],
    windowFrom: 0,
    windowUntil: VALID_DAYS,
    scenarios: kinds.map((kind) => ({ kind, text: '', trigger: '', percent: 0 })),
    options: [],
    catalogue: CATALOGUE_VERSION,
    dissents: [],
    addressees: [],
    evidence: [],
    expiresAt: firstExpiry(now),
  }
}

/** A draft that takes the place of a warning that was sent: all it said, for another while. */
export function updatedDraft(sent: WarningDraft, started: Started): WarningDraft {
  const { now, ...chosen } = started
  return { ...sent, ...chosen, catalogue: CATALOGUE_VERSION, expiresAt: firstExpiry(now) }
}
