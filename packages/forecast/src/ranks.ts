/** Rank of each value, 1 for the highest; equal values share the better rank (R's ties "min"). */
export function ranksFromHighest(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_, index) => index).sort(
    (a, b) => (values[b] as number) - (values[a] as number),
  )
  const ranks = new Int32Array(values.length)
  order.forEach((index, position) => {
    const before = order[position - 1]
    const tied = before !== undefined && values[before] === values[index]
    ranks[index] = tied ? (ranks[before] as number) : position + 1
  })
  return ranks
}
