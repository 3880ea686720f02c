import type { Instant } from '@tocsin/domain/brand.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

/** A moment in words, always in UTC, so that everybody names the same one. */
export function Time({ at }: { readonly at: Instant }) {
  const { locale } = useShell()
  return <time dateTime={at}>{formatInstant(locale, at)}</time>
}
