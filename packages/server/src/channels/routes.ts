import * as api from '@tocsin/api/channels.ts'
import * as contacts from '@tocsin/api/contacts.ts'
import { type Actor, mayOperateNode } from '@tocsin/domain/actor.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { isNode, isPerson } from '@tocsin/domain/people-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { requirePerson } from '../identity/step-up.ts'
import { recordCall } from './call-sheet.ts'
import { confirmContact, readConfirmation, testContact } from './contact-test.ts'
import { setControl } from './controls.ts'
import { addDevice, removeDevice } from './devices.ts'
import { nodeKey } from './node-keys.ts'
import { listCalls, listChannels, listOwnContacts } from './queries.ts'
import { stateIn, takeReceiptAt } from './receipts.ts'

/** Keys are for everybody; whoever holds a receipt's or a confirmation's address may use it. */
const anybody = () => true

const isSomebody = (actor: Actor): boolean => isNode(actor) || isPerson(actor)

const contactEndpoints: readonly Endpoint[] = [
  handle(contacts.listOwnContacts, isPerson, listOwnContacts),
  handle(contacts.testContact, isSomebody, (app, actor, { params }) =>
    testContact(app, actor, params),
  ),
  handle(contacts.addDevice, isPerson, async (app, actor, { params, body }) => {
    await addDevice(app, requirePerson(actor), params.device, body)
    return {}
  }),
  handle(contacts.removeDevice, isPerson, async (app, actor, { params }) => {
    await removeDevice(app, requirePerson(actor), params.device)
    return {}
  }),
  handle(contacts.readConfirmation, anybody, (app, _actor, { params }) =>
    readConfirmation(app, params.token),
  ),
  handle(contacts.confirmContact, anybody, (app, _actor, { params }) =>
    confirmContact(app, params.token),
  ),
]

export const channelEndpoints: readonly Endpoint[] = [
  handle(api.getNodeKeys, anybody, async (app) => ({
    keys: [(await nodeKey(app.node.home)).publicKey],
  })),
  handle(api.listChannels, mayOperateNode, listChannels),
  handle(api.setChannel, mayOperateNode, async (app, actor, { params, body }) => {
    await setControl(app, actor, params.channel, body)
    return listChannels(app, actor)
  }),
  handle(api.receiveReceipt, anybody, async (app, _actor, { params, query }) => {
    await takeReceiptAt(app, params.receipt, stateIn(query.status))
    return {}
  }),
  handle(api.postReceipt, anybody, async (app, _actor, { params, body }) => {
    await takeReceiptAt(app, params.receipt, stateIn(body.status))
    return {}
  }),
  handle(api.listCalls, mayUseDocket, (app, actor, { params }) =>
    listCalls(app, actor, params.warning),
  ),
  handle(api.recordCall, mayWork, async (app, actor, { params, body }) => {
    await recordCall(app, actor, params, body)
    return {}
  }),
  ...contactEndpoints,
]
