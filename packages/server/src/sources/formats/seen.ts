const pageBits = 1024

/** Remembers which numbers came up, in some bits each, so that a million of them stay small. */
export class Seen {
  readonly #pages = new Map<string, Uint32Array>()

  /** Notes a number (a whole one, not negative) of a group; true when it was noted before. */
  again(group: string, number: number): boolean {
    const key = `${group} ${Math.floor(number / pageBits)}`
    const page = this.#pages.get(key) ?? new Uint32Array(pageBits / 32)
    this.#pages.set(key, page)
    const at = number % pageBits
    const bit = 1 << (at % 32)
    const word = page[at >> 5] ?? 0
    page[at >> 5] = word | bit
    return (word & bit) !== 0
  }
}
