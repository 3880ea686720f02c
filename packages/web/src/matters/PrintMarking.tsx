import type { Marking } from '@tocsin/domain/audience.ts'
import { MarkingWords } from '../shell/Masthead.tsx'

type Props = { readonly marking: Marking; readonly symbol: string }

/** On paper only: the marking on the first line, and in the foot of each page with the symbol. */
export function PrintMarking({ marking, symbol }: Props) {
  // Both are made of letters, digits and signs that close no text of a style sheet.
  const foot = `@page{@bottom-center{content:"${marking}";}@bottom-left{content:"${symbol}"}}`
  return (
    <>
      <style>{foot}</style>
      <p className="only-print">
        <MarkingWords marking={marking} />
      </p>
    </>
  )
}
