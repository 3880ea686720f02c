import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createCentre, type Pdu, type Session } from 'smpp'
import { onTestFinished } from 'vitest'

type Asked = {
  readonly method: string
  readonly url: URL
  readonly login: string | undefined
  readonly fields: URLSearchParams
}

/** A gateway over HTTP as operators run one on their own machine. */
export async function startGateway(status = 202, headers: Record<string, string> = {}) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://gateway')
      const { method = '' } = request
      const fields = method === 'POST' ? new URLSearchParams(body) : url.searchParams
      asked.push({ method, url, login: request.headers.authorization, fields })
      response.writeHead(status, headers).end('0: Accepted for delivery')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { asked, host: `127.0.0.1:${port}` }
}

/** A message centre: the package's own server, answering as it is told. */
export async function startCentre(answer: (pdu: Pdu) => object = () => ({}), password = 'hush') {
  const submitted: Pdu[] = []
  const sessions: Session[] = []
  let binds = 0
  const server = createCentre({}, (session) => {
    session.on('error', () => undefined)
    session.on('bind_transceiver', (pdu: Pdu) => {
      binds += 1
      const isRight = pdu.password === password
      session.send(pdu.response(isRight ? {} : { command_status: 0x0e }))
      if (isRight) sessions.push(session)
    })
    session.on('submit_sm', (pdu: Pdu) => {
      submitted.push(pdu)
      session.send(pdu.response({ message_id: `m${submitted.length}`, ...answer(pdu) }))
    })
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(async () => {
    for (const session of sessions) session.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const url = `smpp://tocsin:hush@127.0.0.1:${port}?source=TOCSIN`
  return { url, submitted, sessions, binds: () => binds }
}

/** What the network says later: the text that SMPP 3.4 describes. */
export const deliver = (session: Session | undefined, id: string, stat: string): Promise<Pdu> =>
  new Promise((resolve) => {
    const text = `id:${id} sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:${stat} err:000 text:`
    session?.deliver_sm({ esm_class: 4, short_message: { message: text } }, resolve)
  })
