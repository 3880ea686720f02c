import { connect, type Pdu, type Session } from 'smpp'
import { isPublic, resolveByName } from './addresses.ts'
import type { FailureReason, Receipt } from './channel.ts'

export type SmppSettings = {
  /** `smpp://system_id:password@host:2775?source=NAME`, or `smpps://…`. */
  readonly url: string
  readonly ca?: string
}

/** Why there is no session, or no answer on one. */
export class NoAnswer extends Error {
  readonly reason: FailureReason
  constructor(reason: FailureReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}

const WAIT_MS = 15_000
/** How often an idle connection is asked whether it still lives. */
const ENQUIRE_MS = 30_000

const isOf = (statuses: readonly number[]) => (status: number) => statuses.includes(status)
/** Bind failed, wrong password, unknown system id. */
const isCredentials = isOf([0x0d, 0x0e, 0x0f])

type Taking = (receipt: Receipt) => Promise<boolean>

export type BoundSession = {
  /** Sends and waits for the answer; throws `NoAnswer` where none comes. */
  readonly submit: (message: object) => Promise<Pdu>
  readonly isOpen: () => boolean
  readonly close: () => void
}

/** Connects and binds as transceiver: what is sent and what comes back share one connection. */
export async function bind(
  { url, ca }: SmppSettings,
  take: Taking,
  waitMs = WAIT_MS,
): Promise<BoundSession> {
  const { hostname, port, protocol, username, password } = new URL(url)
  const tls = protocol === 'smpps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!tls) await requirePrivate(host)
  let isOpen = true
  const broken = new Set<(error: NoAnswer) => void>()
  const session = connect({
    host,
    port: Number(port || (tls ? 3550 : 2775)),
    tls,
    ...(tls && { servername: hostname, ...(ca && { ca }) }),
  })
  const end = (error: NoAnswer) => {
    isOpen = false
    clearInterval(alive)
    session.destroy()
    for (const tell of [...broken]) tell(error)
  }
  session.on('error', (error: { readonly code?: string }) => end(fault(error.code ?? 'unknown')))
  session.on('close', () => end(new NoAnswer('unreachable', 'closed')))
  session.on('deliver_sm', (pdu: Pdu) => void receive(session, pdu, take))
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu: Pdu) => {
    session.send(pdu.response())
    end(new NoAnswer('unreachable', 'unbound'))
  })
  const answered = (ask: (done: (pdu: Pdu) => void) => boolean): Promise<Pdu> =>
    new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        broken.delete(fail)
      }
      const fail = (error: NoAnswer) => {
        settle()
        reject(error)
      }
      const timer = setTimeout(() => end(new NoAnswer('timeout', 'no answer in time')), waitMs)
      broken.add(fail)
      const done = (pdu: Pdu) => {
        settle()
        resolve(pdu)
      }
      if (!ask(done)) fail(new NoAnswer('unreachable', 'closed'))
    })
  // A link that does not answer is ended; whoever waits on it is told, and the next notice binds anew.
  const alive = setInterval(() => {
    answered((done) => session.enquire_link(done)).catch(() => undefined)
  }, ENQUIRE_MS)
  await opened(session, tls, broken, waitMs).catch((error: NoAnswer) => {
    end(error)
    throw error
  })
  const login = { system_id: decodeURIComponent(username), password: decodeURIComponent(password) }
  const { command_status } = await answered((done) => session.bind_transceiver(login, done))
  if (command_status !== 0) {
    const detail = `SMPP ${command_status}`
    const refused = new NoAnswer(isCredentials(command_status) ? 'credentials' : 'busy', detail)
    end(refused)
    throw refused
  }
  return {
    submit: (message) => answered((done) => session.submit_sm(message, done)),
    isOpen: () => isOpen,
    close: () => end(new NoAnswer('unreachable', 'closed')),
  }
}

/** Without TLS a password and a number would be anybody's to read on the public network. */
async function requirePrivate(host: string): Promise<void> {
  const addresses = await resolveByName(host).catch(() => {
    throw new NoAnswer('unreachable', 'ENOTFOUND')
  })
  if (addresses.some(isPublic)) throw new NoAnswer('tls', 'not encrypted')
}

const opened = (
  session: Session,
  tls: boolean,
  broken: Set<(error: NoAnswer) => void>,
  waitMs: number,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer('timeout', 'no connection')), waitMs)
    const fail = (error: NoAnswer) => {
      clearTimeout(timer)
      reject(error)
    }
    broken.add(fail)
    session.once(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      broken.delete(fail)
      resolve()
    })
  })

function fault(code: string): NoAnswer {
  const isTls = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code)
  return new NoAnswer(isTls ? 'tls' : 'unreachable', code)
}

const TEMPORARY = 0x64
const RECEIPT_CLASS = 0x04

/** A receipt that nobody can take yet is answered so that the other side keeps and repeats it. */
async function receive(session: Session, pdu: Pdu, take: Taking): Promise<void> {
  const receipt = receiptIn(pdu)
  const isTaken = receipt === undefined || (await take(receipt).catch(() => false))
  session.send(pdu.response(isTaken ? {} : { command_status: TEMPORARY }))
}

const delivered = 2
const undelivered = [3, 4, 5, 8]

/** What a receipt says: in fields of its own, or in the text that SMPP 3.4 describes. */
function receiptIn(pdu: Pdu): Receipt | undefined {
  if (((pdu.esm_class ?? 0) & RECEIPT_CLASS) === 0) return undefined
  const text = String(pdu.short_message?.message ?? '')
  const reference = pdu.receipted_message_id ?? /\bid:(\S+)/i.exec(text)?.[1]
  if (reference === undefined) return undefined
  const word = /\bstat:(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? ''
  if (pdu.message_state === delivered || word === 'DELIVRD') {
    return { reference, state: 'delivered' }
  }
  const isOver = undelivered.includes(pdu.message_state ?? 0)
  const isLost = ['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD'].includes(word)
  return isOver || isLost ? { reference, state: 'undelivered' } : undefined
}
