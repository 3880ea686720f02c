import type { Self } from '@tocsin/api/session.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { isStillKept, KeptCopy } from '@tocsin/domain/kept-copy.ts'
import { fromBase64Url, toBase64Url } from '@tocsin/records/base64.ts'
import type { Answers } from '../shell/answers.ts'
import type { Shell } from '../shell/context.ts'
import { buildOf } from '../shell/worker.ts'

/*
 * The room that a person read last, kept on the device so that it can be read without a link: one room, for twelve
 * hours after the node last answered, erased when they sign out. It is sealed with a key that the browser holds in a
 * cookie until it is closed, so that a device that is taken while the browser is not running gives nothing away.
 */

const PLACE = 'tocsin-room'
const KEY = 'tocsin-room-key'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const ALGORITHM = 'AES-GCM'

export type KeptRoom = {
  readonly self: Self
  /** The page's own address, without what only changes how it is drawn. */
  readonly path: string
  readonly title: string
  /** What the page is drawn from. */
  readonly answers: Answers
  readonly reader: Pick<Shell, 'locale' | 'theme' | 'keys'>
}

const random = (bytes: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(bytes))

/** Without `expires` a cookie goes when the browser is closed. */
function writeKey(value: string, more = ''): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the newer interface is not in every browser.
  document.cookie = `${KEY}=${value}; path=/; samesite=strict${secure}${more}`
}

function readKey(): Uint8Array<ArrayBuffer> | undefined {
  const all = document.cookie.split('; ').map((one) => one.split('='))
  const found = all.find(([name]) => name === KEY)?.[1]
  const bytes = found ? fromBase64Url(found) : undefined
  return bytes?.length === KEY_BYTES ? bytes : undefined
}

function makeKey(): Uint8Array<ArrayBuffer> {
  const bytes = random(KEY_BYTES)
  writeKey(toBase64Url(bytes))
  return bytes
}

const asKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['encrypt', 'decrypt'])

function readCopy(): KeptCopy | undefined {
  try {
    return KeptCopy.parse(JSON.parse(localStorage.getItem(PLACE) ?? 'null'))
  } catch {
    return undefined
  }
}

/** Keeps a room in place of the one before; nothing where the browser can seal nothing. */
export async function keepRoom(room: KeptRoom): Promise<void> {
  if (!globalThis.crypto?.subtle) return
  const nonce = random(NONCE_BYTES)
  const key = readKey() ?? makeKey()
  const plain = new TextEncoder().encode(JSON.stringify(room))
  const how = { name: ALGORITHM, iv: nonce }
  const sealed = await crypto.subtle.encrypt(how, await asKey(key), plain)
  // All was erased meanwhile, here or on another page: it stays so.
  if (readKey()?.join() !== key.join()) return
  const copy: KeptCopy = {
    person: room.self.person,
    at: Date.now(),
    build: buildOf(),
    nonce: toBase64Url(nonce),
    sealed: toBase64Url(new Uint8Array(sealed)),
  }
  localStorage.setItem(PLACE, JSON.stringify(copy))
}

/** The room that is kept; undefined where none is, and where it may not or cannot be read any more. */
export async function readKeptRoom(): Promise<KeptRoom | undefined> {
  const copy = readCopy()
  const key = readKey()
  const isReadable = copy && isStillKept(copy, Date.now()) && copy.build === buildOf()
  const [iv, sealed] = [copy?.nonce, copy?.sealed].map((text) => text && fromBase64Url(text))
  if (!key || !isReadable || !iv || !sealed) {
    forgetRoom()
    return undefined
  }
  const open = { name: ALGORITHM, iv }
  const plain = await crypto.subtle.decrypt(open, await asKey(key), sealed).catch(() => undefined)
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as KeptRoom)
}

/** Of whoever used this device: nothing of a room stays on it. */
export function forgetRoom(): void {
  localStorage.removeItem(PLACE)
  writeKey('', '; max-age=0')
}

/** Nothing stays for anybody but the person who is signed in, nor longer than it may. */
export function forgetRoomUnlessOf(person: PersonId | undefined): void {
  if (localStorage.getItem(PLACE) === null) return
  const copy = readCopy()
  if (!copy || copy.person !== person || !isStillKept(copy, Date.now())) forgetRoom()
}
