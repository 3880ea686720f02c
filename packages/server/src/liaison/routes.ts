import { mediaTypes } from '@tocsin/api/documents.ts'
import * as api from '@tocsin/api/liaison.ts'
import { drawDocument } from '@tocsin/documents/draw.ts'
import { liaisonNoteContent } from '@tocsin/documents/liaison-note.ts'
import { wordingIn } from '@tocsin/documents/wording.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { noteSymbol } from '@tocsin/domain/liaison-note.ts'
import { asFile } from '../documents/file.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { checkCapacity, draftRequest, moveRequest } from './commands.ts'
import { acknowledgeNote, sendNote } from './exchange.ts'
import { readNoteFacts } from './note-facts.ts'
import { makeNote, recordHandOver, recordReceipt, releaseNote } from './notes.ts'
import { readDesk, readMatterLiaison } from './queries.ts'

export const liaisonEndpoints: readonly Endpoint[] = [
  handle(api.getLiaison, mayUseDocket, (app, actor, { query }) => readDesk(app, actor, query)),
  handle(api.draftRequest, mayWork, (app, actor, { params, body }) =>
    draftRequest(app, actor, params.request, body),
  ),
  handle(api.moveRequest, mayWork, (app, actor, { params, body }) =>
    moveRequest(app, actor, params.request, body),
  ),
  handle(api.checkCapacity, mayWork, (app, actor, { params, body }) =>
    checkCapacity(app, actor, params.check, body.answers),
  ),
  handle(api.getMatterLiaison, mayUseDocket, (app, actor, { params }) =>
    readMatterLiaison(app, actor, params.matter),
  ),
  handle(api.makeLiaisonNote, mayWork, (app, actor, { params, body }) =>
    makeNote(app, actor, params, body),
  ),
  handle(api.releaseLiaisonNote, mayWork, (app, actor, { params }) =>
    releaseNote(app, actor, params.note),
  ),
  handle(api.handOverLiaisonNote, mayWork, (app, actor, { params, body }) =>
    recordHandOver(app, actor, params.note, body),
  ),
  handle(api.sendLiaisonNote, mayWork, (app, actor, { params, body }) =>
    sendNote(app, actor, params.note, body),
  ),
  handle(api.acknowledgeLiaisonNote, mayWork, async (app, actor, { params, body }) => {
    await acknowledgeNote(app, actor, params.object, body)
    return {}
  }),
  handle(api.recordLiaisonReceipt, mayWork, (app, actor, { params, body }) =>
    recordReceipt(app, actor, params.note, body),
  ),
  handle(
    api.getLiaisonNoteDocument,
    mayUseDocket,
    async (app, actor, { params, query }, { reply }) => {
      const { format, locale } = query
      const facts = await readNoteFacts(app, actor, params.note)
      const bytes = await drawDocument(liaisonNoteContent(facts, wordingIn(locale)), format)
      asFile(reply, { name: `${noteSymbol(facts.note)}.${format}`, type: mediaTypes[format] })
      return bytes
    },
  ),
]
