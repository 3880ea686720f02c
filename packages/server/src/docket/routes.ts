import * as clocks from '@tocsin/api/clocks.ts'
import * as api from '@tocsin/api/docket.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { readClockOverview, setClockSettings } from './clock-settings.ts'
import * as commands from './commands.ts'
import { readMatter } from './matter-page.ts'
import { answerForMissed } from './missed-rungs.ts'
import { readClocks, readDocket } from './queries.ts'

export const docketEndpoints: readonly Endpoint[] = [
  handle(api.getDocket, mayUseDocket, (app, actor, { query }) => readDocket(app, actor, query)),
  handle(api.openMatter, mayWork, (app, actor, { body }) => commands.openMatter(app, actor, body)),
  handle(api.getMatter, mayUseDocket, (app, actor, { params }) =>
    readMatter(app, actor, params.matter),
  ),
  handle(api.assessMatter, mayWork, async (app, actor, { params, body }) => {
    await commands.assessMatter(app, actor, params.matter, body)
    return {}
  }),
  handle(api.recordAction, mayWork, async (app, actor, { params, body }) => {
    await commands.recordAction(app, actor, params.matter, body)
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
