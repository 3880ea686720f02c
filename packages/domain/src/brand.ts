import { z } from 'zod'

/** An instant in UTC, always `YYYY-MM-DDTHH:mm:ss.sssZ`, so that text order is time order. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

/** A calendar day, `YYYY-MM-DD`, in no time zone. */
export const Day = z.iso.date().brand<'Day'>()
export type Day = z.infer<typeof Day>

/** A calendar month, `YYYY-MM`. */
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .brand<'Month'>()
export type Month = z.infer<typeof Month>

/** A chance between 0 and 1, both included. Never a percentage. */
export const Probability = z.number().min(0).max(1).brand<'Probability'>()
export type Probability = z.infer<typeof Probability>

/** ISO 3166-1 alpha-3 (and XKX, the code in use for Kosovo). */
export const CountryCode = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .brand<'CountryCode'>()
export type CountryCode = z.infer<typeof CountryCode>

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256>

export const PersonId = z.uuidv7().brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>

export const OrganisationId = z.uuidv7().brand<'OrganisationId'>()
export type OrganisationId = z.infer<typeof OrganisationId>
