declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server } from 'node:net'

  /** As much of the package as is used; it ships no types of its own. */
  export type Pdu = {
    readonly command_status: number
    readonly message_id?: string
    readonly receipted_message_id?: string
    readonly message_state?: number
    readonly esm_class?: number
    readonly short_message?: { readonly message?: string | Buffer }
    readonly source_addr?: string
    readonly destination_addr?: string
    readonly data_coding?: number
    readonly registered_delivery?: number
    readonly system_id?: string
    readonly password?: string
    readonly response: (options?: object) => Pdu
  }
  type Ask = (options: object, answered: (pdu: Pdu) => void) => boolean
  export type Session = EventEmitter & {
    readonly bind_transceiver: Ask
    readonly submit_sm: Ask
    readonly deliver_sm: Ask
    readonly enquire_link: (answered?: (pdu: Pdu) => void) => boolean
    readonly send: (pdu: Pdu) => boolean
    readonly destroy: () => void
  }
  export const connect: (options: object) => Session
  export const createServer: (options: object, listener: (session: Session) => void) => Server
}
