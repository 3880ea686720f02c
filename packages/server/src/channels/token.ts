import { z } from 'zod'
import { openVault } from '../identity/secrets.ts'
import { isSame } from '../warnings/links.ts'

/*
 * A token names one thing and proves that this node gave it out: an id and a keyed hash, made anew
 * from the node's own key whenever it is needed and stored nowhere.
 */

const ID_SIGNS = 32
const MAC_SIGNS = 32

const macOf = async (home: string, what: string, id: string): Promise<string> =>
  (await openVault(home)).fingerprint(`${what} ${id}`).slice(0, MAC_SIGNS)

/** The token for a thing; `what` says for which use, so that one does not serve for another. */
export const tokenFor = async (home: string, what: string, id: string): Promise<string> =>
  `${id.replaceAll('-', '')}${await macOf(home, what, id)}`

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
