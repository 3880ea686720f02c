import type { BagFile } from '../src/bag.ts'

export async function* asFiles(files: Readonly<Record<string, string | Uint8Array>>) {
  for (const [path, said] of Object.entries(files)) {
    yield { path, bytes: new Uint8Array(typeof said === 'string' ? Buffer.from(said) : said) }
  }
}

export async function all(files: AsyncIterable<BagFile>): Promise<readonly BagFile[]> {
  const found: BagFile[] = []
  for await (const file of files) found.push(file)
  return found
}

export async function collect(files: AsyncIterable<BagFile>): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const { path, bytes } of files) found[path] = Buffer.from(bytes).toString()
  return found
}

export const payload = {
  'envelopes/000001.json': '{"objects":[]}',
  'envelopes/000002.json': '{"more":false,"objects":[{}]}',
  'proofs/a.tlog-proof': 'é',
}
