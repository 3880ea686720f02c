import { registerWorker } from '../shell/worker.ts'

/** Where the browser takes notices, and the keys that only it can open them with. */
type Subscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

/** Asks the person and their browser; undefined where either does not want to, or cannot. */
export async function subscribe(pushKey: string): Promise<Subscription | undefined> {
  if (!('PushManager' in globalThis)) return undefined
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const registration = await registerWorker()
  const made = await registration?.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    .catch(() => undefined)
  const { endpoint, keys } = made?.toJSON() ?? {}
  const { p256dh, auth } = keys ?? {}
  return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : undefined
}
