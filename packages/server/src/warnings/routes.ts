import * as notices from '@tocsin/api/notices.ts'
import * as api from '@tocsin/api/warnings.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { isPerson } from '@tocsin/domain/people-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { cancelWarning } from './cancel.ts'
import { readNoticePreference, setNoticePreference } from './digest.ts'
import { discardWarning, returnWarning, saveWarning } from './drafts.ts'
import * as letters from './letters.ts'
import { takeMailReport } from './mail-reports.ts'
import { listOwnWarnings } from './own-warnings.ts'
import { listOffices, readWarning } from './queries.ts'
import { signWarning } from './sign.ts'

/** Whoever holds a letter's link may use it; the link is the right. */
const anybody = () => true

const letterEndpoints: readonly Endpoint[] = [
  handle(api.readLetter, anybody, (app, _actor, { params }) =>
    letters.readLetter(app, params.token),
  ),
  handle(api.openLetter, anybody, (app, _actor, { params }) =>
    letters.openLetter(app, params.token),
  ),
  handle(api.unsealLetter, anybody, (app, _actor, { params, body }) =>
    letters.unsealLetter(app, params.token, body),
  ),
  handle(api.acknowledgeLetter, anybody, (app, _actor, { params, body }) =>
    letters.acknowledgeLetter(app, params.token, body),
  ),
  handle(api.answerLetter, anybody, (app, _actor, { params, body }) =>
    letters.answerLetter(app, params.token, body),
  ),
]

const noticeEndpoints: readonly Endpoint[] = [
  handle(notices.readNoticePreference, isPerson, readNoticePreference),
  handle(notices.setNoticePreference, isPerson, (app, actor, { body }) =>
    setNoticePreference(app, actor, body),
  ),
  handle(
    notices.takeMailReport,
    (actor) => actor.kind === 'operator',
    (app, _actor, { stream }) => takeMailReport(app, stream),
  ),
]

export const warningEndpoints: readonly Endpoint[] = [
  handle(api.listOffices, mayWork, listOffices),
  handle(api.listWarnings, mayUseDocket, (app, actor, { query }) =>
    listOwnWarnings(app, actor, query),
  ),
  handle(api.saveWarning, mayWork, (app, actor, { params, body }) =>
    saveWarning(app, actor, params.warning, body),
  ),
  handle(api.getWarning, mayUseDocket, (app, actor, { params }) =>
    readWarning(app, actor, params.warning),
  ),
  handle(api.signWarning, mayWork, (app, actor, { params, body }) =>
    signWarning(app, actor, params.warning, body),
  ),
  handle(api.returnWarning, mayWork, async (app, actor, { params, body }) => {
    await returnWarning(app, actor, params.warning, body)
    return {}
  }),
  handle(api.discardWarning, mayWork, async (app, actor, { params, body }) => {
    await discardWarning(app, actor, params.warning, body)
    return {}
  }),
  handle(api.cancelWarning, mayWork, async (app, actor, { params, body }) => {
    await cancelWarning(app, actor, params.warning, body)
    return {}
  }),
  ...letterEndpoints,
  ...noticeEndpoints,
]
