import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { type Directory, type Repository, readDirectory } from '@tocsin/records/trust/directory.ts'
import { type Root, readFile } from '@tocsin/records/trust/tuf.ts'
import type { Tx } from '../database/database.ts'
import type { TrustFileRole } from '../database/schema/trust.ts'

/** The newest files of an organisation that were believed. Undefined where it has no root of trust. */
export async function readRepository(
  tx: Tx,
  organisation: OrganisationId,
): Promise<Repository | undefined> {
  const rows = await tx
    .selectFrom('trust_file')
    .select(['role', 'content'])
    .distinctOn('role')
    .where('organisation', '=', organisation)
    .orderBy('role')
    .orderBy('version', 'desc')
    .execute()
  const files = Object.fromEntries(rows.map(({ role, content }) => [role, content]))
  return files['root'] === undefined ? undefined : { ...files, root: files['root'] }
}

/** One file as it came: a root by its version, of each other role the newest. */
export async function findTrustFile(
  tx: Tx,
  organisation: OrganisationId,
  { role, version }: { readonly role: TrustFileRole; readonly version?: number },
): Promise<string | undefined> {
  let wanted = tx
    .selectFrom('trust_file')
    .select('content')
    .where('organisation', '=', organisation)
    .where('role', '=', role)
  if (version !== undefined) wanted = wanted.where('version', '=', version)
  const row = await wanted.orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row?.content
}

type TrustFile = {
  readonly role: TrustFileRole
  readonly version: number
  readonly content: string
}

/** Keeps files that were believed; what a newer one replaces is forgotten, except roots. */
export async function keepFiles(
  tx: Tx,
  organisation: OrganisationId,
  files: readonly TrustFile[],
  at: Instant,
): Promise<void> {
  for (const { role, version, content } of files) {
    const id = `${organisation}/${role}/${version}`
    await tx
      .insertInto('trust_file')
      .values({ id, organisation, role, version, content, made_at: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ content }))
      .execute()
    if (role === 'root') continue
    await tx
      .deleteFrom('trust_file')
      .where('organisation', '=', organisation)
      .where('role', '=', role)
      .where('version', '<', version)
      .execute()
  }
}

/** Forgets everything: what is believed next begins at another root. */
export const forgetRepository = (tx: Tx, organisation: OrganisationId) =>
  tx.deleteFrom('trust_file').where('organisation', '=', organisation).execute()

/** Of files that were believed before: the root. */
export function rootOf({ root: text }: Repository): Root {
  const file = readFile('root', text)
  if ('fault' in file) throw new Error('a kept root is not readable')
  return file.signed
}

export function directoryOf(repository: Repository): Directory | undefined {
  if (repository.directory === undefined) return undefined
  const read = readDirectory(repository.directory, rootOf(repository))
  return 'directory' in read ? read.directory : undefined
}

export function versionOf(role: Exclude<TrustFileRole, 'directory'>, text?: string): number {
  const file = text === undefined ? undefined : readFile(role, text)
  return file && 'signed' in file ? file.signed.version : 0
}
