import type { Instant } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'

/*
 * What a document says, before anybody draws it. Every renderer reads the same content, and words
 * are data to all of them: nothing that a person wrote is ever read as markup.
 */

/** Words of a person or of the frame. */
export type Words = {
  readonly text: string
  /** Their language where it is not the document's: direction and letterforms follow it. */
  readonly locale?: Locale
  /** A symbol, code, address or time: from left to right in every language. */
  readonly isCode?: true
  readonly isStrong?: true
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly words: Words; readonly isSmall?: true }
  /** Paragraphs that others cite by their number. */
  | { readonly kind: 'numbered'; readonly from: number; readonly items: readonly Words[] }
  | { readonly kind: 'fields'; readonly rows: readonly Field[] }
  | {
      readonly kind: 'table'
      /** Each with its share of the width. */
      readonly columns: readonly { readonly head: string; readonly share: number }[]
      readonly rows: readonly (readonly Words[])[]
    }
  /** Set apart by a line around it, and never broken by the end of a page. */
  | { readonly kind: 'box'; readonly blocks: readonly Block[] }

export type Field = { readonly label: string; readonly value: Words }

/** A document of one organisation, in the form of a United Nations document. */
export type DocumentContent = {
  readonly title: string
  /** The language of the frame; words in another language say so themselves. */
  readonly locale: Locale
  readonly issuer: string
  readonly issuedAt: Instant
  readonly symbol: string
  /** Beside the symbol: marking, date, original language. */
  readonly facts: readonly Words[]
  /** On the first line and in the footer of every page. */
  readonly marking: string
  /** Across every page: an exercise, a draft. */
  readonly watermark: string | null
  /** The foot of every page: its number and how many there are, between the words around them. */
  readonly pageWords: readonly ('page' | 'pages' | { readonly words: string })[]
  readonly blocks: readonly Block[]
}
