import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Amendment,
  type Clause,
  type ClauseId,
  isWholeText,
  mergeAmendments,
  type ProposalText,
  redline,
  redlineClauses,
} from './clauses.ts'
import { newId } from './id.ts'
import { Locale } from './locale.ts'

const [one, two, three, four] = [1, 2, 3, 4].map(() => newId<ClauseId>()) as [
  ClauseId,
  ClauseId,
  ClauseId,
  ClauseId,
]
const said = (en: string, fr = `${en} (fr)`) => ({ en, fr })
const clause = (id: ClauseId, en: string): Clause => ({ clause: id, texts: said(en) })
const text: ProposalText = {
  title: { en: 'Joint presence', fr: 'Présence commune' },
  clauses: [
    clause(one, 'Members deploy.'),
    clause(two, 'The posts stay open.'),
    clause(three, 'The desk reports.'),
  ],
}
const proposal = newId<Amendment['proposal']>()
const first = { proposal, reading: 1, text }

const amendment = (change: Amendment['change'], reading = 1): Amendment => ({
  id: newId(),
  proposal,
  reading,
  organisation: newId(),
  at: '2026-11-23T10:00:00.000Z' as Amendment['at'],
  change,
  reasons: null,
})
const merged = (accepted: readonly Amendment[]) => {
  const answer = mergeAmendments(first, accepted)
  return 'text' in answer ? answer.text.clauses.map(({ texts }) => texts.en) : answer.fault
}

describe('amendments', () => {
  test('replace, insert and delete clauses, and leave the rest as it is', () => {
    const accepted = [
      amendment({ kind: 'replace', clause: one, texts: said('Members deploy unarmed observers.') }),
      amendment({ kind: 'insert', after: two, clause: four, texts: said('No lists are kept.') }),
      amendment({ kind: 'delete', clause: two }),
    ]
    const expected = [
      'Members deploy unarmed observers.',
      'No lists are kept.',
      'The desk reports.',
    ]
    expect(merged(accepted)).toEqual(expected)
    expect(merged(accepted.toReversed())).toEqual(expected)
    expect(merged([])).toEqual(text.clauses.map(({ texts }) => texts.en))
    const atFirst = amendment({ kind: 'insert', after: null, clause: four, texts: said('New.') })
    expect(merged([atFirst])).toEqual(['New.', ...text.clauses.map(({ texts }) => texts.en)])
  })

  test('are refused where the next reading would not follow from them', () => {
    const gone = amendment({ kind: 'delete', clause: one })
    const texts = said('Other.')
    const replace = (id: ClauseId) => amendment({ kind: 'replace', clause: id, texts })
    const insert = (after: ClauseId | null, id: ClauseId) =>
      amendment({ kind: 'insert', after, clause: id, texts })
    expect(merged([gone, replace(one)])).toBe('same-clause')
    expect(merged([replace(one), replace(one)])).toBe('same-clause')
    expect(merged([replace(four)])).toBe('unknown-clause')
    expect(merged([insert(four, newId())])).toBe('unknown-clause')
    expect(merged([insert(one, two)])).toBe('clause-exists')
    expect(merged([insert(one, four), insert(two, four)])).toBe('clause-exists')
    expect(merged([amendment(gone.change, 2)])).toBe('other-reading')
    expect(merged([amendment({ kind: 'replace', clause: one, texts: { en: 'x' } })])).toBe(
      'other-languages',
    )
    expect(
      merged([amendment({ kind: 'replace', clause: one, texts: { ...texts, ar: 'x' } })]),
    ).toBe('other-languages')
    expect(merged([one, two, three].map((id) => amendment({ kind: 'delete', clause: id })))).toBe(
      'no-text',
    )
  })

  test('through any readings, give the same text to everybody, in all of its languages', () => {
    const steps = fc.array(
      fc.array(
        fc.record({
          kind: fc.constantFrom('replace', 'insert', 'delete'),
          at: fc.nat(),
          text: fc.string({ minLength: 1, maxLength: 9 }),
        }),
        { maxLength: 5 },
      ),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(steps, (readings) => {
        const accepted: Amendment[][] = []
        let now: ProposalText = text
        for (const [at, changes] of readings.entries()) {
          const list = acceptable({ proposal, reading: at + 1, text: now }, changes)
          accepted.push(list)
          now = textAfter(now, at + 1, list)
          expect(isWholeText(now)).toBe(true)
        }
        const again = accepted.reduce(
          (so, list, at) => textAfter(so, at + 1, structuredClone(list)),
          text,
        )
        expect(again).toEqual(now)
      }),
    )
  })
})

