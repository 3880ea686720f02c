import { json } from 'node:stream/consumers'
import type { DocumentContent } from './content.ts'
import type { DocumentFormat } from './draw.ts'

/** The process that draws one document: content on its standard input, bytes on its output. */
const { content, format } = (await json(process.stdin)) as {
  readonly content: DocumentContent
  readonly format: DocumentFormat
}
const bytes =
  format === 'pdf'
    ? (await import('./pdf.ts')).drawPdf(content)
    : await (await import('./docx.ts')).drawDocx(content)
process.stdout.write(bytes)
