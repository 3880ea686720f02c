import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { getDueDiligence } from '@tocsin/api/documents.ts'
import { fingerprintOf } from '@tocsin/records/due-diligence.ts'
import { checkDueDiligence } from '@tocsin/records/due-diligence-check.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { without } from '../../records/test/without.ts'
import { addAuthority, draft, draftFor, openMatter, sign } from './test-docket.ts'
import { startTestNode } from './test-node.ts'

const run = promisify(execFile)
const page = new URL('../../../docs/protocol/due-diligence.md', import.meta.url)

const withoutOpenssl =
  without('openssl', 'openssl') || without('python3', 'python3', 'python3 --version')
const withoutJwcrypto = without(
  'jwcrypto',
  'python3-jwcrypto',
  '/usr/bin/python3 -c "import jwcrypto"',
)

/** A record that a real node has issued. */
async function issuedRecord(): Promise<Buffer> {
  const node = await startTestNode()
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  const matter = await openMatter(focal)
  // Signs that one library escapes and another does not.
  const subject = 'Maisons “marquées” 科夫 <&> \\ / \u00ad 😀'
  await sign(focal, await draft(focal, matter, { ...draftFor([police]), subject }))
  const query = { format: 'json', locale: 'en' } as const
  return Buffer.from(await focal.call(getDueDiligence, { params: { matter }, query }))
}

/** Runs a block of the protocol's page exactly as it stands there, beside the file. */
async function runBlock(block: number, record: Uint8Array): Promise<string> {
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-outsider-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'due-diligence.json'), record)
  const { stdout } = await run('bash', ['-ec', blocks[block]?.[1] ?? 'false'], { cwd: folder })
  return stdout
}

const changedIn = (record: Buffer, from: string, to: string): Buffer =>
  Buffer.from(record.toString().replace(from, to))

describe('an outsider without our software', () => {
  test.skipIf(withoutOpenssl)(
    'checks the record with Python and OpenSSL as the protocol says',
    async () => {
      const record = await issuedRecord()
      const { file } = checkDueDiligence(record)
      const fingerprint = fingerprintOf(file?.keys[0]?.publicKey ?? '').replaceAll(' ', '')
      expect(await runBlock(0, record)).toBe(`2 entries hold\nMinistry of Rivers ${fingerprint}\n`)
      const edited = changedIn(record, 'Maisons', 'Raisons')
      await expect(runBlock(0, edited)).rejects.toThrow('the seal is of another content')
      const spaced = changedIn(record, '{', '{ ')
      await expect(runBlock(0, spaced)).rejects.toThrow('the bytes are not canonical')
    },
    120_000,
  )

  test.skipIf(withoutJwcrypto)(
    'checks each signature with jwcrypto',
    async () => {
      const record = await issuedRecord()
      expect(await runBlock(1, record)).toBe('3 signatures hold\n')
      const { file } = checkDueDiligence(record)
      const [first, second] = file?.statements ?? []
      const swapped = changedIn(record, first?.signature ?? '', second?.signature ?? '')
      await expect(runBlock(1, swapped)).rejects.toThrow('InvalidSignature')
    },
    120_000,
  )
})
