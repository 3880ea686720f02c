import * as enrolment from '@tocsin/api/enrolment.ts'
import * as api from '@tocsin/api/people.ts'
import * as settings from '@tocsin/api/settings.ts'
import { type Actor, mayOperateNode } from '@tocsin/domain/actor.ts'
import { isNode, isPerson, mayInviteAnybody, mayUsePeople } from '@tocsin/domain/people-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { welcome } from '../identity/welcome.ts'
import * as organisations from './commands.ts'
import {
  addCorrespondent,
  listContacts,
  listOrganisationContacts,
  setContacts,
} from './correspondents.ts'
import { enrol, openInvitation, startEnrolment } from './enrolment.ts'
import { invite, revokeInvitation } from './invitations.ts'
import { listHolders, listInvitations, listOrganisations, readOrganisation } from './queries.ts'
import * as roles from './roles.ts'
import { readPublicView, setPublicView } from './settings.ts'

/** Whoever holds a link's token may follow it; the token is the right. */
const anybody = () => true

/** Everybody reads and changes where they are reached themselves; the command knows whose it is. */
const isSomebody = (actor: Actor): boolean => isNode(actor) || isPerson(actor)

const enrolmentEndpoints: readonly Endpoint[] = [
  handle(enrolment.openInvitation, anybody, (app, _actor, { body }) =>
    openInvitation(app, body.token),
  ),
  handle(enrolment.startEnrolment, anybody, (app, _actor, { body }, { request }) =>
    startEnrolment(app, request, body),
  ),
  handle(enrolment.enrol, anybody, async (app, _actor, { body }, exchange) => {
    const { recoveryCodes, ...signedIn } = await enrol(app, exchange.request, body)
    return { ...(await welcome(app, signedIn, exchange)), recoveryCodes }
  }),
  handle(enrolment.listInvitations, mayInviteAnybody, listInvitations),
  handle(enrolment.invite, mayInviteAnybody, (app, actor, { body }) => invite(app, actor, body)),
  handle(enrolment.revokeInvitation, mayInviteAnybody, async (app, actor, { params }) => {
    await revokeInvitation(app, actor, params.invitation)
    return {}
  }),
]

const organisationEndpoints: readonly Endpoint[] = [
  handle(api.listOrganisations, mayUsePeople, listOrganisations),
  handle(api.getOrganisation, mayUsePeople, (app, actor, { params }) =>
    readOrganisation(app, actor, params.organisation),
  ),
  handle(api.addOrganisation, mayOperateNode, (app, actor, { body }) =>
    organisations.addOrganisation(app, actor, body),
  ),
  handle(api.changeOrganisation, mayOperateNode, (app, actor, { params, body }) =>
    organisations.changeOrganisation(app, actor, params.organisation, body),
  ),
  handle(api.addPost, mayInviteAnybody, (app, actor, { body }) =>
    organisations.addPost(app, actor, body),
  ),
  handle(api.abolishPost, mayInviteAnybody, async (app, actor, { params }) => {
    await organisations.abolishPost(app, actor, params.post)
    return {}
  }),
  handle(api.listHolders, mayUsePeople, (app, actor, { params, query }) =>
    listHolders(app, actor, { ...params, ...query }),
  ),
  handle(api.appoint, mayInviteAnybody, (app, actor, { body }) =>
    organisations.appoint(app, actor, body),
  ),
  handle(api.endHolding, mayInviteAnybody, (app, actor, { params, body }) =>
    organisations.endHolding(app, actor, params.holding, body.untilDay),
  ),
]

const personEndpoints: readonly Endpoint[] = [
  handle(api.addCorrespondent, mayInviteAnybody, (app, actor, { body }) =>
    addCorrespondent(app, actor, body),
  ),
  handle(api.listOrganisationContacts, mayInviteAnybody, (app, actor, { params }) =>
    listOrganisationContacts(app, actor, params.organisation),
  ),
  handle(api.listContacts, isSomebody, (app, actor, { params }) =>
    listContacts(app, actor, params.person),
  ),
  handle(api.setContacts, isSomebody, (app, actor, { params, body }) =>
    setContacts(app, actor, params.person, body.contacts),
  ),
  handle(api.grantRole, mayInviteAnybody, (app, actor, { params }) =>
    roles.grantRole(app, actor, params),
  ),
  handle(api.revokeRole, mayInviteAnybody, async (app, actor, { params }) => {
    await roles.revokeRole(app, actor, params)
    return {}
  }),
  handle(api.endPerson, mayOperateNode, async (app, actor, { params }) => {
    await roles.endPerson(app, actor, params.person)
    return {}
  }),
  handle(api.signOutPerson, mayOperateNode, async (app, actor, { params }) => {
    await roles.signOutPerson(app, actor, params.person)
    return {}
  }),
  handle(api.recoverAccount, mayOperateNode, (app, actor, { params }) =>
    roles.recoverAccount(app, actor, params.person),
  ),
]

const settingEndpoints: readonly Endpoint[] = [
  handle(settings.getPublicView, mayUsePeople, readPublicView),
  handle(settings.setPublicView, mayOperateNode, (app, actor, { params, body }) =>
    setPublicView(app, actor, { ...params, ...body }),
  ),
]

export const peopleEndpoints: readonly Endpoint[] = [
  ...enrolmentEndpoints,
  ...organisationEndpoints,
  ...personEndpoints,
  ...settingEndpoints,
]
