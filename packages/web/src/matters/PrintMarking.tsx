import type { Marking } from '@tocsin/domain/audience.ts'
import { MarkingWords } from '../shell/Masthead.tsx'

type Props = { readonly marking: Marking; readonly symbol: string }

/** On paper only: the marking on the first line, and in the foot of each page with the symbol. */
export function PrintMarking({ marking, symbol }: Props) {
  // Both are made of letters, digits and signs that end no text of a style sheet.
  const small = 'font:600 9pt sans-serif'
  const foot = [
    `@bottom-left{content:"${symbol}";${small}}`,
    `@bottom-center{content:"${marking}";${small}}`,
    `@bottom-right{content:counter(page) " / " counter(pages);${small}}`,
  ]
  return (
    <>
      <style>{`@page{${foot.join('')}}`}</style>
      <p className="only-print">
        <MarkingWords marking={marking} />
      </p>
    </>
  )
}
