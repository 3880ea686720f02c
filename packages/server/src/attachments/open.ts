import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Attachment } from '@tocsin/domain/attachment.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ageKeyOf, decryptStream } from '@tocsin/records/age.ts'
import type { SharedAttachment } from '@tocsin/records/stix/attachment.ts'
import type { FastifyReply } from 'fastify'
import type { App } from '../app.ts'
import { type Blob, readBytes } from './store.ts'

async function open(sealed: AsyncIterable<Uint8Array>, identity: string) {
  const key = await ageKeyOf(identity)
  if (!key) return undefined
  const read = await decryptStream(ReadableStream.from(sealed), [key])
  return 'opened' in read ? read.opened : undefined
}

type Sent = Pick<Attachment, 'name' | 'size'> & {
  readonly blob: Blob
  readonly identity: string
}

/**
 * Sends a file to be saved, opened as it is read: never shown in place, whatever it holds and whatever
 * a browser takes it for.
 */
export async function sendFile(
  app: App,
  actor: Actor,
  reply: FastifyReply,
  { name, size, blob, identity }: Sent,
): Promise<Uint8Array<ArrayBuffer>> {
  const opened = await open(readBytes(app, actor, blob), identity)
  if (!opened) throw new Problem('attachment.not-found')
  reply.type('application/octet-stream')
  reply.headers({
    'content-length': String(size),
    'content-disposition': saveAs(name),
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'no-store',
  })
  await reply.send(Readable.fromWeb(opened as never))
  return new Uint8Array()
}

/** RFC 6266: the name in any script, and one in ASCII for what reads no other. */
function saveAs(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

/** Whether the bytes that came are those that the author signed, sealed and opened. */
export async function isGenuine(app: App, blob: Blob, file: SharedAttachment): Promise<boolean> {
  const [sealed, plain] = [createHash('sha256'), createHash('sha256')]
  async function* hashed() {
    for await (const part of readBytes(app, system, blob)) {
      sealed.update(part)
      yield part
    }
  }
  let size = 0
  try {
    const opened = await open(hashed(), file.decryptionKey)
    if (!opened) return false
    for await (const part of opened) {
      plain.update(part)
      size += part.length
    }
  } catch {
    return false
  }
  const isSame = sealed.digest('hex') === file.blob && plain.digest('hex') === file.sha256
  return isSame && size === file.size
}
