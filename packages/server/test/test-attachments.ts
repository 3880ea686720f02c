import * as api from '@tocsin/api/attachments.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { AttachmentId } from '@tocsin/domain/attachment.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import pg from 'pg'
import { callMember } from '../src/network/members.ts'
import type { TestPerson } from './test-people.ts'
import { listedBy, type Sharer } from './test-sharing.ts'

export const put = (
  { call }: TestPerson,
  matter: MatterId,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
) =>
  call(api.addAttachment, {
    params: { matter, attachment: newId<AttachmentId>() },
    query: { name },
    stream: new Blob([bytes]),
  })

/** The largest file first. */
export const blobsAt = (node: Pick<Sharer, 'app'>) =>
  node.app.db.as(system, async (tx) => ({
    blobs: await tx.selectFrom('blob').selectAll().orderBy('size', 'desc').execute(),
    pieces: (await tx.selectFrom('blob_piece').select('n').execute()).length,
  }))

/** The only file that others told this person of under that name. */
export async function fileAt({ call, ...person }: TestPerson, name: string) {
  const { list } = await listedBy({ call, ...person })
  const id = ObjectId.parse(
    list.find(({ title, type }) => type === 'attachment' && title === name)?.id,
  )
  const [line] = await call(api.listSharedAttachments, { params: { id } })
  if (!line) throw new Error(`no ${name}`)
  return { ...line, params: { id } }
}

/** What a member's node answers to another that asks for sealed bytes, signed. */
export async function askBlob(
  from: Sharer,
  to: Sharer,
  blob: string,
  headers: Record<string, string> = {},
) {
  const path = `/blob/sha256/${blob}` as const
  const asked = { from: from.own, to: to.own, method: 'GET', path, headers } as const
  const { status, headers: said, body } = await callMember(from.app, asked)
  const length = said['content-type']?.includes('json') ? 0 : body.length
  return { status, length, range: said['content-range'], etag: said['etag'] }
}

/** Turns one byte of the smallest file over, behind the node's back. */
export async function alterPiece({ databaseUrl }: Sharer): Promise<void> {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  await owner.query(`alter table blob_piece no force row level security`)
  await owner.query(`alter table blob no force row level security`)
  await owner.query(`update blob_piece set bytes = set_byte(bytes, 20000, 255 - get_byte(bytes, 20000))
    where n = 0 and blob = (select id from blob order by size limit 1)`)
  await owner.query(`alter table blob_piece force row level security`)
  await owner.query(`alter table blob force row level security`)
  await owner.end()
}
