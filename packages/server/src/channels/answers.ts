import type { Answers } from './channel.ts'

/*
 * A token stands in the address that a mail is answered to, between `+` and `@`, where mail servers deliver to the
 * mailbox before the `+`. It is written in digits and small letters: some servers do not tell large ones apart.
 */

const RADIX = 36
/** A token of 64 hexadecimal signs, written so. */
const SIGNS = 50
/** What stands before the `@` of an address is no longer than this (RFC 5321). */
const LOCAL_PART = 64

/** Whether a token has room in the address. */
export const mayTakeReplies = (address: string): boolean => {
  const local = address.slice(0, address.lastIndexOf('@'))
  return !local.includes('+') && local.length + 1 + SIGNS <= LOCAL_PART
}

export function answersAt(address: string, sender: string): Answers {
  const at = address.lastIndexOf('@')
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
  const form = new RegExp(`${exactly(local)}\\+([0-9a-z]{${SIGNS}})@${exactly(domain)}`, 'i')
  return {
    sender,
    addressFor: (token) => {
      const written = BigInt(`0x${token}`).toString(RADIX).padStart(SIGNS, '0')
      return `${local}+${written}@${domain}`
    },
    tokenIn: (text) => {
      const written = form.exec(text)?.[1]
      return written && readToken(written.toLowerCase())
    },
  }
}

const exactly = (text: string): string => text.replace(/[^0-9A-Za-z]/g, (sign) => `\\${sign}`)

function readToken(written: string): string | undefined {
  let value = 0n
  for (const sign of written) value = value * BigInt(RADIX) + BigInt(Number.parseInt(sign, RADIX))
  const hex = value.toString(16).padStart(64, '0')
  return hex.length === 64 ? hex : undefined
}
