import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { owedBy } from '@tocsin/domain/notification.ts'

/** What whoever works on a matter can do on its page, in the order in which it is mostly done. */
export const matterActs = [
  'report',
  'assess',
  'warn',
  'consult',
  'action',
  'effect',
  'review',
  'after-action',
] as const
export type MatterAct = (typeof matterActs)[number] | 'sign'

type Opened = Pick<
  OpenedMatter,
  'asOf' | 'matter' | 'clocks' | 'warnings' | 'notifications' | 'stamps'
>

/**
 * The one act that the matter waits for from its own organisation; undefined while others are waited
 * for, and for a closed matter.
 */
export function nextActOf(opened: Opened): MatterAct | undefined {
  const { asOf, matter, clocks, warnings, notifications, stamps } = opened
  const { stations, level, closedAt } = matter
  if (closedAt !== null) return undefined
  if (warnings.some(({ state }) => state === 'draft')) return 'sign'
  if (clocks.some(({ kind, dueAt }) => kind === 'review' && dueAt <= asOf)) return 'review'
  if (!stations.warned) {
    if (!stations.observed) return 'report'
    if (!stations.assessed) return 'assess'
    return level === 0 ? 'review' : 'warn'
  }
  if (clocks.some(({ kind }) => kind === 'consult')) return 'consult'
  const standing = warnings.filter(({ state }) => state === 'sent' || state === 'expired')
  const isOwing = notifications.some(
    (one) => standing.some(({ id }) => id === one.warning) && owedBy(one) !== undefined,
  )
  if (isOwing) return undefined
  if (!stamps.T6) return 'action'
  return stamps.T7 ? 'review' : 'effect'
}
