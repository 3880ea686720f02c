import { mkdir, writeFile } from 'node:fs/promises'
import { decisionVectors } from '../packages/records/test/decision-vectors.ts'

/*
 * Writes docs/protocol/vectors/decisions: what somebody who counts decisions again checks their count
 * with. Run it with `node scripts/make-decision-vectors.ts`; the tests see to it that the files are these.
 */

const folder = new URL('../docs/protocol/vectors/decisions/', import.meta.url)
await mkdir(folder, { recursive: true })
for (const [name, text] of Object.entries(await decisionVectors())) {
  await writeFile(new URL(name, folder), text)
}
