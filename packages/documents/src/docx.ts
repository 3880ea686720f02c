import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  Header,
  HeadingLevel,
  type IBorderOptions,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Block, DocumentContent, Words } from './content.ts'

/** Typefaces that every word processor has or replaces by its like. */
const font = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: 'SimSun',
}

/** Characters that XML cannot hold. */
const readable = (text: string): string =>
  text.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (sign) => (sign === '\n' ? '\n' : ' '))

const noLine: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const thinLine: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: '55524D' }
const boxLine: IBorderOptions = { style: BorderStyle.SINGLE, size: 10, color: '1C1B1A' }
const FULL = { size: 100, type: WidthType.PERCENTAGE }

/** Writes the content as a document that can be edited; right to left where its language is. */
export async function drawDocx(content: DocumentContent): Promise<Uint8Array> {
  const { locale, title, issuer } = content
  const pen = penFor(locale)
  const document = new Document({
    title: readable(title),
    creator: readable(issuer),
    styles: { default: { document: { run: { font, size: 22, language: languageOf(locale) } } } },
    sections: [
      {
        properties: { page: { margin: { top: 1250, bottom: 1250, left: 1250, right: 1250 } } },
        headers: { default: new Header({ children: headOf(content, pen) }) },
        footers: { default: new Footer({ children: [footOf(content, pen)] }) },
        children: [...mastheadOf(content, pen), ...content.blocks.flatMap((one) => draw(one, pen))],
      },
    ],
  })
  return Packer.toBuffer(document)
}

const languageOf = (locale: Locale) => ({ value: locale, eastAsia: 'zh', bidirectional: 'ar' })

type Looks = { readonly style?: IRunOptions; readonly alignment?: 'end' | 'center' }

/** Writes in the document's language, and words of another in theirs. */
function penFor(page: Locale) {
  const runs = ({ text, locale = page, isCode, isStrong }: Words, style: IRunOptions = {}) =>
    readable(text)
      .split('\n')
      .map(
        (line, index) =>
          new TextRun({
            text: line,
            ...(index > 0 && { break: 1 }),
            rightToLeft: directionOf(locale) === 'rtl' && !isCode,
            language: languageOf(locale),
            ...(isStrong && { bold: true }),
            ...style,
          }),
      )
  const paragraph = (words: Words, { style, alignment }: Looks = {}) =>
    new Paragraph({
      bidirectional: directionOf(words.locale ?? page) === 'rtl',
      // A line in bold heads what follows it, and stays with it.
      keepNext: words.isStrong === true,
      spacing: { after: 120 },
      ...(alignment && { alignment: AlignmentType[alignment === 'end' ? 'END' : 'CENTER'] }),
      children: runs(words, style),
    })
  return { page, isReversed: directionOf(page) === 'rtl', runs, paragraph }
}
type Pen = ReturnType<typeof penFor>

function draw(block: Block, pen: Pen): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_2,
          bidirectional: pen.isReversed,
          keepNext: true,
          spacing: { before: 240, after: 120 },
          children: pen.runs({ text: block.text, isStrong: true }, { color: '1C1B1A', size: 24 }),
        }),
      ]
    case 'text':
      return [pen.paragraph(block.words, block.isSmall ? { style: { size: 18 } } : {})]
    case 'numbered':
      // The number is text: others cite it, and a copied paragraph must keep it.
      return block.items.map(({ text, ...rest }, index) =>
        pen.paragraph({ ...rest, text: `${block.from + index}. ${text}` }),
      )
    case 'fields':
      return [
        plainTable(
          pen,
          [26, 74],
          block.rows.map(({ label, value }) => [{ text: label }, value]),
        ),
      ]
    case 'table':
      return [ruledTable(block, pen), pen.paragraph({ text: '' })]
    case 'box':
      return [
        table(pen, [100], boxLine, [
          new TableRow({
            cantSplit: true,
            children: [
              new TableCell({
                margins: { top: 120, bottom: 120, left: 160, right: 160 },
                children: block.blocks.flatMap((one) => draw(one, pen)) as Paragraph[],
              }),
            ],
          }),
        ]),
      ]
  }
}

function ruledTable({ columns, rows }: Extract<Block, { kind: 'table' }>, pen: Pen): Table {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => Math.round((share * 100) / whole))
  const style = { size: 18 }
  const head = columns.map((column) => ({ text: column.head, isStrong: true as const }))
  const line = (cells: readonly Words[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      children: cells.map((cell) => new TableCell({ children: [pen.paragraph(cell, { style })] })),
    })
  return table(pen, widths, thinLine, [line(head, true), ...rows.map((row) => line(row, false))])
}

const plainTable = (pen: Pen, widths: number[], rows: readonly (readonly Words[])[]): Table =>
  table(
    pen,
    widths,
    noLine,
    rows.map(
      (row) =>
        new TableRow({
          children: row.map((cell) => new TableCell({ children: [pen.paragraph(cell)] })),
        }),
    ),
  )

/** Widths are shares of a hundred of the text's width, which is 9,400 twentieths of a point. */
function table(pen: Pen, widths: number[], line: IBorderOptions, rows: TableRow[]): Table {
  const inside = line === boxLine ? noLine : line
  return new Table({
    width: FULL,
    columnWidths: widths.map((share) => share * 94),
    visuallyRightToLeft: pen.isReversed,
    borders: {
      top: line,
      bottom: line,
      left: line === thinLine ? noLine : line,
      right: line === thinLine ? noLine : line,
      insideHorizontal: inside,
      insideVertical: noLine,
    },
    rows,
  })
}

function mastheadOf({ issuer, symbol, marking, facts, title }: DocumentContent, pen: Pen) {
  const code = { isCode: true, isStrong: true } as const
  return [
    plainTable(
      pen,
      [60, 40],
      [
        [
          { text: issuer, isStrong: true },
          { text: symbol, ...code },
        ],
      ],
    ),
    new Paragraph({ border: { top: { ...boxLine, space: 1 } }, children: [] }),
    pen.paragraph({ text: marking, ...code }),
    ...facts.map((fact) => pen.paragraph(fact, { alignment: 'end' })),
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      bidirectional: pen.isReversed,
      spacing: { before: 240, after: 200 },
      children: pen.runs({ text: title, isStrong: true }, { color: '1C1B1A', size: 32 }),
    }),
  ]
}

/** An exercise or a draft says so in large letters on top of every page. */
function headOf({ watermark }: DocumentContent, pen: Pen): Paragraph[] {
  if (watermark === null) return []
  const style = { size: 56, color: 'A8A095' }
  return [pen.paragraph({ text: watermark, isStrong: true }, { style, alignment: 'center' })]
}

function footOf({ marking, pageWords, symbol }: DocumentContent, pen: Pen): Paragraph {
  const parts = pageWords.map((part) => {
    if (part === 'page') return PageNumber.CURRENT
    return part === 'pages' ? PageNumber.TOTAL_PAGES : readable(part.words)
  })
  return new Paragraph({
    bidirectional: pen.isReversed,
    children: [
      new TextRun({ text: `${marking}   ${symbol}   `, bold: true, size: 17 }),
      new TextRun({ children: parts, size: 17, rightToLeft: pen.isReversed }),
    ],
  })
}
