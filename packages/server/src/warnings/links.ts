import type { PersonId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { NotificationId } from '@tocsin/domain/notification.ts'
import type { OrganId } from '@tocsin/domain/trigger-rule.ts'
import type { App } from '../app.ts'
import { isSame, tokenIn } from '../channels/token.ts'
import { openVault, type Vault } from '../identity/secrets.ts'

/*
 * The link of a notice opens one letter for one office and does nothing else. Nothing of it stands in
 * the database: it is made anew, the same, from the node's own key each time a notice is written.
 */

const MAC_SIGNS = 32

const compact = (id: string): string => id.replaceAll('-', '')
const spread = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const macIn = ({ fingerprint }: Vault, what: string): string =>
  fingerprint(`letter ${what}`).slice(0, MAC_SIGNS)
const macOf = async (app: App, what: string): Promise<string> =>
  macIn(await openVault(app.node.home), what)

export type Links = {
  /** The address that a person opens to acknowledge: it names nobody and says nothing. */
  readonly toLetter: (notification: NotificationId) => string
  /** The page of a matter, for those who sign in. */
  readonly toMatter: (matter: MatterId) => string
  /** What is done on a matter, for the same. */
  readonly toPlan: (matter: MatterId) => string
  /** The agenda of an organ, for the same. */
  readonly toAgenda: (organ: OrganId) => string
  /** Where a gateway may say later what became of a notice that it took. */
  readonly toReceipt: (delivery: string) => string
}

/** Links for as many notices as are written at once: the key is read once. */
export async function openLinks({ node: { home, origin } }: App): Promise<Links> {
  const vault = await openVault(home)
  return {
    toLetter: (id) => `${origin}/a/${compact(id)}${macIn(vault, `link ${id}`)}`,
    toMatter: (id) => `${origin}/matters/${id}`,
    toPlan: (id) => `${origin}/matters/${id}/plan`,
    toAgenda: (id) => `${origin}/agendas/${id}`,
    toReceipt: (id) => `${origin}/api/receipts/${tokenIn(vault, 'receipt', id)}`,
  }
}

/** Whose letter a token opens; undefined for one that was not made here. */
export async function readToken(app: App, token: string): Promise<NotificationId | undefined> {
  if (!/^[0-9a-f]{64}$/.test(token)) return undefined
  const parsed = NotificationId.safeParse(spread(token.slice(0, 32))).data
  if (!parsed) return undefined
  const mac = await macOf(app, `link ${parsed}`)
  return isSame(mac, token.slice(32)) ? parsed : undefined
}

/** Six digits that open the letter's text: told by another way than the link. */
export async function codeFor(app: App, notification: NotificationId): Promise<string> {
  const mac = await macOf(app, `code ${notification}`)
  return String(Number.parseInt(mac.slice(0, 12), 16) % 1_000_000).padStart(6, '0')
}

/** Bound to the moment at which a page was shown: its forms count only for a while after it. */
export async function sealMoment(app: App, token: string): Promise<string> {
  const at = Date.parse(app.clock())
  return `${at}.${await macOf(app, `shown ${token} ${at}`)}`
}

/** How long ago the page of this letter was shown, in milliseconds; undefined for a made-up moment. */
export async function ageOf(app: App, token: string, sealed: string): Promise<number | undefined> {
  const [at = '', mac = ''] = sealed.split('.')
  if (!/^\d{1,15}$/.test(at) || !isSame(await macOf(app, `shown ${token} ${at}`), mac)) {
    return undefined
  }
  return Date.parse(app.clock()) - Number(at)
}

/** The name under which a notice leaves on every attempt: whoever gets it twice can see so. */
export const noticeName = (
  about: NotificationId | MatterId,
  person: PersonId,
  step: string,
): string => `${compact(about)}.${compact(person)}.${step}`
