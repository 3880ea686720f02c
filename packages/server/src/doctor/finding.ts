import { Problem, type ProblemCode } from '@tocsin/domain/problem.ts'

/** Good: nothing to do. Warning: works, and should be looked at. Broken: does not work. */
export type FindingState = 'good' | 'warning' | 'broken'

type Sentence =
  | 'node-version'
  | 'node-too-old'
  | 'memory'
  | 'memory-low'
  | 'folder'
  | 'folder-absent'
  | 'folder-open'
  | 'disk'
  | 'disk-low'
  | 'database'
  | 'database-asleep'
  | 'database-orphan'
  | 'database-silent'
  | 'database-none'
  | 'steps'
  | 'steps-waiting'
  | 'answers'
  | 'not-running'
  | 'not-answering'
  | 'set-up'
  | 'not-set-up'
  | 'backup'
  | 'backup-none'
  | 'backup-old'
  | 'backup-gone'
  | 'clock'
  | 'clock-behind'
  | 'clock-apart'
  | 'mail-off'
  | 'sms-off'
  | 'webhook-off'
  | 'push-off'
  | 'way-reached'
  | 'way-unreachable'
  | 'beats'
  | 'beats-late'
  | 'beats-none'
  | 'waits-for'

/** One thing that was looked at. What it says is a sentence of the doctor's, or a problem's. */
export type Finding = {
  readonly state: FindingState
  readonly says: `doctor.${Sentence}` | `problem.${ProblemCode}`
  readonly values: Readonly<Record<string, string>>
}

/** Makes a finding; its values are words, so that figures read the same in every language. */
export function finding(
  state: FindingState,
  sentence: Sentence,
  values: Readonly<Record<string, string | number>> = {},
): Finding {
  const words = Object.entries(values).map(([name, value]) => [name, String(value)])
  return { state, says: `doctor.${sentence}`, values: Object.fromEntries(words) }
}

/** What stopped a look is itself a finding; anything unexpected is passed on. */
export function brokenBy(error: unknown): Finding {
  if (!(error instanceof Problem)) throw error
  const { code, details } = error
  const words = Object.entries(details).map(([name, value]) => [name, String(value)])
  return { state: 'broken', says: `problem.${code}`, values: Object.fromEntries(words) }
}

/** The state of the whole: its worst part's. */
export function worstOf(findings: readonly Finding[]): FindingState {
  const states = findings.map(({ state }) => state)
  if (states.includes('broken')) return 'broken'
  return states.includes('warning') ? 'warning' : 'good'
}
