import { mkdir, writeFile } from 'node:fs/promises'
import { recordVectors, sealedVectors } from '../packages/records/test/record-vectors.ts'

/*
 * Writes docs/protocol/vectors/records: what somebody who builds another node checks theirs with.
 * Run it with `node scripts/make-record-vectors.ts`; the tests see to it that the files are these.
 */

const folder = new URL('../docs/protocol/vectors/records/', import.meta.url)
await mkdir(folder, { recursive: true })
const files = { ...recordVectors(), 'sealed.json': await sealedVectors() }
for (const [name, text] of Object.entries(files)) await writeFile(new URL(name, folder), text)
