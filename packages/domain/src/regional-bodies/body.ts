import type { Locale } from '../locale.ts'
import type {
  Ability,
  Body,
  BodyRegion,
  Caller,
  Citation,
  DecisionRule,
  Procedure,
  ProcedureKind,
  SuspensionEffect,
} from '../regional-body.ts'

/** In all six languages: a body, organ or instrument that lacks one does not compile. */
export type AllNames = Readonly<Record<Locale, string>>

export type Instrument = AllNames & { readonly symbol?: string }

/** An article, section or paragraph of an instrument, by number; null where it is not known. */
export function cite({ symbol, ...instrument }: Instrument, article: string | null): Citation {
  return { instrument, symbol: symbol ?? null, article }
}

type SaidProcedure = {
  readonly kind: ProcedureKind
  readonly can: readonly Ability[]
  readonly callers: readonly Caller[]
  readonly basis: readonly Citation[]
  /** Where it differs from the organ's usual rule. */
  readonly rule?: DecisionRule
  readonly reach?: Procedure['reach']
}

type SaidOrgan = {
  readonly code: string
  readonly names: AllNames
  readonly rule: DecisionRule
  readonly basis: Citation
  readonly procedures?: readonly SaidProcedure[]
}

type SaidBody = {
  readonly code: string
  readonly region: BodyRegion
  readonly names: AllNames
  readonly founding: Citation
  readonly suspension: { readonly effect: SuspensionEffect; readonly basis: Citation | null }
  readonly organs: readonly SaidOrgan[]
}

/** A body with its organs; what was compiled from memory is not verified. */
export function bodyOf({ organs, ...body }: SaidBody): Body {
  return {
    ...body,
    isFictional: body.region === 'five-rivers',
    organs: organs.map(({ code, names, rule, basis }) => ({ code, names, rule, basis })),
    procedures: organs.flatMap(({ code: organ, rule, procedures = [] }) =>
      procedures.map(({ can, callers, basis, ...said }) => ({
        organ,
        rule,
        reach: 'members' as const,
        can: [...can],
        callers: [...callers],
        basis: [...basis],
        ...said,
        verified: false,
      })),
    ),
    verified: false,
  }
}
