import * as api from '@tocsin/api/calendar.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { requirePerson } from '../identity/step-up.ts'
import { readCalendar } from './calendar.ts'
import { findSubscriber, makeFeed, revokeFeed } from './calendar-feed.ts'
import { writeCalendar } from './calendar-file.ts'
import { removeTriggerDate, setTriggerDate } from './dates.ts'

const anybody = () => true
const asFile = { 'content-disposition': 'attachment; filename="tocsin.ics"' }

export const calendarEndpoints: readonly Endpoint[] = [
  handle(api.getCalendar, mayUseDocket, readCalendar),
  handle(api.setTriggerDate, mayWork, (app, actor, { params, body }) =>
    setTriggerDate(app, actor, params.date, body),
  ),
  handle(api.removeTriggerDate, mayWork, async (app, actor, { params }) => {
    await removeTriggerDate(app, actor, params.date)
    return {}
  }),
  handle(api.downloadCalendar, mayUseDocket, (app, actor, _input, { reply }) => {
    reply.headers({ ...asFile, 'cache-control': 'no-store' })
    return writeCalendar(app, requirePerson(actor))
  }),
  // Nobody is signed in here: the name and password of the feed say who asks.
  handle(api.readCalendarFeed, anybody, async (app, _actor, _input, { request, reply }) => {
    reply.headers({
      'www-authenticate': 'Basic realm="Tocsin calendar", charset="UTF-8"',
      'cache-control': 'no-store',
    })
    const file = await writeCalendar(app, await findSubscriber(app, request))
    reply.removeHeader('www-authenticate')
    return file
  }),
  handle(api.makeCalendarFeed, mayUseDocket, makeFeed),
  handle(api.revokeCalendarFeed, mayUseDocket, async (app, actor) => {
    await revokeFeed(app, actor)
    return {}
  }),
]
