import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { describe, expect, onTestFinished, test } from 'vitest'
import { asFiles, collect, payload } from '../test/made-bag.ts'
import { without } from '../test/without.ts'
import { checkBag, readPayload } from './bag.ts'
import { packBundle, unpackBundle } from './bundle.ts'

const docs = fileURLToPath(new URL('../../../docs/protocol/', import.meta.url))
const run = promisify(execFile)

const withoutJwcrypto = without(
  'jwcrypto',
  'python3-jwcrypto',
  '/usr/bin/python3 -c "import jwcrypto"',
)
const withoutCryptography = without(
  'cryptography',
  'python3-cryptography',
  '/usr/bin/python3 -c "import cryptography"',
)
const withoutAge = without('age', 'age')
const withoutSums = without('sha256sum', 'coreutils') || without('tar', 'tar')

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'tocsin-outsider-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

const bytesOf = (stream: ReadableStream<Uint8Array>) => new Response(stream as never).bytes()
const streamOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream()

/** A bundle as it is before it is sealed, unpacked by Debian's tar. */
async function unpacked(): Promise<string> {
  const at = await folder()
  await writeFile(join(at, 'bundle.tar'), await bytesOf(packBundle(asFiles(payload))))
  await run('tar', ['-xf', 'bundle.tar'], { cwd: at })
  return join(at, 'bundle')
}

const sums = (at: string, list: string) =>
  run('sha256sum', ['--check', '--strict', list], { cwd: at })

describe('an outsider without our software', () => {
  test.skipIf(withoutJwcrypto)(
    'takes and refuses records with jwcrypto as the protocol says, and finds every change',
    async () => {
      const at = await folder()
      const page = await readFile(`${docs}records.md`, 'utf8')
      const [, block = 'false'] = /^```sh\n([\s\S]*?)^```$/m.exec(page) ?? []
      const vectors = await readFile(`${docs}vectors/records/records.json`, 'utf8')
      await writeFile(join(at, 'records.json'), vectors)
      const check = () => run('bash', ['-ec', block], { cwd: at })
      expect((await check()).stdout).toBe('3 records hold, 13 are refused\n')
      // What the file says of a record is not what makes it hold.
      const { keys, records } = JSON.parse(vectors)
      const [first, ...rest] = records
      const tampered = { ...first, record: { ...first.record, payload: rest[0].record.payload } }
      await writeFile(
        join(at, 'records.json'),
        JSON.stringify({ keys, records: [tampered, ...rest] }),
      )
      await expect(check()).rejects.toThrow('the first of its author to its audience')
    },
    120_000,
  )

  test.skipIf(withoutCryptography)(
    'counts a decision again with Python alone, and finds what the home did to it',
    async () => {
      const at = await folder()
      const page = await readFile(`${docs}decisions.md`, 'utf8')
      const [, block = 'false'] = /^```sh\n([\s\S]*?)^```$/m.exec(page) ?? []
      const recount = async (name: string) => {
        await copyFile(`${docs}vectors/decisions/${name}.json`, join(at, 'decision.json'))
        return run('bash', ['-ec', block], { cwd: at })
      }
      expect((await recount('adopted')).stdout).toBe(
        'adopted: 3 yes, 1 no, 0 abstain; 3 ballots do not count\n',
      )
      expect((await recount('late-proof')).stdout).toContain('adopted: 3 yes, 1 no, 0 abstain')
      await expect(recount('dropped')).rejects.toThrow('the home dropped')
      await expect(recount('too-early')).rejects.toThrow('before it was final')
    },
    120_000,
  )

  test.skipIf(withoutSums)('checks a bag with tar and sha256sum', async () => {
    const bag = await unpacked()
    expect((await sums(bag, 'manifest-sha256.txt')).stdout).toBe(
      Object.keys(payload)
        .map((path) => `data/${path}: OK\n`)
        .join(''),
    )
    expect((await sums(bag, 'tagmanifest-sha256.txt')).stdout.match(/: OK$/gm)).toHaveLength(3)
    await writeFile(join(bag, 'data/envelopes/000001.json'), '{}')
    await expect(sums(bag, 'manifest-sha256.txt')).rejects.toThrow('did NOT match')
  })

  test.skipIf(withoutSums)('makes a bag that we read, with the same programs', async () => {
    const at = await folder()
    const bag = join(at, 'bundle')
    await mkdir(join(bag, 'data'), { recursive: true })
    await writeFile(join(bag, 'data/one.json'), '{}')
    const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
    await writeFile(join(bag, 'bagit.txt'), declaration)
    await writeFile(join(bag, 'bag-info.txt'), 'Payload-Oxum: 2.1\n')
    const tags = 'bagit.txt bag-info.txt manifest-sha256.txt'
    const made = `sha256sum data/one.json > manifest-sha256.txt; sha256sum ${tags} > tagmanifest-sha256.txt`
    await run('sh', ['-ec', made], { cwd: bag })
    const files = ['data/one.json', ...tags.split(' '), 'tagmanifest-sha256.txt']
    await run('tar', ['-cf', 'bundle.tar', ...files.map((path) => `bundle/${path}`)], { cwd: at })
    const tar = await readFile(join(at, 'bundle.tar'))
    const checked = await checkBag(unpackBundle(streamOf(tar)))
    const read = await collect(readPayload(unpackBundle(streamOf(tar)), checked))
    expect(read).toEqual({ 'one.json': '{}' })
  })

  // Debian's age does not know hybrid keys: the same library, the same stream, another recipient.
  test.skipIf(withoutAge)(
    "opens with Debian's age what we seal, and we what it seals",
    async () => {
      const at = await folder()
      const identity = await generateX25519Identity()
      const recipient = await identityToRecipient(identity)
      await writeFile(join(at, 'key.txt'), `${identity}\n`)
      const encrypter = new Encrypter()
      encrypter.addRecipient(recipient)
      const plain = await bytesOf(packBundle(asFiles(payload)))
      const sealed = await bytesOf(await encrypter.encrypt(packBundle(asFiles(payload))))
      await writeFile(join(at, 'bundle.age'), sealed)
      const open = ['--decrypt', '--identity', 'key.txt', '--output', 'opened', 'bundle.age']
      await run('age', open, { cwd: at })
      expect(Buffer.compare(await readFile(join(at, 'opened')), plain)).toBe(0)

      await run('age', ['--recipient', recipient, '--output', 'theirs.age', 'opened'], { cwd: at })
      const decrypter = new Decrypter()
      decrypter.addIdentity(identity)
      const theirs = await decrypter.decrypt(streamOf(await readFile(join(at, 'theirs.age'))))
      expect(await checkBag(unpackBundle(theirs))).toMatchObject({ octets: 45 })

      await writeFile(join(at, 'bundle.age'), sealed.with(-20, (sealed.at(-20) ?? 0) ^ 1))
      await rm(join(at, 'opened'))
      await expect(run('age', open, { cwd: at })).rejects.toThrow('failed to decrypt')
    },
  )
})
