import type { Entry, EntryKind } from '@tocsin/domain/matter.ts'
import { Condition } from '@tocsin/domain/trigger-rule.ts'
import { ruleWords } from '../agendas/rule-words.ts'
import type { Shell } from '../shell/context.ts'
import { formatDay, formatInstant, formatMegabytes } from '../shell/format.ts'
import { listIn, numberIn, textIn } from './entry-facts.ts'

/** A word by its key where the catalogue has one; what another version wrote stays as it is. */
export function wordOf({ t, has }: Shell, beginning: string, name: string): string {
  const key = `${beginning}${name}`
  return has(key) ? t(key) : name
}

type Describe = (shell: Shell, facts: Entry['facts']) => readonly string[]

const levelIn: Describe = (shell, facts) => {
  const level = numberIn(facts, 'level')
  if (level === undefined) return []
  const name = wordOf(shell, 'level.', String(level))
  const words = [shell.t('level.mark', { level, name })]
  const confidence = textIn(facts, 'confidence')
  if (confidence) words.push(wordOf(shell, 'confidence.', confidence))
  return [words.join('; ')]
}

/** That it was a reminder, and how many days before the day. */
const remindedIn: Describe = ({ t }, facts) => {
  const n = numberIn(facts, 'daysLeft')
  return n === undefined ? [] : [t('record.reminded', { n })]
}

/** By when an action is to be done, where an entry says so. */
const dueIn: Describe = ({ t, locale }, facts) => {
  const due = textIn(facts, 'due')
  return due ? [t('plan.due-on', { day: formatDay(locale, due) })] : []
}

const told: Describe = (_, facts) => [`${textIn(facts, 'authority')}, ${textIn(facts, 'office')}`]

const warned: Describe = (shell, facts) => [
  ...levelIn(shell, facts),
  textIn(facts, 'subject'),
  shell.t('record.addressed', {
    names: listIn(facts, 'addressees')
      .map(({ office, authority }) => `${office}, ${authority}`)
      .join('; '),
  }),
  shell.t('record.signed', {
    names: listIn(facts, 'signatures')
      .map(({ name, office }) => (office ? `${name}, ${office}` : String(name)))
      .join('; '),
  }),
]

