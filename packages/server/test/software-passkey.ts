import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { MadePasskey, UsedPasskey } from '@tocsin/api/session.ts'

/*
 * The person's device, which is the outside world: an authenticator that keeps ES256 keys in
 * memory and answers as a browser would (WebAuthn Level 3, sections 6.1, 6.5 and 7).
 */

type Options = Readonly<Record<string, unknown>>

type Faults = {
  /** The page the browser says it is on; a phishing page is another. */
  readonly origin?: string
  /** A device that did not ask for a PIN, a finger or a face. */
  readonly isVerified?: boolean
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const ATTESTED = 0x40

export class SoftwarePasskey {
  readonly id = randomBytes(16).toString('base64url')
  readonly #key: KeyObject
  readonly #publicKey: Buffer
  readonly #origin: string
  #counter = 0

  constructor(origin: string) {
    this.#origin = origin
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#key = privateKey
    // COSE key map {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053, section 7.1).
    this.#publicKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
  }

  make(options: Options, faults: Faults = {}): MadePasskey {
    const id = Buffer.from(this.id, 'base64url')
    const length = Buffer.from([0, id.length])
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.#publicKey])
    const { id: rpId } = options['rp'] as { id: string }
    const authData = this.#authData(rpId, ATTESTED, attested, faults)
    // {"fmt": "none", "attStmt": {}, "authData": bytes of a 16-bit length}
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
      Buffer.from([authData.length >> 8, authData.length & 0xff]),
      authData,
    ])
    return {
      ...this.#answer(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options, faults).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  use(options: Options, faults: Faults = {}): UsedPasskey {
    const clientData = this.#clientData('webauthn.get', options, faults)
    const authData = this.#authData(String(options['rpId']), 0, Buffer.alloc(0), faults)
    const hash = createHash('sha256').update(clientData).digest()
    const signature = sign('sha256', Buffer.concat([authData, hash]), this.#key)
    return {
      ...this.#answer(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
      },
    }
  }

  /** The key as the device of a real browser takes it: there it is shown from now on. */
  handOver() {
    const key = this.#key.export({ format: 'der', type: 'pkcs8' })
    return {
      credentialId: Buffer.from(this.id, 'base64url').toString('base64'),
      privateKey: key.toString('base64'),
      signCount: this.#counter,
    }
  }

  #answer() {
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
    } as const
  }

  #clientData(type: string, { challenge }: Options, { origin = this.#origin }: Faults): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  #authData(rpId: string, flags: number, rest: Buffer, { isVerified = true }: Faults): Buffer {
    this.#counter += 1
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.#counter)
    const verified = isVerified ? USER_VERIFIED : 0
    return Buffer.concat([
      createHash('sha256').update(rpId).digest(),
      Buffer.from([USER_PRESENT | verified | flags]),
      counter,
      rest,
    ])
  }
}
