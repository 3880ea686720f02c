import { createHash, randomBytes } from 'node:crypto'
import { dossierContent } from '@tocsin/documents/dossier.ts'
import { drawDocument } from '@tocsin/documents/draw.ts'
import { wordingIn } from '@tocsin/documents/wording.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Entry, Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { stampsOf } from '@tocsin/domain/stamps.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import {
  type DueDiligence,
  type DueDiligenceContent,
  sealDueDiligence,
} from '@tocsin/records/due-diligence.ts'
import { MANIFEST_NAME, RECORD_NAME } from '@tocsin/records/due-diligence-archive.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { signManifest } from '@tocsin/records/manifest.ts'
import { zipSync } from 'fflate'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { findMatter, listEntries } from '../docket/queries.ts'
import { authorOf } from '../docket/record.ts'
import { signingKey } from '../docket/signing-key.ts'
import { listSignedWarnings, listTold } from './due-diligence-queries.ts'

type Asked = { readonly format: 'zip' | 'json' | 'pdf'; readonly locale: Locale }
type Signer = Awaited<ReturnType<typeof signingKey>>

/**
 * Issues the due-diligence record of a matter, sealed with the organisation's key; for its own
 * people. That it was issued, to whom and with which hash stands on the audit log.
 */
export async function issueDueDiligence(
  app: App,
  actor: Actor,
  id: MatterId,
  { format, locale }: Asked,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string }> {
  const matter = await app.db.as(actor, (tx) => findMatter(tx, id))
  if (!matter || !mayReadOwn(actor, matter)) throw new Problem('matter.not-found')
  const { text, file, entries, signer } = await seal(app, actor, id)
  const name = `${file.matter.symbol}-due-diligence.${format}`
  const json = Buffer.from(text)
  if (format === 'json') return { bytes: json, name }
  const pdf = await drawDocument(dossierContent(file, entries, wordingIn(locale)), 'pdf')
  if (format === 'pdf') return { bytes: pdf, name }
  const files = { [RECORD_NAME]: json, 'due-diligence.pdf': pdf }
  return { bytes: archive(file, files, signer), name }
}

type Sealed = {
  readonly text: string
  readonly file: DueDiligence
  readonly entries: readonly Entry[]
  readonly signer: Signer
}

/** As the system, in one transaction that holds the matter: nothing is added while it is read. */
async function seal(app: App, actor: Actor, id: MatterId): Promise<Sealed> {
  return app.db.as(system, async (tx) => {
    await tx.selectFrom('matter').select('id').where('id', '=', id).forShare().execute()
    const matter = await findMatter(tx, id)
    if (!matter) throw new Problem('matter.not-found')
    const at = app.clock()
    const { organisation } = matter
    const signer = await signingKey(app, tx, organisation, at)
    const entries = await listEntries(tx, id)
    const { name, office, organisationName } = await authorOf(tx, actor, organisation, at)
    const said: DueDiligenceContent = {
      format: 'tocsin-due-diligence',
      version: 1,
      issuedAt: at,
      issuedBy: { name, office },
      organisation: { id: organisation, name: organisationName },
      matter: headerOf(matter),
      steps: stampsOf(entries),
      keys: await listKeys(tx, matter, organisationName),
      statements: await listStatements(tx, id),
      warnings: await listSignedWarnings(tx, matter),
      notifications: await listTold(tx, id),
    }
    const sealed = sealDueDiligence(said, { ...signer, salt: newSalt() })
    const sha256 = createHash('sha256').update(sealed.text).digest('hex')
    const deed = { at, actor, organisation, subject: id, act: 'documents.due-diligence' }
    await recordAudit(tx, { ...deed, details: { entries: entries.length, sha256 } })
    return { ...sealed, entries, signer }
  })
}

const newSalt = (): string => randomBytes(32).toString('base64url')

const headerOf = (matter: Matter): DueDiligenceContent['matter'] => ({
  id: matter.id,
  symbol: symbolOf('M', matter),
  title: matter.title,
  country: matter.country,
  place: matter.place,
  level: matter.level,
  marking: matter.marking,
  isExercise: matter.isExercise,
  stations: matter.stations as Record<string, never>,
  openedAt: matter.openedAt,
  closedAt: matter.closedAt,
})

async function listStatements(tx: Tx, matter: MatterId): Promise<Signed[]> {
  const rows = await tx
    .selectFrom('entry')
    .select('statement')
    .where('matter', '=', matter)
    .orderBy('seq')
    .execute()
  return rows.map(({ statement }) => Signed.parse(statement))
}

async function listKeys(tx: Tx, { organisation }: Matter, organisationName: string) {
  const rows = await tx
    .selectFrom('organisation_key')
    .select(['id', 'public_key'])
    .where('organisation', '=', organisation)
    .orderBy('made_at')
    .execute()
  return rows.map(({ id: kid, public_key: publicKey }) => ({
    kid,
    organisation,
    organisationName,
    publicKey,
  }))
}

/** The files, and the list of their hashes under the organisation's signature. */
function archive(
  { matter, organisation, issuedAt }: DueDiligence,
  files: Readonly<Record<string, Uint8Array>>,
  signer: Signer,
): Uint8Array<ArrayBuffer> {
  const listed = Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex') as Sha256,
  }))
  const about = { organisation: organisation.id, about: matter.id, salt: newSalt() }
  const manifest = signManifest({ files: listed }, { ...signer, ...about })
  const text = Buffer.from(canonicalJson(manifest as Json))
  return zipSync({ ...files, [MANIFEST_NAME]: text }, { mtime: issuedAt })
}
