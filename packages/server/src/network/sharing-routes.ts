import * as shared from '@tocsin/api/shared.ts'
import * as api from '@tocsin/api/sharing.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listGroups, makeGroup } from './groups.ts'
import { callBackAudience, narrowAudience, resumeSharing, stopSharing } from './protective-acts.ts'
import { releaseOnward, releaseReport, shareEdition } from './release-acts.ts'
import { readSharing } from './sentence.ts'
import { previewSharing, shareMatter } from './share-acts.ts'
import { exportShared, exportSharedObjects, listShared, readShared } from './shared.ts'
import { acknowledgeShared, markRead, takeUp } from './shared-acts.ts'

export const sharingEndpoints: readonly Endpoint[] = [
  handle(api.getSharing, mayWork, (app, actor, { params }) =>
    readSharing(app, actor, params.matter),
  ),
  handle(api.previewSharing, mayWork, (app, actor, { params, body }) =>
    previewSharing(app, actor, params.matter, body),
  ),
  handle(api.shareMatter, mayWork, (app, actor, { params, body }) =>
    shareMatter(app, actor, params.matter, body),
  ),
  handle(api.narrowAudience, mayWork, async (app, actor, { params, body }) => {
    await narrowAudience(app, actor, params.audience, body)
    return {}
  }),
  handle(api.callBackAudience, mayWork, async (app, actor, { params }) => {
    await callBackAudience(app, actor, params.audience)
    return {}
  }),
  handle(api.listGroups, mayWork, listGroups),
  handle(api.makeGroup, mayWork, (app, actor, { body }) => makeGroup(app, actor, body)),
  handle(api.stopSharing, mayWork, async (app, actor, { params }) => {
    await stopSharing(app, actor, params.member)
    return {}
  }),
  handle(api.resumeSharing, mayWork, (app, actor, { params }) =>
    resumeSharing(app, actor, params.member),
  ),
  handle(api.releaseReport, mayWork, (app, actor, { params, body }) =>
    releaseReport(app, actor, params.report, body),
  ),
  handle(api.shareEdition, mayWork, (app, actor, { params, body }) =>
    shareEdition(app, actor, params.edition, body),
  ),
  handle(shared.listShared, mayUseDocket, (app, actor, { query }) => listShared(app, actor, query)),
  handle(shared.exportShared, mayUseDocket, (app, actor, { query }) =>
    exportShared(app, actor, query),
  ),
  handle(shared.exportSharedObjects, mayUseDocket, (app, actor, { query }) =>
    exportSharedObjects(app, actor, query),
  ),
  handle(shared.getShared, mayUseDocket, (app, actor, { params }) =>
    readShared(app, actor, params.id),
  ),
  handle(shared.acknowledgeShared, mayWork, async (app, actor, { params, body }) => {
    await acknowledgeShared(app, actor, params.id, body)
    return {}
  }),
  handle(shared.markRead, mayWork, (app, actor, { params }) => markRead(app, actor, params.id)),
  handle(shared.takeUp, mayWork, (app, actor, { params, body }) =>
    takeUp(app, actor, params.id, body),
  ),
  handle(shared.releaseShared, mayWork, (app, actor, { params, body }) =>
    releaseOnward(app, actor, params.id, body),
  ),
]
