import { WarningDraft } from './warning.ts'

export type DraftField = keyof WarningDraft

export type Merged = {
  /** Both writers' words; of what both changed, one's own until somebody chooses. */
  readonly draft: WarningDraft
  /** What the other writer changed and one did not. */
  readonly taken: readonly DraftField[]
  /** What both changed, each in another way. */
  readonly disputed: readonly DraftField[]
}

const fields = Object.keys(WarningDraft.shape) as DraftField[]

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Brings together what two persons wrote at the same time, part by part: `base` is what both had
 * read. Nothing is dropped without somebody choosing.
 */
export function mergeDrafts(base: WarningDraft, mine: WarningDraft, theirs: WarningDraft): Merged {
  const differs = (a: WarningDraft, b: WarningDraft) => (field: DraftField) =>
    !isSame(a[field], b[field])
  const iChanged = fields.filter(differs(base, mine))
  const theyChanged = fields.filter(differs(base, theirs))
  const taken = theyChanged.filter((field) => !iChanged.includes(field))
  const disputed = theyChanged
    .filter((field) => iChanged.includes(field))
    .filter(differs(mine, theirs))
  const draft = { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) }
  return { draft, taken, disputed }
}
