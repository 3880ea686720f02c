import { mkdir, writeFile } from 'node:fs/promises'
import { logVectors } from '../packages/records/test/log-vectors.ts'

/*
 * Writes docs/protocol/vectors/log: what somebody who builds another node checks theirs with.
 * Run it with `node scripts/make-log-vectors.ts`; the tests see to it that the files are these.
 */

const folder = new URL('../docs/protocol/vectors/log/', import.meta.url)
await mkdir(folder, { recursive: true })
for (const [name, text] of Object.entries(logVectors())) {
  await writeFile(new URL(name, folder), text)
}
