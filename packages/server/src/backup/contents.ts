import { createHash } from 'node:crypto'
import { Problem } from '@tocsin/domain/problem.ts'
import { z } from 'zod'
import type { Frame, SealedFile } from './container.ts'

/** What a backup says of itself before its sections. */
export const Header = z.strictObject({
  madeAt: z.iso.datetime(),
  product: z.string().max(40),
  postgres: z.string().max(200),
  migrations: z.array(z.strictObject({ name: z.string(), hash: z.string(), ranAt: z.string() })),
})
export type Header = z.infer<typeof Header>

const name = z.string().min(1).max(63)

/** A table in PostgreSQL's own text form, or a file of the node's folder. */
export const Section = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('table'),
    schema: name,
    table: name,
    columns: z.array(name).min(1),
  }),
  z.strictObject({ kind: z.literal('file'), path: z.string().max(400) }),
])
export type Section = z.infer<typeof Section>
export type TableSection = Extract<Section, { kind: 'table' }>

/** What a section held, said once it is over: `rows` counts its lines. */
export const Sum = z.strictObject({
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string(),
})
export type Sum = z.infer<typeof Sum>

const Sequence = z.strictObject({
  schema: name,
  sequence: name,
  value: z.int(),
  called: z.boolean(),
})

/** The last word: what is no table, and how many sections there were. */
export const Trailer = z.strictObject({
  sections: z.int().min(0),
  sequences: z.array(Sequence),
})
export type Trailer = z.infer<typeof Trailer>

/** Counts and hashes bytes as they pass. */
export function openSum() {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    add: (chunk: Buffer) => {
      hash.update(chunk)
      bytes += chunk.length
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1
    },
    end: (): Sum => ({ rows, bytes, sha256: hash.digest('hex') }),
  }
}

/** What is done with each part of a backup as it is read. */
export type Visitor = {
  readonly header: (header: Header) => Promise<void>
  /** Reads the content to its end, or not at all. */
  readonly section: (section: Section, content: AsyncIterable<Buffer>) => Promise<void>
  readonly sum: (section: Section, sum: Sum) => void
  readonly trailer: (trailer: Trailer) => Promise<void>
}

/** Walks through a backup in order, holding every section to its count and hash. */
export async function walk({ frames }: SealedFile, file: string, visitor: Visitor): Promise<void> {
  const iterator = frames()[Symbol.asyncIterator]()
  const next = async (): Promise<Frame> => {
    const { value, done } = await iterator.next()
    if (done) throw new RangeError('the backup ends before its end')
    return value
  }
  try {
    await walkFrames(next, visitor)
    const { done } = await iterator.next()
    if (!done) throw new RangeError('something follows the end')
  } catch (error) {
    throw isMalformed(error) ? new Problem('backup.damaged', { file }, { cause: error }) : error
  } finally {
    await iterator.return?.()
  }
}

function isMalformed(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError) return true
  if (error instanceof z.ZodError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('Z_')
}

async function walkFrames(next: () => Promise<Frame>, visitor: Visitor): Promise<void> {
  await visitor.header(Header.parse(said(await next(), 'H')))
  let sections = 0
  for (let frame = await next(); ; frame = await next()) {
    if (frame.kind === 'Z') {
      const trailer = Trailer.parse(said(frame, 'Z'))
      if (trailer.sections !== sections) throw new RangeError('sections are missing')
      return visitor.trailer(trailer)
    }
    const section = Section.parse(said(frame, 'S'))
    visitor.sum(section, await walkSection(section, next, visitor))
    sections += 1
  }
}

async function walkSection(
  section: Section,
  next: () => Promise<Frame>,
  visitor: Visitor,
): Promise<Sum> {
  const sum = openSum()
  let last: Frame | undefined
  async function* content(): AsyncGenerator<Buffer> {
    for (let frame = await next(); ; frame = await next()) {
      if (frame.kind !== 'D') {
        last = frame
        return
      }
      sum.add(frame.payload)
      yield frame.payload
    }
  }
  const bytes = content()
  await visitor.section(section, bytes)
  for await (const chunk of bytes) void chunk
  if (!last) throw new RangeError('a section was not read to its end')
  const claimed = Sum.parse(said(last, 'E'))
  const found = sum.end()
  if (found.sha256 !== claimed.sha256 || found.rows !== claimed.rows) {
    throw new RangeError('a section is not what its sum says')
  }
  return found
}

function said({ kind, payload }: Frame, expected: Frame['kind']): unknown {
  if (kind !== expected) throw new RangeError(`${kind} where ${expected} belongs`)
  return JSON.parse(payload.toString('utf8'))
}
