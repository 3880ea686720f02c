import * as clocks from '@tocsin/api/clocks.ts'
import * as api from '@tocsin/api/docket.ts'
import * as matters from '@tocsin/api/matters.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import * as acts from './acts.ts'
import { readClockOverview, setClockSettings } from './clock-settings.ts'
import * as commands from './commands.ts'
import { readDocket, readDue } from './docket-page.ts'
import { listMatters } from './matter-list.ts'
import { listReaders, readEntries, readMatter } from './matter-page.ts'
import { answerForMissed } from './missed-rungs.ts'
import { readClocks } from './queries.ts'

export const docketEndpoints: readonly Endpoint[] = [
  handle(api.getDocket, mayUseDocket, (app, actor, { query }) => readDocket(app, actor, query)),
  handle(api.countDue, mayUseDocket, readDue),
  handle(matters.listReaders, mayWork, listReaders),
  handle(matters.listMatters, mayUseDocket, (app, actor, { query }) =>
    listMatters(app, actor, query),
  ),
  handle(api.openMatter, mayWork, (app, actor, { body }) => commands.openMatter(app, actor, body)),
  handle(api.getMatter, mayUseDocket, (app, actor, { params }) =>
    readMatter(app, actor, params.matter),
  ),
  handle(matters.listEntries, mayUseDocket, (app, actor, { params, query }) =>
    readEntries(app, actor, params.matter, query),
  ),
  handle(api.assessMatter, mayWork, async (app, actor, { params, body }) => {
    await commands.assessMatter(app, actor, params.matter, body)
    return {}
  }),
  handle(matters.recordConsultation, mayWork, async (app, actor, { params, body }) => {
    await acts.recordConsultation(app, actor, params.matter, body)
    return {}
  }),
  handle(matters.recordAfterAction, mayWork, async (app, actor, { params, body }) => {
    await acts.recordAfterAction(app, actor, params.matter, body)
    return {}
  }),
  handle(matters.correctEntry, mayWork, async (app, actor, { params, body }) => {
    await acts.correctEntry(app, actor, params, body)
    return {}
  }),
  handle(api.reviewMatter, mayWork, (app, actor, { params, body }) =>
    commands.reviewMatter(app, actor, params.matter, body),
  ),
  handle(api.getClockSettings, mayUseDocket, readClocks),
  handle(api.setClockSettings, mayWork, (app, actor, { body }) =>
    setClockSettings(app, actor, body),
  ),
  handle(clocks.getClockOverview, mayUseDocket, readClockOverview),
  handle(clocks.answerForMissed, mayWork, async (app, actor, { params, body }) => {
    await answerForMissed(app, actor, params.matter, body)
    return {}
  }),
]
