import type { KernelFunctions } from './kernel.ts'
import { evenTerms, ln2High, ln2Low, oddTerms, roundingShift } from './logistic-constants.ts'
import { assemble, type Code, type ValueType, type WasmFunction, wasm } from './wasm-assembler.ts'

const { get, set, integer, addIntegers, load, store, add, multiply, subtract } = wasm

const i32s = (count: number): ValueType[] => Array<ValueType>(count).fill('i32')
const v128s = (count: number): ValueType[] => Array<ValueType>(count).fill('v128')
const times = (count: number, make: (index: number) => Code): Code[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Runs the body for byte offsets 0, step, 2 step .. below 8 * count; `offset` and `end` are locals. */
function overDoubles(
  count: number,
  offset: number,
  end: number,
  step: number,
  body: Code[],
): Code[] {
  return [
    set(end, wasm.shiftLeft(get(count), integer(3))),
    set(offset, integer(0)),
    wasm.when(get(end), [
      wasm.repeatWhile(wasm.lessThan(get(offset), get(end)), [
        ...body,
        set(offset, addIntegers(get(offset), integer(step))),
      ]),
    ]),
  ]
}

/** `rows` by `columns` sums of products at once, so that each loaded value is used several times. */
function products(name: string, rows: number, columns: number): WasmFunction {
  const count = rows + columns
  const out = count + 1
  const offset = count + 2
  const end = count + 3
  const firstSum = count + 4
  const firstLoaded = firstSum + rows * columns
  const sum = (row: number, column: number) => firstSum + row * columns + column
  const body: Code[] = []
  const loaded = (i: number, lane: number) =>
    set(firstLoaded + i, load(addIntegers(get(i), get(offset)), lane))
  for (const lane of [0, 16]) {
    body.push(...times(columns, (column) => loaded(rows + column, lane)))
    // One left value at a time: all of them at once would not fit the sixteen registers.
    for (let row = 0; row < rows; row++) {
      body.push(loaded(row, lane))
      for (let column = 0; column < columns; column++) {
        const product = multiply(get(firstLoaded + row), get(firstLoaded + rows + column))
        body.push(set(sum(row, column), add(get(sum(row, column)), product)))
      }
    }
  }
  const write = times(rows * columns, (slot) => {
    const total = get(firstSum + slot)
    const joined = wasm.addNumbers(wasm.lane(total, 0), wasm.lane(total, 1))
    return wasm.storeNumber(addIntegers(get(out), integer(8 * slot)), joined)
  })
  return {
    name,
    parameters: i32s(count + 2),
    locals: [...i32s(2), ...v128s(rows * columns + count)],
    body: [...overDoubles(count, offset, end, 32, body), ...write],
  }
}

function scale(): WasmFunction {
  const [a, b, count, out, offset, end] = [0, 1, 2, 3, 4, 5] as const
  const at = (base: number) => addIntegers(get(base), get(offset))
  const body = [0, 16].map((lane) =>
    store(at(out), multiply(load(at(a), lane), load(at(b), lane)), lane),
  )
  return {
    name: 'scale',
    parameters: i32s(4),
    locals: i32s(2),
    body: overDoubles(count, offset, end, 32, body),
  }
}

function combine(): WasmFunction {
  const [count, out, offset, end, factors] = [6, 7, 8, 9, 10] as const
  const at = (base: number) => addIntegers(get(base), get(offset))
  const body = [0, 16].map((lane) => {
    let sum = load(at(out), lane)
    for (let i = 0; i < 3; i++) sum = add(sum, multiply(get(factors + i), load(at(3 + i), lane)))
    return store(at(out), sum, lane)
  })
  return {
    name: 'combine',
    parameters: ['f64', 'f64', 'f64', ...i32s(5)],
    locals: [...i32s(2), ...v128s(3)],
    body: [
      ...times(3, (i) => set(factors + i, wasm.splat(get(i)))),
      ...overDoubles(count, offset, end, 32, body),
    ],
  }
}

/** Runs the body for every row of every group; `before` and `after` run once a group. */
function overGroups(
  locals: { starts: number; groups: number; group: number; row: number; end: number },
  body: Code[],
  before: Code[],
  after: Code[],
): Code[] {
  const { starts, groups, group, row, end } = locals
  const startOf = (index: Code) =>
    wasm.loadInteger(addIntegers(get(starts), wasm.shiftLeft(index, integer(2))))
  return [
    set(group, integer(0)),
    set(row, wasm.shiftLeft(wasm.loadInteger(get(starts)), integer(3))),
    wasm.repeatWhile(wasm.lessThan(get(group), get(groups)), [
      set(end, wasm.shiftLeft(startOf(addIntegers(get(group), integer(1))), integer(3))),
      ...before,
      wasm.repeatWhile(wasm.lessThan(get(row), get(end)), [
        ...body,
        set(row, addIntegers(get(row), integer(8))),
      ]),
      ...after,
      set(group, addIntegers(get(group), integer(1))),
    ]),
  ]
}

function spread(): WasmFunction {
  const [values, starts, groups, out, group, row, end, value] = [0, 1, 2, 3, 4, 5, 6, 7] as const
  const groupAt = addIntegers(get(values), wasm.shiftLeft(get(group), integer(3)))
  return {
    name: 'spread',
    parameters: i32s(4),
    locals: [...i32s(3), 'f64'],
    body: overGroups(
      { starts, groups, group, row, end },
      [wasm.storeNumber(addIntegers(get(out), get(row)), get(value))],
      [set(value, wasm.loadNumber(groupAt))],
      [],
    ),
  }
}

function groupSums(): WasmFunction {
  const [starts, groups, group, row, end, sums] = [3, 4, 8, 9, 10, 11] as const
  const byGroup = wasm.shiftLeft(get(group), integer(3))
  const addRow = (i: number) =>
    set(sums + i, wasm.addNumbers(get(sums + i), wasm.loadNumber(addIntegers(get(i), get(row)))))
  return {
    name: 'groupSums',
    parameters: i32s(8),
    locals: [...i32s(3), 'f64', 'f64', 'f64'],
    body: overGroups(
      { starts, groups, group, row, end },
      times(3, addRow),
      times(3, (i) => set(sums + i, wasm.number(0))),
      times(3, (i) => wasm.storeNumber(addIntegers(get(5 + i), byGroup), get(sums + i))),
    ),
  }
}

/** Two lanes of e^t, the steps of `exponential`. Uses four locals from `scratch` on. */
function exponential(t: number, scratch: number): { steps: Code[]; value: Code } {
  const [shifted, power, rest, square] = [scratch, scratch + 1, scratch + 2, scratch + 3] as const
  const shift = wasm.constant(roundingShift)
  const part = (ln2: number) => multiply(get(power), wasm.constant(ln2))
  const steps = [
    set(shifted, add(multiply(get(t), wasm.constant(Math.LOG2E)), shift)),
    set(power, subtract(get(shifted), shift)),
    set(rest, subtract(subtract(get(t), part(ln2High)), part(ln2Low))),
    set(square, multiply(get(rest), get(rest))),
  ]
  const chain = ([first = 0, ...others]: readonly number[]) =>
    others.reduce<Code>(
      (sum, term) => add(multiply(sum, get(square)), wasm.constant(term)),
      wasm.constant(first),
    )
  const sum = add(chain(evenTerms), multiply(chain(oddTerms), get(rest)))
  const exponent = wasm.shiftLongsLeft(get(shifted), integer(52))
  return { steps, value: multiply(sum, wasm.addLongs(exponent, wasm.bits(0, 0x3ff00000))) }
}

function logistic(): WasmFunction {
  const [logOdds, outcome, weight, count, limit, q, v, r] = [0, 1, 2, 3, 4, 5, 6, 7] as const
  const [offset, end, f, t, chance, weighted, high, low, scratch] = [
    8, 9, 10, 11, 12, 13, 14, 15, 16,
  ] as const
  const at = (base: number) => addIntegers(get(base), get(offset))
  const [one, zero] = [wasm.constant(1), wasm.constant(0)]
  const power = exponential(t, scratch)
  const body: Code[] = [
    set(f, load(at(logOdds))),
    set(t, subtract(zero, get(f))),
    ...power.steps,
    set(chance, wasm.divide(one, add(one, power.value))),
    set(chance, wasm.select(one, get(chance), wasm.greater(get(f), get(high)))),
    set(chance, wasm.select(zero, get(chance), wasm.less(get(f), get(low)))),
    set(weighted, load(at(weight))),
    store(at(q), get(chance)),
    store(at(v), multiply(multiply(get(weighted), get(chance)), subtract(one, get(chance)))),
    store(at(r), multiply(get(weighted), subtract(load(at(outcome)), get(chance)))),
  ]
  return {
    name: 'logistic',
    parameters: ['i32', 'i32', 'i32', 'i32', 'f64', 'i32', 'i32', 'i32'],
    locals: [...i32s(2), ...v128s(10)],
    body: [
      set(high, wasm.splat(get(limit))),
      set(low, subtract(zero, get(high))),
      ...overDoubles(count, offset, end, 16, body),
    ],
  }
}

let compiled: WebAssembly.Module | null | undefined

function compile(): WebAssembly.Module | null {
  const bytes = assemble([
    products('tile', 3, 3),
    products('strip', 3, 1),
    scale(),
    combine(),
    spread(),
    groupSums(),
    logistic(),
  ])
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    // No WebAssembly, no SIMD, or a policy that forbids compiling: the plain version serves.
    return null
  }
}

/** The kernel as WebAssembly over so many pages of memory, or nothing where it cannot run. */
export function simdFunctions(
  pages: number,
): { buffer: ArrayBuffer; functions: KernelFunctions } | undefined {
  if (compiled === undefined) compiled = compile()
  if (compiled === null) return undefined
  const memory = new WebAssembly.Memory({ initial: pages })
  const { exports } = new WebAssembly.Instance(compiled, { kernel: { memory } })
  return { buffer: memory.buffer, functions: exports as unknown as KernelFunctions }
}
