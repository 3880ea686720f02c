import { randomBytes } from 'node:crypto'
import type { Instant, PersonId } from '@tocsin/domain/brand.ts'
import { Secret, TOTP } from 'otpauth'
import type { Tx } from '../database/database.ts'
import { hashToken, type Vault } from './secrets.ts'

const PERIOD_SECONDS = 30
const RECOVERY_CODES = 10

/** A new secret for an authenticator application, in base 32. */
export function newAuthenticatorSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What the application reads from the square code: an `otpauth:` address. */
export function authenticatorAddress(secret: string, label: string): string {
  return totpOf(secret, label).toString()
}

/** The step (RFC 6238) the code belongs to, one step of clock error allowed; undefined if none. */
export function stepOfCode(secret: string, code: string, now: Instant): number | undefined {
  const timestamp = Date.parse(now)
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 })
  if (delta === null) return undefined
  return Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
}

function totpOf(secret: string, label = ''): TOTP {
  const period = PERIOD_SECONDS
  return new TOTP({ issuer: 'Tocsin', label, secret: Secret.fromBase32(secret), period })
}

/** Takes a code of the authenticator or a recovery code; each is taken once. */
export async function takeCode(
  tx: Tx,
  vault: Vault,
  claim: { readonly person: PersonId; readonly code: string; readonly now: Instant },
): Promise<boolean> {
  const { person, code, now } = claim
  if (!/^\d{6}$/.test(code)) return takeRecoveryCode(tx, claim)
  const row = await tx
    .selectFrom('authenticator')
    .select('sealed_secret')
    .where('person', '=', person)
    .executeTakeFirst()
  const secret = row && vault.unseal(row.sealed_secret, person)
  const step = secret === undefined ? undefined : stepOfCode(secret, code, now)
  if (step === undefined) return false
  // The condition, not a check before it, decides: of two at once only one moves the step.
  const { numUpdatedRows } = await tx
    .updateTable('authenticator')
    .set({ last_step: step })
    .where('person', '=', person)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function takeRecoveryCode(
  tx: Tx,
  { person, code, now }: { person: PersonId; code: string; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('hash', '=', hashRecoveryCode(person, code))
    .where('person', '=', person)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Ten new recovery codes in place of the old; shown once, of 80 bits each. */
export async function replaceRecoveryCodes(tx: Tx, person: PersonId): Promise<string[]> {
  await tx.deleteFrom('recovery_code').where('person', '=', person).execute()
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const bytes = Uint8Array.from(randomBytes(10))
    return new Secret({ buffer: bytes.buffer }).base32.replace(/(.{4})(?=.)/g, '$1-')
  })
  const rows = codes.map((code) => ({
    hash: hashRecoveryCode(person, code),
    person,
    used_at: null,
  }))
  await tx.insertInto('recovery_code').values(rows).execute()
  return codes
}

/** However it is typed: spaces, dashes and small letters make no difference. */
const hashRecoveryCode = (person: PersonId, code: string) =>
  hashToken(`${person} ${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`)