type Drawn = { readonly kind: string; readonly at: number; readonly text: string }

/** Those of the amendments drawn that can be accepted together. */
function acceptable(reading: typeof first, drawn: readonly Drawn[]): Amendment[] {
  const list: Amendment[] = []
  for (const { kind, at, text: words } of drawn) {
    const { clauses } = reading.text
    const { clause: target } = clauses[at % clauses.length] as Clause
    const inserted = { kind, after: target, clause: newId<ClauseId>(), texts: said(words) }
    const change = kind === 'insert' ? inserted : { kind, clause: target, texts: said(words) }
    const one = amendment(change as Amendment['change'], reading.reading)
    if ('text' in mergeAmendments(reading, [...list, one])) list.push(one)
  }
  return list
}

function textAfter(so: ProposalText, reading: number, list: readonly Amendment[]): ProposalText {
  const answer = mergeAmendments({ proposal, reading, text: so }, list)
  if (!('text' in answer)) throw new Error(answer.fault)
  return answer.text
}

describe('the redline', () => {
  test('holds both texts to the last sign, in every language', () => {
    const words = fc.constantFrom(
      'Members',
      'deploy',
      ' ',
      ', ',
      'observers',
      'تنشر',
      'الدول',
      ' المراقبين',
      '成员',
      '部署',
      '观察员',
      '。',
      'Члены',
      'наблюдатели',
      '\n',
      'é',
      '👩‍👩‍👧',
    )
    const sentence = fc.array(words, { maxLength: 30 }).map((list) => list.join(''))
    fc.assert(
      fc.property(
        fc.oneof(sentence, fc.string({ unit: 'binary' })),
        sentence,
        fc.constantFrom(...Locale.options),
        (a, b, locale) => {
          const pieces = redline(a, b, locale)
          const join = (left: 'deleted' | 'inserted') =>
            pieces
              .filter(({ kind }) => kind !== left)
              .map(({ text: part }) => part)
              .join('')
          expect(join('inserted')).toBe(a)
          expect(join('deleted')).toBe(b)
          expect(pieces.every(({ text: part }) => part !== '')).toBe(true)
          if (a === b) expect(pieces.every(({ kind }) => kind === 'same')).toBe(true)
        },
      ),
    )
  })

  test('marks words and no letters, also where words stand without spaces', () => {
    expect(
      redline(
        'Members deploy observers at the posts.',
        'Members deploy unarmed observers at all posts.',
        'en',
      ),
    ).toEqual([
      { kind: 'same', text: 'Members deploy ' },
      { kind: 'inserted', text: 'unarmed ' },
      { kind: 'same', text: 'observers at ' },
      { kind: 'deleted', text: 'the' },
      { kind: 'inserted', text: 'all' },
      { kind: 'same', text: ' posts.' },
    ])
    expect(redline('every week', 'every 48 hours', 'en').at(-1)).toEqual({
      kind: 'inserted',
      text: '48 hours',
    })
    expect(redline('two old posts', 'three new posts', 'en').slice(0, 2)).toEqual([
      { kind: 'deleted', text: 'two old' },
      { kind: 'inserted', text: 'three new' },
    ])
    const changed = (before: string, after: string, locale: Locale) =>
      redline(before, after, locale)
        .filter(({ kind }) => kind !== 'same')
        .map(({ text: part }) => part)
    expect(changed('成员部署观察员。', '成员撤回观察员。', 'zh')).toEqual(['部署', '撤回'])
    expect(changed('تنشر الدول مراقبين', 'تنشر الدول مدنيين', 'ar')).toEqual(['مراقبين', 'مدنيين'])
    expect(changed('Члены направят наблюдателей.', 'Члены направят экспертов.', 'ru')).toEqual([
      'наблюдателей',
      'экспертов',
    ])
  })

  test('of texts that have nothing in common shows one beside the other', () => {
    const long = (word: string) => Array.from({ length: 700 }, (_, n) => `${word}${n}`).join(' ')
    expect(redline(long('a'), long('b'), 'en').map(({ kind }) => kind)).toEqual([
      'deleted',
      'inserted',
    ])
  })

  test('shows clauses that came and went where they stand', () => {
    const after = [
      clause(one, 'Members deploy now.'),
      clause(four, 'New.'),
      clause(three, 'The desk reports.'),
    ]
    expect(
      redlineClauses(text.clauses, after, 'en').map(({ clause: id, change }) => [id, change]),
    ).toEqual([
      [one, 'changed'],
      [four, 'inserted'],
      [two, 'deleted'],
      [three, 'same'],
    ])
  })
})
