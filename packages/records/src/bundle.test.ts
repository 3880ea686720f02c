import { packTar, type TarHeader } from 'modern-tar'
import { describe, expect, test } from 'vitest'
import { asFiles, collect, payload } from '../test/made-bag.ts'
import { type AgeKey, encryptTo, newAgeKey } from './age.ts'
import { writeBag } from './bag.ts'
import { checkBundle, packBundle, readBundle, sealBundle } from './bundle.ts'
import { padme } from './padding.ts'

const [key, stranger] = await Promise.all([newAgeKey(), newAgeKey()])
const bytesOf = (stream: ReadableStream<Uint8Array>) => new Response(stream as never).bytes()
const streamOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream()
const bundle = await bytesOf(await sealBundle(asFiles(payload), key.recipient))
const checked = (bytes: Uint8Array, keys: readonly AgeKey[] = [key]) =>
  checkBundle(streamOf(bytes), keys)

/** A bundle around a tar file that we would not write. */
async function bundleOf(change: (header: TarHeader) => TarHeader | undefined): Promise<Uint8Array> {
  const entries = []
  for await (const { path, bytes: body } of writeBag(asFiles(payload))) {
    const plain = { name: `bundle/${path}`, size: body.length, type: 'file' } as const
    const header = change(plain)
    if (header) entries.push({ header, body: header.type === 'file' ? body : undefined })
  }
  return encryptTo([key.recipient], await packTar(entries))
}

const first = 'bundle/data/envelopes/000001.json'

describe('a bundle', () => {
  test('gives back its payload to whom it was sealed', async () => {
    const read = await checked(bundle, [stranger, key])
    if ('fault' in read) throw new Error(read.fault)
    expect(await collect(readBundle(streamOf(bundle), [key], read.bag))).toEqual(payload)
    expect(await checked(bundle, [stranger])).toEqual({ fault: 'foreign', at: '' })
  })

  test('tells its size class and nothing else', async () => {
    const packed = await bytesOf(packBundle(asFiles(payload)))
    expect(packed.length).toBe(64 * 1024)
    expect(await bytesOf(packBundle(asFiles(payload)))).toEqual(packed)
    const larger = { ...payload, 'envelopes/000003.json': new Uint8Array(200_000).fill(65) }
    const { length } = await bytesOf(packBundle(asFiles(larger)))
    expect(length).toBe(padme(length))
    expect(length).toBeGreaterThan(200_000)
    const head = Buffer.from(bundle).toString('latin1')
    expect(head.match(/^-> \S+/gm)).toEqual(['-> mlkem768x25519'])
    expect(head).not.toContain('envelopes')
  })

  test('holds more than is ever in memory at once', async () => {
    let [made, ahead] = [0, 0]
    const part = new Uint8Array(4_000_000)
    async function* many() {
      for (let n = 0; n < 40; n += 1) {
        made += part.length
        yield { path: `${n}`, bytes: part }
      }
    }
    let taken = 0
    for await (const bytes of packBundle(many())) {
      taken += bytes.length
      ahead = Math.max(ahead, made - taken)
    }
    expect(made).toBe(160_000_000)
    expect(ahead).toBeLessThan(20_000_000)
  })

  test('that was cut short or changed is refused', async () => {
    for (const length of [0, 100, 1000, 1800, 3000, 60_000, bundle.length - 1]) {
      expect(await checked(bundle.slice(0, length))).toHaveProperty('fault')
    }
    expect(await checked(bundle.slice(0, bundle.length - 1))).toEqual({ fault: 'altered', at: '' })
    for (let at = 0; at < bundle.length; at += at < 200 ? 7 : 4001) {
      const changed = bundle.with(at, (bundle[at] ?? 0) ^ 1)
      expect(await checked(changed), `byte ${at}`).toHaveProperty('fault')
    }
    const sealed = await encryptTo([key.recipient], new Uint8Array(5000).fill(7))
    expect(await checked(sealed)).toEqual({ fault: 'not-a-tar', at: '' })
    expect(await checked(new Uint8Array(5000))).toEqual({ fault: 'not-hybrid', at: '' })
    const tail = await encryptTo(
      [key.recipient],
      Buffer.concat([await bytesOf(packBundle(asFiles(payload))), Buffer.from('x')]),
    )
    expect(await checked(tail)).toEqual({ fault: 'not-a-tar', at: '' })
  })

  test('with a link, a path that escapes or anything but files is refused', async () => {
    const links = ['link', 'symlink', 'fifo', 'character-device', 'directory'] as const
    for (const type of links) {
      const odd = await bundleOf((header) =>
        header.name === first ? { ...header, type, size: 0, linkname: '../../etc/passwd' } : header,
      )
      expect(await checked(odd), type).toEqual({ fault: 'not-a-tar', at: '' })
    }
    for (const name of ['../../x', '/etc/x', 'other/x', 'bundle/../x', 'bundle/data/../../x']) {
      const odd = await bundleOf((header) => (header.name === first ? { ...header, name } : header))
      expect(await checked(odd), name).toMatchObject({ fault: 'bad-path' })
    }
    const lacking = await bundleOf((header) => (header.name === first ? undefined : header))
    expect(await checked(lacking)).toEqual({ fault: 'missing', at: first.slice('bundle/'.length) })
    const hidden = await bundleOf((header) =>
      header.name === first ? { ...header, pax: { path: '../x' } } : header,
    )
    expect(await checked(hidden)).toMatchObject({ fault: 'bad-path' })
  })

  test('that says a file is larger than it may be is not read on', async () => {
    const header = { name: 'bundle/data/x', size: 1, type: 'file' } as const
    const tar = Buffer.from(await packTar([{ header, body: 'x' }]))
    tar.write('77777777777', 124)
    tar.fill(' ', 148, 156)
    const sum = tar.subarray(0, 512).reduce((one, other) => one + other)
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const huge = await encryptTo([key.recipient], tar)
    expect(await checked(huge)).toEqual({ fault: 'too-large', at: 'data/x' })
  })
})
