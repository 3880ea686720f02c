import type { NoteFinding } from '@tocsin/domain/liaison-note.ts'
import { Harm } from '@tocsin/domain/report.ts'
import type { MessageKey } from './catalogue.ts'
import type { Translate } from './translate.ts'

/** What words depend on besides the finding: a language, its days and months, and the names of States. */
export type FindingWording = {
  readonly t: Translate
  readonly day: (day: string) => string
  readonly month: (month: string) => string
  readonly country: (code: string) => string
}

/** What a note says of a finding, sentence by sentence: the same on screen and on paper. */
export function findingWords(finding: NoteFinding, wording: FindingWording): string {
  switch (finding.kind) {
    case 'report':
      return reportWords(finding, wording)
    case 'warning':
      return warningWords(finding, wording)
    case 'date': {
      const { t, country } = wording
      return joined([
        t('liaison.finding-date', {
          kind: t(`trigger.${finding.what}`),
          when: spanOf(finding, wording),
        }),
        finding.country && t('liaison.finding-place', { place: country(finding.country) }),
      ])
    }
    case 'action': {
      const { t, day } = wording
      const { card, status, since } = finding
      const said = { status: t(`plan.status-${status}`), day: day(since) }
      if (card === null) return t('liaison.finding-action', said)
      const name = t(`action.${card}` as MessageKey)
      return t('liaison.finding-card', { ...said, card, name })
    }
  }
}

type Of<Kind extends NoteFinding['kind']> = Extract<NoteFinding, { readonly kind: Kind }>

function reportWords(finding: Of<'report'>, wording: FindingWording): string {
  const { t, country } = wording
  const { what, place, groups, harm, sourceGrade, informationGrade } = finding
  const places = [place, finding.country && country(finding.country)].filter(Boolean)
  return joined([
    t(what === 'incident' ? 'liaison.finding-incident' : 'liaison.finding-situation', {
      when: spanOf(finding, wording),
    }),
    places.length > 0 && t('liaison.finding-place', { place: places.join(', ') }),
    groups && t('liaison.finding-groups', { groups }),
    ...Harm.options.map((kind) => {
      const people = harm[kind]
      if (!people) return null
      const { low, best, high } = people
      const said = { harm: t(`report.harm-${kind}`), low, high }
      return best === null
        ? t('liaison.finding-harm', said)
        : t('liaison.finding-harm-best', { ...said, best })
    }),
    t('liaison.finding-grade', { grade: `${sourceGrade}${informationGrade}` }),
  ])
}

function warningWords(finding: Of<'warning'>, wording: FindingWording): string {
  const { t, day } = wording
  const { level, confidence, populations, sentOn } = finding
  return joined([
    t('liaison.finding-warning', {
      day: day(sentOn),
      level,
      name: t(`level.${level}`),
      confidence: t(`confidence.${confidence}`),
    }),
    populations.length > 0 && t('liaison.finding-groups', { groups: populations.join('; ') }),
    t('liaison.finding-window', { when: spanOf(finding, wording) }),
  ])
}

function spanOf(
  { from, until }: { readonly from: string; readonly until: string },
  { t, day, month }: FindingWording,
): string {
  const said = (at: string) => (at.length === 7 ? month(at) : day(at))
  return from === until
    ? said(from)
    : t('liaison.finding-span', { from: said(from), until: said(until) })
}

const joined = (sentences: readonly (string | false | null)[]): string =>
  sentences.filter((one) => typeof one === 'string' && one !== '').join(' ')
