import { utf8ToBytes } from '@noble/hashes/utils.js'

/** `String.fromCharCode` takes only so many at once; a multiple of three joins without padding. */
const part = 3 * 4096

/** Base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += part) {
    // Applied, not spread: many times faster on bytes, and every record goes through here.
    const codes = bytes.subarray(at, at + part) as unknown as number[]
    parts.push(btoa(String.fromCharCode.apply(null, codes)))
  }
  return parts.join('')
}

/** Base64url without padding (RFC 7515). */
export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

export const textToBase64Url = (text: string): string => toBase64Url(utf8ToBytes(text))

/** The bytes of a text in base64 if it is the only text that these bytes have. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const signs = atob(text)
    if (btoa(signs) !== text) return undefined
    const bytes = new Uint8Array(signs.length)
    for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at)
    return bytes
  } catch {
    return undefined
  }
}

/** The same for base64url: bits that the last sign leaves over must be none. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (/[+/=]/.test(text)) return undefined
  const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=')
  return fromBase64(padded.replaceAll('-', '+').replaceAll('_', '/'))
}
