import type { Instant } from '@tocsin/domain/brand.ts'
import { type Entry, Station } from '@tocsin/domain/matter.ts'
import { Answer, Reaction } from '@tocsin/domain/notification.ts'
import { Stamp } from '@tocsin/domain/stamps.ts'
import { type DueDiligence, fingerprintOf, hashOfContent } from '@tocsin/records/due-diligence.ts'
import type { Block, DocumentContent, Field, Words } from './content.ts'
import { code, heading, inGroups, said, strong, watermarkOf, written } from './letter.ts'
import type { Wording } from './wording.ts'

/** The due-diligence record as people read it: the same content as the signed file beside it. */
export function dossierContent(
  file: DueDiligence,
  entries: readonly Entry[],
  wording: Wording,
): DocumentContent {
  const { t, locale, time } = wording
  const { matter, organisation, issuedAt } = file
  return {
    title: t('document.dossier'),
    locale,
    issuer: organisation.name,
    issuedAt,
    symbol: matter.symbol,
    facts: [{ text: time(issuedAt) }],
    marking: matter.marking,
    watermark: watermarkOf(wording, matter),
    pageWords: wording.pageWords,
    blocks: [
      ...headerOf(file, wording),
      ...stepsOf(file, wording),
      ...warningsOf(file, wording),
      ...toldOf(file, wording),
      ...closingOf(entries, wording),
      ...recordOf(entries, wording),
      ...keysOf(file, wording),
      ...howToVerify(file, wording),
    ],
  }
}

const timeOr = ({ time }: Wording, at: Instant | null | undefined): Words => ({
  text: at ? time(at) : '–',
})

function headerOf(file: DueDiligence, wording: Wording): Block[] {
  const { t, locale } = wording
  const { matter, issuedBy, organisation } = file
  const by = [issuedBy.name, issuedBy.office, organisation.name].filter((part) => part !== null)
  const level = t('level.mark', { level: matter.level, name: t(`level.${matter.level as 0}`) })
  const rows: Field[] = [
    { label: t('document.matter'), value: { ...written(matter.title, locale), isStrong: true } },
    ...(matter.place ? [{ label: t('document.place'), value: written(matter.place, locale) }] : []),
    { label: t('document.level'), value: { text: level } },
    { label: t('document.opened'), value: timeOr(wording, matter.openedAt) },
    { label: t('document.closed'), value: timeOr(wording, matter.closedAt) },
    { label: t('document.issued-by'), value: { text: by.join(', ') } },
  ]
  return [
    ...(matter.isExercise ? [strong(t('exercise.means'))] : []),
    said(t('document.dossier-what')),
    { kind: 'fields', rows },
  ]
}

function stepsOf({ matter, steps }: DueDiligence, wording: Wording): Block[] {
  const { t } = wording
  return [
    heading(t('document.stations')),
    {
      kind: 'table',
      columns: [
        { head: t('document.station'), share: 5 },
        { head: t('document.time'), share: 5 },
      ],
      rows: Station.options.map((station) => [
        { text: t(`station.${station}`) },
        timeOr(wording, matter.stations[station]),
      ]),
    },
    heading(t('document.steps')),
    {
      kind: 'table',
      columns: [
        { head: t('document.step'), share: 5 },
        { head: t('document.time'), share: 5 },
      ],
      rows: Stamp.options.map((stamp) => [
        { text: `${stamp} · ${t(`document.step-${stamp}`)}` },
        timeOr(wording, steps[stamp]),
      ]),
    },
  ]
}

function warningsOf({ warnings }: DueDiligence, { t, time, locale }: Wording): Block[] {
  if (warnings.length === 0) return []
  return [
    heading(t('document.warnings')),
    ...warnings.flatMap(({ symbol, draft, sha256, signatures, sentAt }): Block[] => [
      { kind: 'text', words: { ...code(symbol), isStrong: true } },
      { kind: 'text', words: written(String(draft['subject'] ?? ''), locale) },
      {
        kind: 'fields',
        rows: [
          { label: t('document.sent'), value: { text: sentAt ? time(sentAt) : '–' } },
          {
            label: t('document.signatures'),
            value: {
              text: signatures
                .map(({ name, office, at }) =>
                  [name, office, time(at)].filter((part) => part !== null).join(', '),
                )
                .join('\n'),
            },
          },
          { label: 'SHA-256', value: code(inGroups(sha256)) },
        ],
      },
    ]),
  ]
}

