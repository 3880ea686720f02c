/**
 * The PADMÉ size that so many bytes are padded to: 12 % more at most, and of the size of what was
 * said only its order of magnitude and a few bits are left to see.
 */
export function padme(length: number): number {
  if (length < 2) return length
  const exponent = floorLog2(length)
  const unit = 2 ** Math.max(0, exponent - floorLog2(exponent || 1) - 1)
  return Math.ceil(length / unit) * unit
}

const floorLog2 = (value: number): number => value.toString(2).length - 1
