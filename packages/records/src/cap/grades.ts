import type { Confidence, WarningLevel } from '@tocsin/domain/level.ts'
import type { CapInfo } from './alert.ts'

type Grades = Pick<CapInfo, 'urgency' | 'severity' | 'responseType'> & {
  /** How far it has come; the code of a crime is a person's to give, never the machine's. */
  readonly phase: 'early-warning' | 'imminent' | 'ongoing'
  readonly certainty: Readonly<Record<Confidence, CapInfo['certainty']>>
}

/**
 * What a level says in CAP's own grades, bound once so that no two senders read them differently.
 * Certainty is how sure people are, not a chance: only what occurs can be `Observed`. Nobody is told
 * to evacuate or to execute by a table.
 */
const grades: Readonly<Record<WarningLevel, Grades>> = {
  1: {
    urgency: 'Future',
    severity: 'Minor',
    responseType: ['Monitor'],
    phase: 'early-warning',
    certainty: { low: 'Unknown', moderate: 'Possible', high: 'Possible' },
  },
  2: {
    urgency: 'Future',
    severity: 'Moderate',
    responseType: ['Monitor', 'Assess'],
    phase: 'early-warning',
    certainty: { low: 'Possible', moderate: 'Possible', high: 'Likely' },
  },
  3: {
    urgency: 'Expected',
    severity: 'Severe',
    responseType: ['Assess', 'Prepare'],
    phase: 'early-warning',
    certainty: { low: 'Possible', moderate: 'Likely', high: 'Likely' },
  },
  4: {
    urgency: 'Immediate',
    severity: 'Extreme',
    responseType: ['Assess', 'Prepare'],
    phase: 'imminent',
    certainty: { low: 'Possible', moderate: 'Likely', high: 'Likely' },
  },
  5: {
    urgency: 'Immediate',
    severity: 'Extreme',
    responseType: ['Assess', 'Prepare'],
    phase: 'ongoing',
    certainty: { low: 'Possible', moderate: 'Likely', high: 'Observed' },
  },
}

/** CAP's grades of a warning at this level and confidence. */
export function gradesOf(level: WarningLevel, confidence: Confidence) {
  const { certainty, responseType, ...rest } = grades[level]
  return { ...rest, responseType: [...responseType], certainty: certainty[confidence] }
}
