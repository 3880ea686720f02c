import { Secret, TOTP } from 'otpauth'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'

/** A browser of one person's own, whose device makes and shows passkeys without asking. */
export async function openPerson(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await openBrowser({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
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
