/** Bytes in pieces of one size, so that no large piece and no small one decides what is read or held. */
export async function* inPieces(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(size)
  let filled = 0
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + size - filled)
      piece.set(part, filled)
      filled += part.length
      from += part.length
      if (filled < size) continue
      yield piece
      piece = new Uint8Array(size)
      filled = 0
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}

/** Items that were taken from a stream to look at them, then the rest of the stream. */
export async function* resumed<Item>(
  taken: readonly Item[],
  rest: AsyncIterator<Item>,
): AsyncGenerator<Item> {
  try {
    yield* taken
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
