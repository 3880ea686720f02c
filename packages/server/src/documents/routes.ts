import * as api from '@tocsin/api/documents.ts'
import { callSheetContent } from '@tocsin/documents/call-sheet.ts'
import { drawDocument } from '@tocsin/documents/draw.ts'
import { letterContent } from '@tocsin/documents/letter.ts'
import { wordingIn } from '@tocsin/documents/wording.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { readCallSheet } from './call-sheet.ts'
import { issueDueDiligence } from './due-diligence.ts'
import { asFile } from './file.ts'
import { readLetterFacts } from './letter.ts'

export const documentEndpoints: readonly Endpoint[] = [
  handle(api.getLetter, mayUseDocket, async (app, actor, { params, query }, { reply }) => {
    const { format, locale, notification } = query
    const facts = await readLetterFacts(app, actor, params.warning, notification)
    const bytes = await drawDocument(letterContent(facts, wordingIn(locale)), format)
    asFile(reply, { name: `${facts.symbol}.${format}`, type: api.mediaTypes[format] })
    return bytes
  }),
  handle(api.getCallSheet, mayWork, async (app, actor, { params, query }, { reply }) => {
    const { format, locale } = query
    const facts = await readCallSheet(app, actor, params.warning)
    const bytes = await drawDocument(callSheetContent(facts, wordingIn(locale)), format)
    asFile(reply, { name: `${facts.symbol}-calls.${format}`, type: api.mediaTypes[format] })
    return bytes
  }),
  handle(api.getDueDiligence, mayUseDocket, async (app, actor, { params, query }, { reply }) => {
    const { bytes, name } = await issueDueDiligence(app, actor, params.matter, query)
    asFile(reply, { name, type: api.mediaTypes[query.format] })
    return bytes
  }),
]
