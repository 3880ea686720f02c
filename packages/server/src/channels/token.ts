import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { openVault, type Vault } from '../identity/secrets.ts'

/*
 * A token names one thing and proves that this node gave it out: an id and a keyed hash, made anew
 * from the node's own key whenever it is needed and stored nowhere.
 */

const ID_SIGNS = 32
const MAC_SIGNS = 32

const macIn = ({ fingerprint }: Vault, what: string, id: string): string =>
  fingerprint(`${what} ${id}`).slice(0, MAC_SIGNS)
const macOf = async (home: string, what: string, id: string): Promise<string> =>
  macIn(await openVault(home), what, id)

/** The token for a thing, by a vault that is open already. */
export const tokenIn = (vault: Vault, what: string, id: string): string =>
  `${id.replaceAll('-', '')}${macIn(vault, what, id)}`

/** The token for a thing; `what` says for which use, so that one does not serve for another. */
export const tokenFor = async (home: string, what: string, id: string): Promise<string> =>
  tokenIn(await openVault(home), what, id)

/** The id that a token names, which proves nothing yet. */
export function idIn(token: string): string | undefined {
  const hex = token.slice(0, ID_SIGNS)
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return z.uuidv7().safeParse(id).data
}

/** Whether this node made the token, for this use. */
export const isTokenFor = async (
  home: string,
  what: string,
  id: string,
  token: string,
): Promise<boolean> => isSame(await macOf(home, what, id), token.slice(ID_SIGNS))

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
