import type { Method } from '@tocsin/domain/proposal.ts'
import { useShell } from '../shell/context.ts'

/** The rule by which a proposal is decided, in one sentence. */
export function useRuleWords() {
  const { t } = useShell()
  return (method: Method): string => {
    switch (method.kind) {
      case 'simple-majority':
      case 'two-thirds':
        return t(`vote.rule-${method.kind}-${method.of}`)
      case 'weighted':
        return t(`vote.rule-weighted-${method.of}`, method.share)
      default:
        return t(`vote.rule-${method.kind}`)
    }
  }
}
