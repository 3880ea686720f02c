import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@tocsin/api/client.ts'
import { getImport, importFile, listSources, removeVintage } from '@tocsin/api/sources.ts'
import { Day } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type ImportId, type ImportReport, VintageId } from '@tocsin/domain/source.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'

const badShown = 20

/** `tocsin data ...`: the publishers' figures the running node holds. */
export function addDataCommands(program: Command, context: () => Context): void {
  const data = program.command('data').description('The publishers’ figures the node holds')
  data
    .command('list')
    .description('List what is held of each source, newest import first')
    .action(async () => {
      const { client, say } = context()
      const vintages = await (await client())(listSources, {})
      const lines = vintages.map(({ id, name, version, asOf, rows, lastPeriod, licence }) =>
        [id ?? '-', name, version || '-', asOf, rows, lastPeriod ?? '-', licence].join('  '),
      )
      say(lines.join('\n'), vintages)
    })
  data
    .command('add')
    .description('Import files, each told by its content: all of a file, or nothing of it')
    .argument('<file...>')
    .option('--as-of <day>', 'the day as of which the figures hold, YYYY-MM-DD; else today')
    .option(
      '--leave-out-bad',
      'leave out rows that are not understood instead of refusing the file',
    )
    .action(async (files: string[], options: AddOptions) => {
      const opened = context()
      const client = await opened.client()
      const reports: ImportReport[] = []
      for (const file of files) {
        const report = await addFile(client, file, options, opened)
        reports.push(report)
        if (!opened.json) tell(report, opened)
      }
      if (opened.json) opened.say('', reports)
      const done = reports.every(({ state }) => state === 'kept' || state === 'unchanged')
      process.exitCode = done ? exits.yes : exits.no
    })
  data
    .command('remove')
    .description('Remove an imported file with its figures; what it replaced counts again')
    .argument('<vintage>', 'the id that `tocsin data list` prints first')
    .action(async (vintage: string) => {
      const { client, say, t } = context()
      const params = { vintage: VintageId.parse(vintage) }
      const answer = await (await client())(removeVintage, { params })
      say(t('cli.removed', { vintage }), answer)
    })
}

type AddOptions = { readonly asOf?: string; readonly leaveOutBad?: boolean }

/** Sends one file to the running node, and says how far it is where somebody looks on. */
export async function addFile(
  client: Client,
  file: string,
  options: AddOptions,
  context: Context,
): Promise<ImportReport> {
  const size = await sizeOf(file)
  const id = newId<ImportId>()
  const query = {
    name: basename(file),
    ...(options.asOf && { asOf: Day.parse(options.asOf) }),
    ...(options.leaveOutBad && { leaveOutBad: 'yes' as const }),
  }
  const looking = new AbortController()
  const shown = showProgress(client, id, size, context, looking.signal)
  try {
    return await client(importFile, {
      params: { import: id },
      query,
      stream: createReadStream(file),
    })
  } finally {
    looking.abort()
    await shown
  }
}

/** In bytes. A Problem says that there is no such file, or that it may not be read. */
async function sizeOf(file: string): Promise<number> {
  try {
    const handle = await open(file)
    const { size } = await handle.stat()
    await handle.close()
    return size
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES'
    throw new Problem(denied ? 'source.no-rights' : 'source.no-file', { file }, { cause: error })
  }
}

const betweenLooks = 500

async function showProgress(
  client: Client,
  id: ImportId,
  size: number,
  { json }: Context,
  signal: AbortSignal,
): Promise<void> {
  if (json || !process.stderr.isTTY) return
  while (!signal.aborted) {
    await pause(betweenLooks, undefined, { signal }).catch(() => undefined)
    const report = await client(getImport, { params: { import: id } }).catch(() => undefined)
    if (!report || signal.aborted) continue
    const share = Math.floor((100 * report.bytesRead) / Math.max(1, size))
    process.stderr.write(`\r${report.file}  ${share} %  ${report.rowsRead} rows `)
  }
  process.stderr.write('\r\u001b[K')
}

function tell(report: ImportReport, { say, t }: Context): void {
  const { state, file, rowsRead, leftOut, badRows, adjusted, bad, problem, vintage } = report
  say(t(`sources.import-${state}`, { file, rows: rowsRead, vintage: vintage ?? '' }))
  if (problem) say(t(`problem.${problem.code}`, problem.details as Record<string, string>))
  if (leftOut > 0) say(t('sources.left-out', { rows: leftOut }))
  if (badRows > 0) say(t('sources.bad-rows', { rows: badRows }))
  if (adjusted > 0) say(t('sources.adjusted', { rows: adjusted }))
  for (const { line, reason, details } of bad.slice(0, badShown)) {
    say(`  ${t('sources.line', { line })} ${t(`sources.row.${reason}`, details)}`)
  }
  if (bad.length > badShown) say(`  … +${badRows + adjusted - badShown}`)
}
