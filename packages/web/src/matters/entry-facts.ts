import type { Entry } from '@tocsin/domain/matter.ts'

type Facts = Entry['facts']

/** A fact that is text; empty where another version wrote something else. */
export function textIn(facts: Facts, name: string): string {
  const held = facts[name]
  return typeof held === 'string' ? held : ''
}

export function numberIn(facts: Facts, name: string): number | undefined {
  const held = facts[name]
  return typeof held === 'number' ? held : undefined
}

/** A fact that is a list of things with text in them. */
export function listIn(facts: Facts, name: string): readonly Readonly<Record<string, unknown>>[] {
  const held = facts[name]
  if (!Array.isArray(held)) return []
  return held.filter(
    (one) => one !== null && typeof one === 'object' && !Array.isArray(one),
  ) as never
}

/** The entry that each correction is about, by its number. */
export function correctionsIn(entries: readonly Entry[]): ReadonlyMap<number, readonly Entry[]> {
  const found = new Map<number, Entry[]>()
  for (const entry of entries) {
    const about = entry.kind === 'entry.corrected' ? numberIn(entry.facts, 'corrects') : undefined
    if (about !== undefined) found.set(about, [...(found.get(about) ?? []), entry])
  }
  return found
}
