import { type Agent, request as ask } from 'node:http'
import { TAXII } from '@tocsin/api/taxii.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { contentDigest, signRequest, TO_HEADER } from '@tocsin/server/network/message-signature.ts'
import type { Sender } from './members.ts'

const INBOX = '/taxii2/network/collections/inbox/objects/'

export type Way = { readonly base: string; readonly to: OrganisationId; readonly agent: Agent }

export type Envelope = { readonly bytes: Buffer; readonly digest: string }

export const envelopeOf = (text: string): Envelope => {
  const bytes = Buffer.from(text)
  return { bytes, digest: contentDigest(bytes) }
}

/** How much left, and the answer; no status where the node hung up before it was heard. */
export type Posted = { readonly sent: number; readonly status: number; readonly body: string }

/** Sends an envelope to the inbox of a node, signed as members sign. */
export async function post(
  { bytes, digest }: Envelope,
  sender: Sender,
  { base, to, agent }: Way,
): Promise<Posted> {
  const url = base + INBOX
  const own = { 'content-digest': digest, [TO_HEADER]: to, 'content-type': TAXII, accept: TAXII }
  const signed = await signRequest({ method: 'POST', url, headers: own }, sender, systemClock())
  const headers = { ...own, ...signed, 'content-length': bytes.length }
  return new Promise((resolve) => {
    const request = ask(url, { method: 'POST', headers, agent })
    let status = 0
    let body = ''
    let before = 0
    // What the socket still holds has not left.
    const sent = () =>
      Math.max(
        0,
        (request.socket?.bytesWritten ?? 0) - before - (request.socket?.writableLength ?? 0),
      )
    const end = () => resolve({ sent: Math.min(sent(), bytes.length), status, body })
    request.on('socket', (socket) => {
      before = socket.bytesWritten
    })
    request.on('response', (response) => {
      status = response.statusCode ?? 0
      response.on('data', (part: Buffer) => {
        body += part
      })
      response.on('error', () => undefined)
    })
    request.on('error', () => undefined)
    request.on('close', end)
    request.end(bytes)
  })
}
