import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { verifyAudit } from '@tocsin/api/audit.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  AuditEntry,
  type ChainFault,
  chainStart,
  findChainFault,
  LogHeader,
} from '@tocsin/records/chain.ts'
import type { Command } from 'commander'
import type { z } from 'zod'
import { type Context, exits } from './context.ts'

/** `tocsin audit ...`: whether the log of who did what still holds. */
export function addAuditCommands(program: Command, context: () => Context): void {
  program
    .command('audit')
    .description('The log of who did what on this node')
    .command('verify')
    .description('Check the whole chain: of a saved log, without a node; else of the running node')
    .argument('[file]', 'a log as saved on the page of the audit log')
    .action(async (file: string | undefined) => {
      const { client, t, say } = context()
      const found =
        file === undefined ? await (await client())(verifyAudit, {}) : await verify(file)
      const { entries: n, fault } = found
      const holds = 'scope' in found && found.scope === 'part' ? 'audit.part-holds' : 'audit.holds'
      say(fault ? t(`audit.fault-${fault.fault}`, { seq: fault.seq }) : t(holds, { n }), found)
      if (fault) process.exitCode = exits.no
    })
}

type Verdict = {
  readonly scope: LogHeader['scope']
  readonly entries: number
  readonly fault: ChainFault | null
}

/** Reads a saved log line by line, so that its length does not matter. */
async function verify(file: string): Promise<Verdict> {
  let header: LogHeader | undefined
  let at = { seq: 0, hash: chainStart }
  let entries = 0
  for await (const [line, text] of linesOf(file)) {
    const read = <T>(schema: z.ZodType<T>): T => {
      const { data } = schema.safeParse(jsonOf(text))
      if (data === undefined) throw new Problem('audit.not-a-log', { file, line })
      return data
    }
    if (!header) {
      header = read(LogHeader)
      continue
    }
    const entry = read(AuditEntry)
    // A part has gaps: what an entry follows can be checked only where that is in the file.
    const isNext = header.scope === 'whole' || entry.seq === at.seq + 1
    const before = isNext ? at : { seq: entry.seq - 1, hash: entry.previous }
    const fault = findChainFault([entry], before)
    if (fault) return { scope: header.scope, entries, fault }
    at = entry
    entries++
  }
  if (!header) throw new Problem('audit.not-a-log', { file, line: 1 })
  const isCut = header.scope === 'whole' && (header.seq !== at.seq || header.hash !== at.hash)
  const fault = isCut ? ({ seq: at.seq + 1, fault: 'cut' } as const) : null
  return { scope: header.scope, entries, fault }
}

async function* linesOf(file: string): AsyncGenerator<readonly [number, string]> {
  const input = createReadStream(file)
  let line = 0
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++
      if (text !== '') yield [line, text]
    }
  } catch (error) {
    throw new Problem('audit.no-file', { file }, { cause: error })
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
