import type { listAudit } from '@tocsin/api/audit.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Shell } from '../shell/context.ts'

export type Entry = Output<typeof listAudit>['entries'][number]

/** The beginnings of the names of acts, by which the log can be narrowed. */
export const areas = [
  'session',
  'identity',
  'people',
  'approval',
  'settings',
  'risk',
  'sources',
] as const

/** The person who acted; undefined for the node, its operator and visitors. */
export function personOf({ actor }: Entry): string | undefined {
  return typeof actor['person'] === 'string' ? actor['person'] : undefined
}

/** Who acted, in words. */
export function actorOf({ t, has }: Shell, entry: Entry): string {
  const key = `audit.actor-${entry.actor['kind']}`
  return entry.actorName ?? (has(key) ? t(key) : (personOf(entry) ?? String(entry.actor['kind'])))
}

/** What was done, in words; an act of another version keeps its code. */
export function actOf({ t, has }: Shell, { act }: Entry): string {
  const key = `audit.act-${act}`
  return has(key) ? t(key) : act
}
