import type { Instant } from '@tocsin/domain/brand.ts'
import type { WarningLevel } from '@tocsin/domain/level.ts'
import { Reaction } from '@tocsin/domain/notification.ts'
import type { Block, DocumentContent } from './content.ts'
import { code, heading, said, strong, watermarkOf } from './letter.ts'
import type { Wording } from './wording.ts'

/** Somebody to be called. */
export type Callee = {
  readonly office: string
  readonly authority: string
  readonly name: string
  readonly number: string | null
  readonly code: string
  readonly acknowledgeBy: Instant
  readonly acknowledgedAt: Instant | null
}

export type CallSheetFacts = {
  readonly sender: string
  readonly symbol: string
  readonly marking: string
  readonly isExercise: boolean
  readonly level: WarningLevel
  readonly at: Instant
  readonly callees: readonly Callee[]
}

const LINE = '.'.repeat(40)

/** The list for the telephone: whom to call, what may be said, and where to note what was said. */
export function callSheetContent(facts: CallSheetFacts, wording: Wording): DocumentContent {
  const { t, locale, time } = wording
  const { symbol, isExercise, callees } = facts
  return {
    title: t('document.call-sheet', { symbol }),
    locale,
    issuer: facts.sender,
    issuedAt: facts.at,
    symbol,
    facts: [{ text: time(facts.at) }],
    marking: facts.marking,
    watermark: watermarkOf(wording, { isExercise }),
    pageWords: wording.pageWords,
    blocks: [
      ...(isExercise ? [strong(t('exercise.means'))] : []),
      said(t('document.call-sheet-keep')),
      heading(t('document.call-sheet-say')),
      said(
        t('document.call-sheet-script', {
          sender: facts.sender,
          number: symbol,
          level: facts.level,
        }),
      ),
      ...callees.map((callee) => calleeBlock(callee, wording)),
      ...(callees.length === 0 ? [said(t('document.call-sheet-nobody'))] : []),
    ],
  }
}

function calleeBlock(callee: Callee, { t, time }: Wording): Block {
  const { office, authority, name, number, acknowledgedAt } = callee
  const reactions = Reaction.options.map((reaction) => `[   ] ${t(`letter.reaction-${reaction}`)}`)
  return {
    kind: 'box',
    blocks: [
      {
        kind: 'fields',
        rows: [
          { label: t('document.name'), value: { text: name, isStrong: true } },
          { label: t('document.office'), value: { text: `${office}, ${authority}` } },
          {
            label: t('document.telephone'),
            value: number ? code(number) : { text: t('document.no-telephone') },
          },
          { label: t('document.six-digits'), value: { ...code(callee.code), isStrong: true } },
          { label: t('document.acknowledge-by'), value: { text: time(callee.acknowledgeBy) } },
          ...(acknowledgedAt
            ? [{ label: t('document.acknowledged'), value: { text: time(acknowledgedAt) } }]
            : [
                { label: t('document.call-sheet-time'), value: { text: LINE } },
                { label: t('document.call-sheet-spoke'), value: { text: LINE } },
                { label: t('document.reaction'), value: { text: reactions.join('   ') } },
              ]),
        ],
      },
    ],
  }
}
