import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BundleCount, exportBundle, importBundle } from '@tocsin/api/bundles.ts'
import { addressOf } from '@tocsin/api/client.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'
import { progressOf } from './progress.ts'

/** `tocsin bundle ...`: records carried by hand where there is no line. */
export function addBundleCommands(program: Command, context: () => Context): void {
  const bundle = program.command('bundle').description('Records carried by hand, sealed')
  bundle
    .command('export')
    .description('Write what a member has not received yet to one file that only its node opens')
    .requiredOption('--member <name>', 'the member, by its name')
    .requiredOption('--out <file>', 'the file to write; a name that tells nothing is best')
    .action(async ({ member, out }: { readonly member: string; readonly out: string }) => {
      const opened = context()
      const file = resolve(out)
      const bytes = await writeBundle(opened, member, file)
      const megabytes = (bytes / 1e6).toFixed(1)
      opened.say(opened.t('bundle.made', { member, file, megabytes }), { member, file, bytes })
    })
  bundle
    .command('import')
    .description('Read a bundle: all of it is checked before anything of it is taken')
    .argument('<file>')
    .action(async (name: string) => {
      const opened = context()
      const { say, t } = opened
      const count = await readBundle(opened, resolve(name))
      const { reasons, ...counted } = count
      say(t('bundle.read', counted), count)
      if (reasons.length > 0 && !opened.json) {
        say(t('bundle.refused', { reasons: reasons.join(', ') }))
      }
      if (!opened.json) {
        const { proven, wrongProofs } = count
        say(t('bundle.proven', { proven, unproven: count.kept + count.known - proven }))
        if (wrongProofs > 0) say(t('bundle.wrong-proofs', { n: wrongProofs }))
      }
      process.exitCode = count.refused > 0 || count.wrongProofs > 0 ? exits.no : exits.yes
    })
}

/** Writes nothing over anything, and leaves nothing half written. */
async function writeBundle(context: Context, member: string, file: string): Promise<number> {
  const { body } = await context.ask(addressOf(exportBundle, { query: { member } }))
  const handle = await open(file, 'wx', 0o600).catch((error) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new Problem(isThere ? 'bundle.exists' : 'bundle.no-file', { file }, { cause: error })
  })
  const counted = counter(progressOf(context))
  try {
    const target = createWriteStream(file, { fd: handle })
    await pipeline(Readable.fromWeb(body as never), counted.pass, target)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  process.stderr.write(context.json || !process.stderr.isTTY ? '' : '\n')
  return counted.bytes()
}

async function readBundle(context: Context, file: string): Promise<BundleCount> {
  const size = await stat(file).then(
    (found) => found.size,
    (error) => {
      throw new Problem('bundle.no-file', { file }, { cause: error })
    },
  )
  const progress = progressOf(context)
  const counted = counter((bytes) => progress(bytes, size))
  // Node's fetch takes any async iterable as a body and wants `duplex`; the DOM's types know neither.
  const { body } = await context.ask(importBundle.path, {
    method: importBundle.method,
    headers: { 'content-type': 'application/octet-stream' },
    body: counted.pass(createReadStream(file)) as never,
    duplex: 'half',
  } as RequestInit)
  let count: BundleCount | undefined
  for await (const line of createInterface({ input: Readable.fromWeb(body as never) })) {
    count = BundleCount.parse(JSON.parse(line))
    progress(count.kept + count.known + count.refused, null)
  }
  if (!count) throw new Problem('unexpected')
  return count
}

/** Passes bytes on and says how many there were. */
function counter(progress: (bytes: number, all: null) => void) {
  let bytes = 0
  return {
    bytes: () => bytes,
    pass: async function* (parts: AsyncIterable<Uint8Array>) {
      for await (const part of parts) {
        bytes += part.length
        progress(bytes, null)
        yield part
      }
    },
  }
}
