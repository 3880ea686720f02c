import { Secret, TOTP } from 'otpauth'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { SoftwarePasskey } from '../packages/server/test/software-passkey.ts'
import { openBrowser } from './browser.ts'

/** Gives a page a device that makes and shows passkeys without asking; answers how it is given one. */
export async function giveDevice(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return async (passkey: SoftwarePasskey): Promise<void> => {
    const key = { ...passkey.handOver(), isResidentCredential: false, rpId: 'localhost' }
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: key })
  }
}

/** A browser of one person's own, with such a device. */
export async function openPerson(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await openBrowser({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  await giveDevice(page)
  return page
}

/** What an authenticator application shows for the key at the moment. */
export function codeOf(key: string, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(key.replace(/\s/g, '')) }).generate({ timestamp })
}

/** A link the node made, on the port it was given: the tests' node takes any that is free. */
export function reachable(link: string, nodeUrl: string): string {
  const url = new URL(link)
  url.port = new URL(nodeUrl).port
  return url.href
}