/** What an entry of each kind says besides the words of a person: read off its facts. */
const described: Readonly<Partial<Record<EntryKind, Describe>>> = {
  'matter.opened': (_, facts) => [textIn(facts, 'title')],
  'matter.assessed': levelIn,
  'warning.sent': warned,
  'warning.updated': warned,
  'warning.expired': ({ t }) => [t('record.expired')],
  'notification.opened': told,
  'notification.acknowledged': (shell, facts) => [
    ...told(shell, facts),
    wordOf(shell, 'letter.reaction-', textIn(facts, 'reaction')),
  ],
  'notification.answered': (shell, facts) => [
    ...told(shell, facts),
    wordOf(shell, 'owing.answer-', textIn(facts, 'outcome')),
  ],
  'notification.failed': (shell, facts) => [
    ...told(shell, facts),
    wordOf(shell, 'owing.failure-', textIn(facts, 'reason')),
  ],
  'clock.escalated': (shell, facts) => [
    waitedFor(shell, facts),
    ...remindedIn(shell, facts),
    shell.t('record.told', { office: textIn(facts, 'office') }),
  ],
  'clock.skipped': (shell, facts) => [
    waitedFor(shell, facts),
    // The rungs of an organ's time keep their times: none is told before because another was not.
    shell.t(textIn(facts, 'agendaItem') ? 'agenda.not-told' : 'record.skipped', {
      rung: wordOf(shell, 'rung.', textIn(facts, 'tell')),
    }),
    wordOf(shell, 'ladder.skip-', textIn(facts, 'reason')),
  ],
  'matter.consulted': (shell, facts) => [
    wordOf(shell, 'consultation.', textIn(facts, 'step')),
    textIn(facts, 'with'),
  ],
  'matter.decided': (shell, facts) => [
    wordOf(shell, 'record.decided-', textIn(facts, 'outcome')),
    textIn(facts, 'room'),
  ],
  'matter.acted': (_, facts) => [textIn(facts, 'title'), textIn(facts, 'by')],
  'matter.effect-seen': (shell, facts) => [
    textIn(facts, 'title'),
    wordOf(shell, 'effect.', textIn(facts, 'asExpected')),
  ],
  'action.planned': (_, facts) => [textIn(facts, 'title'), textIn(facts, 'lead')],
  'action.moved': (shell, facts) => [
    textIn(facts, 'title'),
    wordOf(shell, 'plan.status-', textIn(facts, 'to')),
    textIn(facts, 'basis'),
    textIn(facts, 'lead'),
    ...dueIn(shell, facts),
  ],
  'action.reported': (_, facts) => [textIn(facts, 'title')],
  'council.informed': ({ locale }, facts) => [
    formatDay(locale, textIn(facts, 'sentOn')),
    textIn(facts, 'how'),
    textIn(facts, 'signedBy'),
  ],
  'agenda.tabled': (shell, facts) => {
    const { data } = Condition.safeParse(facts['condition'])
    const at = formatInstant(shell.locale, textIn(facts, 'due'))
    return [
      textIn(facts, 'organ'),
      // What is said here is followed by a stop of its own.
      data ? ruleWords(shell, data).replace(/[.。]$/u, '') : '',
      textIn(facts, 'about'),
      shell.t('agenda.answer-by', { at }),
    ]
  },
  'agenda.answered': (shell, facts) => [
    textIn(facts, 'organ'),
    wordOf(shell, 'agenda.state-', textIn(facts, 'outcome')),
  ],
  'agenda.deferred': ({ t, locale }, facts) => [
    textIn(facts, 'organ'),
    t('agenda.deferred-until', { day: formatDay(locale, textIn(facts, 'until')) }),
  ],
  'agenda.reasons-asked': (_, facts) => [textIn(facts, 'organ')],
  'agenda.returned': (_, facts) => [textIn(facts, 'organ')],
  'office.informed': ({ locale }, facts) => [
    formatDay(locale, textIn(facts, 'handedOn')),
    textIn(facts, 'marking'),
  ],
  'matter.reviewed': (shell, facts) => [
    wordOf(shell, 'review.', textIn(facts, 'outcome')),
    ...levelIn(shell, facts),
    shell.t('record.review-by', { day: formatDay(shell.locale, textIn(facts, 'reviewBy')) }),
  ],
  'matter.closed': ({ t }, facts) => {
    const [owing, open] = [numberIn(facts, 'unanswered') ?? 0, numberIn(facts, 'unfinished') ?? 0]
    return [
      ...(owing === 0 ? [] : [t('record.unanswered', { n: owing })]),
      ...(open === 0 ? [] : [t('record.unfinished', { n: open })]),
    ]
  },
  'warning.after-action': (shell, facts) => [
    wordOf(shell, 'after-action.', textIn(facts, 'outcome')),
  ],
  'matter.shared': (shell, facts) => [wordOf(shell, 'sharing.purpose-', textIn(facts, 'purpose'))],
  'matter.taken-up': ({ t }, facts) => {
    const name = textIn(facts, 'from')
    return [name ? t('sharing.from', { name }) : t('sharing.from-withheld')]
  },
  'receipt.received': (shell, facts) => [
    wordOf(shell, 'sharing.says-', textIn(facts, 'says')),
    wordOf(shell, 'letter.reaction-', textIn(facts, 'reaction')),
    wordOf(shell, 'owing.answer-', textIn(facts, 'outcome')),
  ],
  'shared.withdrawn': (shell, facts) => [
    wordOf(shell, 'withdrawal.class-', textIn(facts, 'class')),
  ],
  'attachment.added': ({ locale }, facts) => {
    const size = numberIn(facts, 'size')
    return size === undefined ? [] : [formatMegabytes(locale, size)]
  },
  'attachment.removed': (shell, facts) => [
    wordOf(shell, 'withdrawal.class-', textIn(facts, 'class')),
  ],
  'entry.corrected': ({ t }, facts) => [
    t('record.corrects', { n: numberIn(facts, 'corrects') ?? 0 }),
  ],
}

const waitedFor = (shell: Shell, facts: Entry['facts']): string => {
  const clock = wordOf(shell, 'clock.', textIn(facts, 'clock'))
  const about = textIn(facts, 'about')
  return about ? `${clock}: ${about}` : clock
}

/** What stands in an entry besides the words of a person, in sentences of few words. */
export function detailsOf(shell: Shell, { kind, facts }: Entry): readonly string[] {
  return (described[kind]?.(shell, facts) ?? []).filter((said) => said !== '')
}

/** The further words of persons in an entry, each under what it is. */
export function partsOf(
  { t }: Shell,
  { kind, facts }: Entry,
): readonly (readonly [string, string])[] {
  if (kind === 'warning.after-action') {
    const parts = ['expected', 'delayed', 'change'] as const
    return parts.flatMap((part) => {
      const said = textIn(facts, part)
      return said ? [[t(`after-action.${part}`), said] as const] : []
    })
  }
  if (kind === 'matter.effect-seen') {
    const learned = textIn(facts, 'learned')
    return learned ? [[t('plan.learned'), learned]] : []
  }
  if (kind === 'action.reported') {
    const next = textIn(facts, 'next')
    return next ? [[t('plan.next-step'), next]] : []
  }
  if (kind === 'agenda.answered' || kind === 'agenda.deferred') {
    const late = textIn(facts, 'lateReasons')
    return late ? [[t('agenda.late-reasons'), late]] : []
  }
  return listIn(facts, 'dissents').map(({ by, text }) => [
    t('record.dissent', { by: String(by) }),
    String(text),
  ])
}
