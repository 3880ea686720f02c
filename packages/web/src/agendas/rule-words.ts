import type { Ground } from '@tocsin/domain/organ-agenda.ts'
import type { Condition } from '@tocsin/domain/trigger-rule.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import type { Shell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'

const DAY = 24

/** A time of a rule as people set it: whole days as days, all else in hours. */
export function spanOf(t: Translate, hours: number): string {
  const isWhole = hours > 0 && hours % DAY === 0
  return isWhole ? t('agenda.days', { n: hours / DAY }) : t('agenda.hours', { n: hours })
}

/** What obliges the organ, in one sentence. */
export function ruleWords({ t }: Pick<Shell, 't'>, condition: Condition): string {
  const { least: level } = condition
  switch (condition.kind) {
    case 'level': {
      if (condition.hours === 0) return t('agenda.rule-level-reached', { level })
      const span = spanOf(t, condition.hours)
      return t(condition.unlessDecided ? 'agenda.rule-level-undecided' : 'agenda.rule-level', {
        level,
        span,
      })
    }
    case 'clock': {
      const clock = t(`clock.${condition.clock}`)
      if (condition.hours === 0) return t('agenda.rule-clock', { clock, level })
      return t('agenda.rule-clock-since', { clock, level, span: spanOf(t, condition.hours) })
    }
    case 'answer': {
      const [first, other] = condition.failures
      if (first === undefined || other !== undefined) {
        return t('agenda.rule-answer-either', { level })
      }
      return t(`agenda.rule-answer-${first}`, { level })
    }
    case 'consultation':
      return t('agenda.rule-consultation', { level, span: spanOf(t, condition.hours) })
  }
}

/** Why a matter stands on the agenda: the rule, since when, and what met it. */
export function groundWords(shell: Shell, { condition, arisesAt, about }: Ground): string {
  const rule = ruleWords(shell, condition)
  const at = formatInstant(shell.locale, arisesAt)
  return about
    ? shell.t('agenda.ground-about', { rule, at, about: setApart(about) })
    : shell.t('agenda.ground', { rule, at })
}
