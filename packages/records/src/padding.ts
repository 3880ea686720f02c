/**
 * The PADMÉ size that so many bytes are padded to: 12 % more at most, and of the size of what was
 * said only its order of magnitude and a few bits are left to see.
 */
export function padme(length: number): number {
  if (length < 2) return length
  const exponent = Math.floor(Math.log2(length))
  const unit = 2 ** (exponent - (Math.floor(Math.log2(exponent || 1)) + 1))
  return unit < 1 ? length : Math.ceil(length / unit) * unit
}
