import { z } from 'zod'

/*
 * Text as people say it to each other: paragraphs and lists, words that are stressed. A closed set, kept as data
 * and never as markup, so that nothing of it can act on whoever reads it. An address stays a text.
 */

/** The most that a text may hold as JSON in UTF-8, so that one fits into any update of a page. */
export const RICH_TEXT_BYTES = 12_000

const Words = z
  .string()
  .normalize('NFC')
  .min(1)
  .max(RICH_TEXT_BYTES)
  .regex(/^(?:[^\p{Cs}\p{Bidi_Control}\p{Cc}\p{Noncharacter_Code_Point}]|\n)*$/u)

const Run = z.union([Words, z.strictObject({ bold: Words }), z.strictObject({ italic: Words })])
export type Run = Readonly<z.infer<typeof Run>>

const Runs = z.array(Run).min(1).max(200)

const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paragraph'), runs: Runs }),
  z.strictObject({
    kind: z.literal('list'),
    isNumbered: z.boolean(),
    items: z.array(Runs).min(1).max(100),
  }),
])
export type Block = Readonly<z.infer<typeof Block>>

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

export const RichText = z
  .array(Block)
  .min(1)
  .max(100)
  .refine((blocks) => bytesOf(blocks) <= RICH_TEXT_BYTES, 'too long')
  .refine((blocks) => plainOf(blocks).trim() !== '', 'empty')
export type RichText = Readonly<z.infer<typeof RichText>>

const wordsIn = (run: Run): string => {
  if (typeof run === 'string') return run
  return 'bold' in run ? run.bold : run.italic
}

/** The same without what stresses it: a line for each paragraph and each item of a list. */
export const plainOf = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => (block.kind === 'list' ? block.items : [block.runs]))
    .map((runs) => runs.map(wordsIn).join(''))
    .join('\n')

const bullet = /^[ \t]*[-•][ \t]+/
const numeral = /^[ \t]*\d{1,3}[.)][ \t]+/

type Kind = 'paragraph' | 'bullets' | 'numbers'
const kindOf = (line: string): Kind => {
  if (bullet.test(line)) return 'bullets'
  return numeral.test(line) ? 'numbers' : 'paragraph'
}

/**
 * What somebody typed: an empty line ends a paragraph, `- ` and `1. ` begin an item of a list, `**` stands around
 * what is bold and `*` around what is italic. Any text is read; what it comes to is checked as RichText.
 */
export function readMarkup(typed: string): readonly Block[] {
  const text = typed.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim()
  return text
    .split('\n\n')
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .flatMap(blocksIn)
}

function blocksIn(lines: readonly string[]): readonly Block[] {
  const groups: { kind: Kind; lines: string[] }[] = []
  for (const line of lines) {
    const kind = kindOf(line)
    const last = groups.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else groups.push({ kind, lines: [line] })
  }
  return groups.map(({ kind, lines: said }): Block => {
    if (kind === 'paragraph')
      return { kind, runs: runsIn(said.map((one) => one.trim()).join('\n')) }
    const mark = kind === 'bullets' ? bullet : numeral
    const items = said.map((line) => runsIn(line.replace(mark, '').trim() || ' '))
    return { kind: 'list', isNumbered: kind === 'numbers', items }
  })
}

const stressed = /\*\*(?!\s)([^*\n]+)\*\*|\*(?!\s)([^*\n]+)\*/g

function runsIn(text: string): Run[] {
  const runs: Run[] = []
  let from = 0
  for (const { 0: whole, 1: bold, 2: italic, index } of text.matchAll(stressed)) {
    if (index > from) runs.push(text.slice(from, index))
    if (bold !== undefined) runs.push({ bold })
    else if (italic !== undefined) runs.push({ italic })
    from = index + whole.length
  }
  if (from < text.length) runs.push(text.slice(from))
  return runs
}
