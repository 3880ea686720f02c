import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DraftField, mergeDrafts } from './draft-merge.ts'
import type { WarningDraft } from './warning.ts'

const base = { subject: 'a', level: 1, paragraphs: ['a'], windowFrom: 0 } as never as WarningDraft
const edits = fc.record(
  {
    subject: fc.constantFrom('a', 'b', 'c'),
    level: fc.constantFrom(1, 2, 3),
    paragraphs: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
    windowFrom: fc.nat({ max: 2 }),
  },
  { requiredKeys: [] },
)
const edited = edits.map((changes) => ({ ...base, ...changes }) as never as WarningDraft)
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

describe('merging what two persons wrote at once', () => {
  test('keeps every word of both, or says that somebody must choose', () => {
    fc.assert(
      fc.property(edited, edited, (mine, theirs) => {
        const { draft, taken, disputed } = mergeDrafts(base, mine, theirs)
        for (const field of Object.keys(base) as DraftField[]) {
          const [was, my, their] = [base[field], mine[field], theirs[field]]
          const expected = isSame(was, my) ? their : my
          expect(draft[field]).toEqual(expected)
          expect(taken.includes(field)).toBe(isSame(was, my) && !isSame(was, their))
          const isLost = !isSame(was, my) && !isSame(was, their) && !isSame(my, their)
          expect(disputed.includes(field)).toBe(isLost)
        }
      }),
    )
  })

  test('asks nobody where only one has written', () => {
    fc.assert(
      fc.property(edited, (mine) => {
        expect(mergeDrafts(base, mine, base)).toEqual({ draft: mine, taken: [], disputed: [] })
        expect(mergeDrafts(base, base, mine).draft).toEqual(mine)
      }),
    )
  })
})
