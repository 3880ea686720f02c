/*
 * What a card of the action catalogue says. All cards are compiled from practice and nobody has
 * checked them against the instruments yet: `verified` is false until somebody has, card by card.
 */

export type ActionFamily =
  | 'political'
  | 'human-rights'
  | 'legal'
  | 'economic'
  | 'information'
  | 'protection'
  | 'security'
  | 'resilience'

/** Who has to move first. */
export type LeadActor =
  | 'state'
  | 'neighbours'
  | 'regional-body'
  | 'secretary-general'
  | 'security-council'
  | 'general-assembly'
  | 'human-rights-bodies'
  | 'courts'
  | 'national-institution'
  | 'community'
  | 'donors'
  | 'humanitarian'
  | 'companies'

/** The three pillars of the responsibility to protect: the State itself, assistance, response. */
export type Pillar = 1 | 2 | 3

/** What the act rests on; the article or resolution is cited by number beside it. */
export type LegalBasis =
  | 'none-needed'
  | 'sovereign'
  | 'consent'
  | 'national-law'
  | 'charter'
  | 'genocide-convention'
  | 'rome-statute'
  | 'organ-rules'
  | 'regional-instrument'
  | 'assembly-resolution'
  | 'additional-protocol-1'
  | 'arms-trade-treaty'
  | 'treaty-body'
  | 'human-rights-council'
  | 'court-rules'
  | 'refugee-law'
  | 'humanitarian-law'
  | 'rabat-plan'
  | 'mutual-assistance'

/** None, pressure, measures against the will of a State (article 41 type), force (article 42 type). */
export type Coercion = 0 | 1 | 2 | 3

export type TimeToEffect = 'hours' | 'days' | 'weeks' | 'months' | 'years'
export type CostBand = 'low' | 'medium' | 'high'

/** What may go wrong for the people whom it is meant to protect. */
export type HarmRisk =
  | 'none-known'
  | 'hardening'
  | 'retaliation'
  | 'exposure'
  | 'loss-of-access'
  | 'humanitarian-cost'
  | 'escalation'
  | 'false-safety'
  | 'misuse'

/**
 * Why an act is an activity of a regional arrangement or agency for peace and security, of which the
 * Security Council is kept informed (Charter, article 54): a dispute is to be settled by peaceful means
 * through the region (52); persons are sent to watch or to protect; measures short of force are taken;
 * forces are made ready; force is used (53). What one State, a court, a community or a donor does by
 * itself is none of these, and neither is what a regional body only pays for.
 */
export type RegionalActivity = 'settlement' | 'presence' | 'measure' | 'readiness' | 'enforcement'

export type ActionCard<Code extends string = string> = {
  readonly code: Code
  readonly family: ActionFamily
  readonly lead: LeadActor
  readonly pillar: Pillar
  readonly basis: LegalBasis
  /** Article or resolution, cited by number; none where the basis has none. */
  readonly article: string | null
  /** Whether the State concerned has to agree. */
  readonly needsConsent: boolean
  readonly coercion: Coercion
  /** Enforcement by a regional body: not without the Security Council (Charter, article 53). */
  readonly needsAuthorisation: boolean
  /** What kind of regional activity for peace and security it is; none where it is none. */
  readonly regional: RegionalActivity | null
  readonly effect: TimeToEffect
  readonly cost: CostBand
  readonly risk: HarmRisk
  /** The purpose code under which aid of this kind is reported (OECD DAC, as IATI uses it). */
  readonly sector: string | null
  readonly verified: boolean
}

type Said<Code extends string> = Pick<
  ActionCard<Code>,
  'code' | 'lead' | 'pillar' | 'basis' | 'coercion' | 'effect' | 'cost' | 'risk'
> &
  Partial<
    Pick<
      ActionCard,
      'article' | 'needsConsent' | 'needsAuthorisation' | 'regional' | 'sector' | 'verified'
    >
  >

/** The cards of one family: what a card does not say holds of none of them. */
export function cardsOf<const Code extends string>(
  family: ActionFamily,
  said: readonly Said<Code>[],
): readonly ActionCard<Code>[] {
  return said.map((card) => ({
    family,
    article: null,
    needsConsent: false,
    needsAuthorisation: false,
    regional: null,
    sector: null,
    verified: false,
    ...card,
  }))
}
