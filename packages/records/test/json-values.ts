import fc from 'fast-check'
import type { Json } from '../src/canonical.ts'

const text = fc.string({ unit: 'binary' }).filter((value) => value !== '__proto__')
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    noNaN: true,
  }),
)

/** Every JSON value that the network lets in, in its plainest objects. */
export const networkJson: fc.Arbitrary<Json> = fc
  .letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(text, number, fc.boolean(), fc.constant(null)),
      fc.array(tie('value')),
      fc.dictionary(text, tie('value')),
    ),
  }))
  // -0 and the lack of a prototype do not survive JSON.
  .value.map((value) => JSON.parse(JSON.stringify(value)) as Json)
