import { languagesOf } from '@tocsin/domain/clauses.ts'
import { frozenText, type Proposal, type TextHashes } from '@tocsin/domain/proposal.ts'
import type { Json } from './canonical.ts'
import { sha256Of } from './due-diligence.ts'

/** SHA-256 over the canonical JSON of the text in each of its languages. */
export const hashTexts = (proposal: Pick<Proposal, 'id' | 'reading' | 'text'>): TextHashes =>
  Object.fromEntries(
    languagesOf(proposal.text).map((locale) => [
      locale,
      sha256Of(frozenText(proposal, locale) as Json),
    ]),
  )
