import type { Act } from '@tocsin/domain/approval.ts'
import { Recording } from '@tocsin/domain/deciding.ts'
import { RuleText } from '@tocsin/domain/trigger-rule.ts'
import { ruleWords, spanOf } from '../agendas/rule-words.ts'
import type { Shell } from '../shell/context.ts'

/** What exactly an act would do, in words; what it names is named as the act itself holds it. */
export function wordsOf(shell: Shell, { kind, subject, details }: Act): string {
  const { t, has } = shell
  const held = details && typeof details === 'object' && !Array.isArray(details) ? details : {}
  const name = typeof held['name'] === 'string' ? held['name'] : subject
  const area = has(`settings.area-${subject}`) ? t(`settings.area-${subject}` as never) : subject
  const words = t(`approvals.act-${kind}`, { name, area })
  if (kind === 'agenda.set-rule') return `${words}: ${ruleIn(shell, held['said'])}`
  const signsAs = namesIn(held)
  return signsAs ? `${words}. ${t(`approvals.names-${signsAs}`)}` : words
}

/** What the rule would say: whoever approves it reads exactly that. */
function ruleIn(shell: Shell, said: unknown): string {
  const { data: rule } = RuleText.safeParse(said)
  if (!rule) return ''
  const { t } = shell
  return [
    ruleWords(shell, rule.condition),
    t('agenda.answers-within', { span: spanOf(t, rule.answerHours) }),
    t(rule.isInForce ? 'agenda.rule-on' : 'agenda.rule-off'),
  ].join(' ')
}

/** As what whoever proposes the record of a decision is named in it, and so as what whoever approves is. */
const namesIn = ({ recording }: { readonly [key: string]: unknown }) =>
  Recording.partial().safeParse(recording).data?.signsAs

/** The reasons that were given for an act, where it takes some: who decides reads them first. */
export function reasonsOf({ details }: Act): string | undefined {
  const held = details && typeof details === 'object' && !Array.isArray(details) ? details : {}
  return typeof held['reasons'] === 'string' ? held['reasons'] : undefined
}

/** Where whoever decides reads what an act is about; undefined where its words say all. */
export function pageOf({ kind, subject, details }: Act): string | undefined {
  if (kind === 'docket.close-matter') return `/matters/${subject}`
  if (kind === 'consultation.convene') return `/matters/${subject}`
  if (kind === 'agenda.set-rule') return `/agendas/${subject}/rules`
  if (kind === 'liaison.release-note') return notePageOf(details, subject)
  return kind === 'sharing.share-matter' ? `/matters/${subject}/sharing` : undefined
}

/** A note is read on the page of its matter. */
function notePageOf(details: Act['details'], note: string): string | undefined {
  const held = details && typeof details === 'object' && !Array.isArray(details) ? details : {}
  return typeof held['matter'] === 'string'
    ? `/matters/${held['matter']}/liaison?note=${note}`
    : undefined
}
