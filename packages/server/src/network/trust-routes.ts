import * as api from '@tocsin/api/network-trust.ts'
import { mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { mayManageMembers, mayReadMembers } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { fingerprintWords } from '@tocsin/records/trust/fingerprint-words.ts'
import { signPossession } from '@tocsin/records/trust/possession.ts'
import type { App } from '../app.ts'
import type { Executors } from '../approvals/four-eyes.ts'
import type { TrustFileRole } from '../database/schema/trust.ts'
import { signingKey } from '../docket/signing-key.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { proposeMember } from './onboarding.ts'
import { installRoot } from './own-directory.ts'
import { directoryKeys, rotateKey } from './own-keys.ts'
import { findTrustFile } from './repository.ts'
import { expelMember, typeWords } from './trust.ts'
import { listTrust } from './trust-queries.ts'

const anybody = () => true

/** The routes of trust between nodes, over how what two officers decide is done. */
export const trustEndpoints = (executors: Executors): readonly Endpoint[] => [
  handle(api.listMembers, mayReadMembers, listTrust),
  handle(api.proposeMember, mayManageMembers, (app, actor, { body }) =>
    proposeMember(app, actor, body),
  ),
  handle(api.typeWords, mayManageMembers, (app, actor, { params, body }) =>
    typeWords(app, actor, { ...params, ...body }, executors),
  ),
  handle(api.expelMember, mayManageMembers, async (app, actor, { params, body }) => {
    await expelMember(app, actor, { ...params, ...body })
    return {}
  }),
  handle(api.getDirectoryKeys, mayOperateNode, (app, _actor, { params }) =>
    directoryKeys(app, params.organisation),
  ),
  handle(api.rotateKey, mayOperateNode, (app, actor, { params, body }) =>
    rotateKey(app, actor, { ...params, ...body }),
  ),
  handle(api.installRoot, mayOperateNode, async (app, actor, { params, body }) => {
    const { root } = await installRoot(app, actor, { ...params, ...body })
    return { root, words: [...fingerprintWords(root)] }
  }),
  // The files prove themselves and name no secret: whoever wants to trust this node must read them.
  handle(api.getTrustFile, anybody, (app, _actor, { params: { organisation, file } }) => {
    const [first = '', second] = file.split('.')
    return second === 'root'
      ? servedFile(app, organisation, { role: 'root', version: Number(first) })
      : servedFile(app, organisation, { role: first as TrustFileRole })
  }),
  handle(api.getDirectory, anybody, (app, _actor, { params }) =>
    servedFile(app, params.organisation, { role: 'directory' }),
  ),
  handle(api.provePossession, anybody, async (app, _actor, { params, query }) => {
    const { organisation } = params
    await servedFile(app, organisation, { role: 'root' })
    const key = await app.db.as(system, (tx) => signingKey(app, tx, organisation, app.clock()))
    return signPossession(key, organisation, query.nonce)
  }),
]

type Wanted = Parameters<typeof findTrustFile>[2]

/** A file of an organisation of this node; what members said is not handed on. */
async function servedFile(app: App, organisation: OrganisationId, wanted: Wanted): Promise<string> {
  const text = await app.db.as(system, async (tx) => {
    const member = await tx
      .selectFrom('member')
      .select('state')
      .where('organisation', '=', organisation)
      .executeTakeFirst()
    return member ? undefined : findTrustFile(tx, organisation, wanted)
  })
  if (text === undefined) throw new Problem('request.not-found')
  return text
}
