/** The bytes from the first to the last, both included. */
export type ByteRange = { readonly from: number; readonly to: number }

/**
 * What a Range header (RFC 9110) asks of so many bytes: one range; all of it where the header is
 * missing, of another unit, of several ranges or no range at all; nothing where it begins behind the end.
 */
export function rangeIn(header: string | undefined, size: number): ByteRange | 'all' | 'none' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return 'all'
  if (first === '') {
    const from = Math.max(0, size - Number(last))
    return from < size ? { from, to: size - 1 } : 'none'
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return 'all'
  return from < size ? { from, to } : 'none'
}

/** As it stands in the answer: `bytes 0-99/1000`. */
export const contentRange = ({ from, to }: ByteRange, size: number): string =>
  `bytes ${from}-${to}/${size}`
