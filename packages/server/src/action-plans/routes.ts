import * as api from '@tocsin/api/action-plans.ts'
import { mediaTypes } from '@tocsin/api/documents.ts'
import { noteContent } from '@tocsin/documents/article-54.ts'
import { drawDocument } from '@tocsin/documents/draw.ts'
import { wordingIn } from '@tocsin/documents/wording.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { asFile } from '../documents/file.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import * as commands from './commands.ts'
import { plansAsCsv } from './export.ts'
import { report, review } from './follow-up.ts'
import { readNoteFacts, readNoteText } from './note-facts.ts'
import { recordSent, saveNote } from './notes.ts'
import { readPlan, readPlans } from './queries.ts'

export const actionPlanEndpoints: readonly Endpoint[] = [
  handle(api.getPlan, mayUseDocket, (app, actor, { params }) =>
    readPlan(app, actor, params.matter),
  ),
  handle(api.planAction, mayWork, (app, actor, { params, body }) =>
    commands.plan(app, actor, params, body),
  ),
  handle(api.moveAction, mayWork, (app, actor, { params, body }) =>
    commands.move(app, actor, params.action, body),
  ),
  handle(api.rescheduleAction, mayWork, (app, actor, { params, body }) =>
    commands.reschedule(app, actor, params.action, body),
  ),
  handle(api.reportProgress, mayWork, async (app, actor, { params, body }) => {
    await report(app, actor, params.action, body)
    return {}
  }),
  handle(api.reviewOutcome, mayWork, async (app, actor, { params, body }) => {
    await review(app, actor, params.action, body)
    return {}
  }),
  handle(api.listPlans, mayUseDocket, (app, actor, { query }) => readPlans(app, actor, query)),
  handle(api.exportPlans, mayUseDocket, async (app, actor, { query }, { reply }) => {
    const found = await readPlans(app, actor, query)
    reply.type('text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="tocsin-plans-${found.today}.csv"`)
    return plansAsCsv(found, query.exercise ? 'exercise' : 'real')
  }),
  handle(api.readNote, mayUseDocket, (app, actor, { params, query }) =>
    readNoteText(app, actor, params.note, query.locale),
  ),
  handle(api.saveNote, mayWork, (app, actor, { params, body }) =>
    saveNote(app, actor, params.note, body),
  ),
  handle(api.recordNoteSent, mayWork, (app, actor, { params, body }) =>
    recordSent(app, actor, params.note, body),
  ),
  handle(api.getNoteDocument, mayUseDocket, async (app, actor, { params, query }, { reply }) => {
    const { format, locale } = query
    const { facts } = await readNoteFacts(app, actor, params.note)
    const bytes = await drawDocument(noteContent(facts, wordingIn(locale)), format)
    asFile(reply, { name: `${facts.symbol}-article-54.${format}`, type: mediaTypes[format] })
    return bytes
  }),
]
