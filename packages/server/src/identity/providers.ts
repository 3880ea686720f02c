import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IdentityProvider } from '@tocsin/api/settings.ts'
import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import * as oidc from 'openid-client'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { requireStepUp } from './step-up.ts'

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

type Settings = {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string | undefined
}

/** The providers with their settings, without their secrets. */
export async function listProviders(app: App, actor: Actor): Promise<IdentityProvider[]> {
  const rows = await app.db.as(actor, (tx) =>
    tx.selectFrom('identity_provider').selectAll().orderBy('name').orderBy('id').execute(),
  )
  return Promise.all(
    rows.map(async ({ id, name, issuer, client_id, made_at }) => ({
      id,
      name,
      issuer,
      clientId: client_id,
      hasSecret: (await readSecret(app, id)) !== undefined,
      madeAt: made_at,
    })),
  )
}

/**
 * Adds or changes a provider after asking it who it is. One administrator is enough: accounts are
 * linked with an issuer and a subject, so another issuer, however it is named, opens none of them.
 */
export async function setProvider(
  app: App,
  actor: Actor,
  id: string,
  settings: Settings,
): Promise<IdentityProvider> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  const { name, issuer, clientId, clientSecret } = settings
  requireSafeIssuer(issuer)
  const secret = clientSecret ?? (await readSecret(app, id))
  await discover(app, { issuer, client_id: clientId, secret })
  await app.db.as(actor, async (tx) => {
    const at = app.clock()
    const row = { name, issuer, client_id: clientId }
    await tx
      .insertInto('identity_provider')
      .values({ id, ...row, made_at: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
      .catch(refuseSameIssuer)
    const details = { name, issuer, clientId, secretChanged: clientSecret !== undefined }
    const deed = { at, actor, organisation: null, act: 'settings.provider-set' }
    await recordAudit(tx, { ...deed, subject: id, details })
    if (clientSecret !== undefined) await writeSecret(app, id, clientSecret)
  })
  const provider = (await listProviders(app, actor)).find((one) => one.id === id)
  if (!provider) throw new Problem('identity.provider-not-found')
  return provider
}

/** What people type travels to the provider: TLS always, but for one on this machine. */
function requireSafeIssuer(issuer: string): void {
  const { protocol, hostname } = new URL(issuer)
  if (protocol === 'https:' || LOOPBACK.includes(hostname)) return
  throw new Problem('request.invalid', { issues: [{ path: 'issuer', code: 'not-https' }] })
}

const UNIQUE_VIOLATION = '23505'

function refuseSameIssuer(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) {
    const issues = [{ path: 'issuer', code: 'in-use' }]
    throw new Problem('request.invalid', { issues }, { cause: error })
  }
  throw error
}

export async function removeProvider(app: App, actor: Actor, id: string): Promise<void> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  await app.db.as(actor, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('identity_provider')
      .where('id', '=', id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new Problem('identity.provider-not-found')
    const deed = { at: app.clock(), actor, organisation: null, act: 'settings.provider-removed' }
    await recordAudit(tx, { ...deed, subject: id })
    await rm(secretPath(app, id), { force: true })
  })
}

/** The provider as the protocol library knows it, asked anew: its keys and addresses may change. */
export async function openProvider(
  app: App,
  id: string,
): Promise<{ readonly issuer: string; readonly config: oidc.Configuration }> {
  const row = await app.db.as(system, (tx) =>
    tx.selectFrom('identity_provider').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  if (!row) throw new Problem('identity.provider-not-found')
  const secret = await readSecret(app, id)
  return { issuer: row.issuer, config: await discover(app, { ...row, secret }) }
}

type Registered = {
  readonly issuer: string
  readonly client_id: string
  readonly secret: string | undefined
}

async function discover(app: App, { issuer, client_id, secret }: Registered) {
  const url = new URL(issuer)
  const options = {
    [oidc.customFetch]: app.fetch as oidc.CustomFetch,
    ...(url.protocol === 'http:' && { execute: [oidc.allowInsecureRequests] }),
  }
  return oidc
    .discovery(url, client_id, undefined, clientAuthentication(secret), options)
    .catch((cause: unknown) => {
      throw new Problem('identity.provider-failed', {}, { cause })
    })
}

/** As the provider says it wants it; where it says nothing the standard's default is Basic. */
function clientAuthentication(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None()
  return (server, ...rest) => {
    const accepted = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const authenticate = accepted.includes('client_secret_basic')
      ? oidc.ClientSecretBasic(secret)
      : oidc.ClientSecretPost(secret)
    authenticate(server, ...rest)
  }
}

const secretPath = (app: App, id: string): string =>
  join(app.node.home, 'providers', `${id}.secret`)

async function readSecret(app: App, id: string): Promise<string | undefined> {
  return readFile(secretPath(app, id), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}

async function writeSecret(app: App, id: string, secret: string): Promise<void> {
  await mkdir(join(app.node.home, 'providers'), { recursive: true, mode: 0o700 })
  // Made anew, so that the mode holds even where an older file was more open.
  await rm(secretPath(app, id), { force: true })
  await writeFile(secretPath(app, id), secret, { mode: 0o600 })
}
