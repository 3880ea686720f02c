import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { DocumentContent } from './content.ts'
import { asShown, letterformsFor } from './fonts.ts'

/**
 * Sets the content as a tagged PDF/A-2a. What people wrote reaches Typst as JSON in an input, so
 * that it is never read as markup.
 */
export function drawPdf(content: DocumentContent): Uint8Array {
  const letterforms = letterformsFor(JSON.stringify(content).normalize('NFC'))
  const shown = JSON.stringify(content, (_, value) =>
    typeof value === 'string' ? asShown(value.normalize('NFC'), letterforms) : value,
  )
  const compiler = NodeCompiler.create({
    workspace: import.meta.dirname,
    fontArgs: [{ fontBlobs: [...letterforms.blobs] }],
  })
  const compiled = compiler.compile({
    mainFileContent: readFileSync(new URL('document.typ', import.meta.url), 'utf8'),
    inputs: { document: shown },
  })
  if (!compiled.result) {
    const error = compiled.takeError()
    const said = error ? compiler.fetchDiagnostics(error).map(({ message }) => message) : []
    throw new Error(`the document was not set: ${said.join('; ')}`)
  }
  const document = compiled.result
  const asOf = {
    pdfTags: true,
    creationTimestamp: Math.floor(Date.parse(content.issuedAt) / 1000),
  }
  try {
    return compiler.pdf(document, { ...asOf, pdfStandard: 'a-2a' })
  } catch {
    // A letter that no archive takes, for a sign that no letterform joins, is better than none.
    return compiler.pdf(document, asOf)
  }
}
