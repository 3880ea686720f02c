/** One WebAssembly expression or instruction, as its bytes. */
export type Code = readonly number[]
export type ValueType = 'i32' | 'f64' | 'v128'
/** A function of the module; locals are numbered parameters first, as WebAssembly does. */
export type WasmFunction = {
  readonly name: string
  readonly parameters: readonly ValueType[]
  readonly locals: readonly ValueType[]
  readonly body: readonly Code[]
}

const typeCodes = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  const low = value & 127
  const rest = value >> 7
  const last = (rest === 0 && low < 64) || (rest === -1 && low >= 64)
  return last ? [low] : [low | 128, ...signed(rest)]
}

function doubleBytes(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)]
}

function vector(items: readonly Code[]): number[] {
  return [...unsigned(items.length), ...items.flat()]
}

function sized(bytes: Code): number[] {
  return [...unsigned(bytes.length), ...bytes]
}

function section(id: number, items: readonly Code[]): number[] {
  return [id, ...sized(vector(items))]
}

function text(value: string): number[] {
  return sized([...value].map((letter) => letter.charCodeAt(0)))
}

function binary(...opcode: number[]): (left: Code, right: Code) => Code {
  return (left, right) => [...left, ...right, ...opcode]
}

/** The instructions the kernel needs, by the names the WebAssembly core specification gives them. */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)],
  integer: (value: number): Code => [0x41, ...signed(value)],
  addIntegers: binary(0x6a),
  shiftLeft: binary(0x74),
  lessThan: binary(0x49),
  loadInteger: (address: Code): Code => [...address, 0x28, 2, 0],
  number: (value: number): Code => [0x44, ...doubleBytes(value)],
  loadNumber: (address: Code): Code => [...address, 0x2b, 3, 0],
  storeNumber: (address: Code, value: Code): Code => [...address, ...value, 0x39, 3, 0],
  addNumbers: binary(0xa0),
  load: (address: Code, offset = 0): Code => [...address, 0xfd, 0, 3, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    0xfd,
    0x0b,
    3,
    ...unsigned(offset),
  ],
  splat: (value: Code): Code => [...value, 0xfd, 0x14],
  lane: (value: Code, index: number): Code => [...value, 0xfd, 0x21, index],
  /** Both lanes hold the same 64 bits. */
  bits: (low: number, high: number): Code => {
    const lane = [...new Uint8Array(Uint32Array.of(low, high).buffer)]
    return [0xfd, 0x0c, ...lane, ...lane]
  },
  constant: (value: number): Code => [0xfd, 0x0c, ...doubleBytes(value), ...doubleBytes(value)],
  add: binary(0xfd, 0xf0, 1),
  subtract: binary(0xfd, 0xf1, 1),
  multiply: binary(0xfd, 0xf2, 1),
  divide: binary(0xfd, 0xf3, 1),
  greater: binary(0xfd, 0x4a),
  less: binary(0xfd, 0x49),
  addLongs: binary(0xfd, 0xce, 1),
  shiftLongsLeft: binary(0xfd, 0xcb, 1),
  /** `yes` where the mask is set, `no` elsewhere. */
  select: (yes: Code, no: Code, mask: Code): Code => [...yes, ...no, ...mask, 0xfd, 0x52],
  /** Repeats while the condition holds at the end, so the body runs at least once. */
  repeatWhile: (condition: Code, body: readonly Code[]): Code => [
    0x03,
    0x40,
    ...body.flat(),
    ...condition,
    0x0d,
    0,
    0x0b,
  ],
  when: (condition: Code, body: readonly Code[]): Code => [
    ...condition,
    0x04,
    0x40,
    ...body.flat(),
    0x0b,
  ],
} as const

/** A module with these functions exported by name, over a memory imported as `kernel.memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const valueTypes = (types: readonly ValueType[]) => vector(types.map((type) => [typeCodes[type]]))
  const bodies = functions.map(({ locals, body }) =>
    sized([...vector(locals.map((type) => [1, typeCodes[type]])), ...body.flat(), 0x0b]),
  )
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, ...valueTypes(parameters), 0]),
    ),
    ...section(2, [[...text('kernel'), ...text('memory'), 2, 0, 1]]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]),
    ),
    ...section(10, bodies),
  ])
}
