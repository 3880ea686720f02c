import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { Output } from '@tocsin/api/route.ts'
import { MadePasskey, type startPasskeySignIn, UsedPasskey } from '@tocsin/api/session.ts'

type Options = Output<typeof startPasskeySignIn>['options']

/** Lets the browser make a passkey; only what the node asks for travels. */
export async function makePasskey(options: Options): Promise<MadePasskey> {
  return MadePasskey.parse(await startRegistration({ optionsJSON: options as never }))
}

/** Lets the browser show a passkey. */
export async function showPasskey(options: Options): Promise<UsedPasskey> {
  return UsedPasskey.parse(await startAuthentication({ optionsJSON: options as never }))
}