function toldOf({ notifications, warnings }: DueDiligence, wording: Wording): Block[] {
  const { t } = wording
  if (notifications.length === 0) return []
  const symbols = new Map(warnings.map(({ id, symbol }) => [id, symbol]))
  const reactionOf = (reaction: string): string => {
    const known = Reaction.safeParse(reaction)
    return known.success ? t(`letter.reaction-${known.data}`) : reaction
  }
  const outcomeOf = (outcome: string): string => {
    const known = Answer.shape.outcome.safeParse(outcome)
    return known.success ? t(`document.outcome-${known.data}`) : outcome
  }
  const under = (at: Instant | null, words: string | undefined): Words => ({
    text: [timeOr(wording, at).text, ...(words ? [words] : [])].join('\n'),
  })
  return [
    heading(t('document.told')),
    {
      kind: 'table',
      columns: [
        { head: t('document.office'), share: 4 },
        { head: t('document.warning'), share: 2 },
        { head: t('document.sent'), share: 3 },
        { head: t('document.opened-letter'), share: 3 },
        { head: t('document.acknowledged'), share: 3 },
        { head: t('document.answered'), share: 3 },
      ],
      rows: notifications.map((told) => [
        { text: `${told.office}\n${told.authority}` },
        code(symbols.get(told.warning) ?? ''),
        timeOr(wording, told.sentAt),
        timeOr(wording, told.openedAt),
        under(
          told.acknowledgedAt,
          (told.acknowledgement && reactionOf(told.acknowledgement.reaction)) || undefined,
        ),
        under(told.answeredAt, told.answer ? outcomeOf(told.answer.outcome) : undefined),
      ]),
    },
  ]
}

function closingOf(entries: readonly Entry[], { t, time, locale }: Wording): Block[] {
  const closing = entries.findLast(({ kind }) => kind === 'matter.closed')
  if (!closing) return []
  return [
    heading(t('document.closing')),
    said(time(closing.at)),
    { kind: 'text', words: written(closing.text ?? '', locale) },
  ]
}

function recordOf(entries: readonly Entry[], { t, time, locale }: Wording): Block[] {
  return [
    heading(t('document.record')),
    said(t('document.record-what', { n: entries.length })),
    {
      kind: 'table',
      columns: [
        { head: t('document.number'), share: 1 },
        { head: t('document.time'), share: 3 },
        { head: t('document.what'), share: 3 },
        { head: t('document.who'), share: 4 },
        { head: t('document.words'), share: 7 },
      ],
      rows: entries.map(({ seq, at, kind, by, text, facts }) => [
        code(String(seq)),
        { text: time(at) },
        { text: t(`document.did-${kind}`) },
        {
          text: [by.name, by.office, by.organisationName]
            .filter((part) => part !== null)
            .join(', '),
        },
        written([aboutOf(facts), text].filter((part) => part).join('\n'), locale),
      ]),
    },
  ]
}

/** Which authority, organ or decision of a room an entry is about, where it is about one. */
const aboutOf = ({ office, authority, organ, decision }: Entry['facts']): string =>
  [office, authority, organ, decision].filter((part) => typeof part === 'string').join(', ')

function keysOf({ keys }: DueDiligence, { t }: Wording): Block[] {
  return [
    heading(t('document.keys')),
    ...keys.map(
      ({ organisationName, publicKey }): Block => ({
        kind: 'fields',
        rows: [
          { label: t('document.organisation'), value: { text: organisationName } },
          { label: t('document.fingerprint'), value: code(fingerprintOf(publicKey)) },
        ],
      }),
    ),
  ]
}

function howToVerify(file: DueDiligence, { t }: Wording): Block[] {
  return [
    {
      kind: 'box',
      blocks: [
        strong(t('document.verify-title')),
        said(t('document.verify-how')),
        { kind: 'text', words: { ...code('tocsin verify due-diligence.json'), isStrong: true } },
        said(t('document.verify-key')),
        { kind: 'text', words: code(`SHA-256 ${inGroups(hashOfContent(file))}`), isSmall: true },
      ],
    },
  ]
}
