import { canonicalJson, type Json } from './canonical.ts'
import { DueDiligence, faultInSeal } from './due-diligence.ts'
import { type Contradiction, contradictionsIn, Said } from './due-diligence-contradictions.ts'
import { digestOf, type KeyOf } from './jws.ts'
import { readStatement } from './statement.ts'

/** What is wrong, and where: the number of an entry, the symbol of a warning, an office, a key. */
export type DueDiligenceFault = {
  readonly fault:
    | 'not-readable'
    | 'not-canonical'
    | 'key-ambiguous'
    | 'seal-not-signed'
    | 'seal-other-content'
    | 'entry-not-readable'
    | 'entry-not-canonical'
    | 'entry-unknown-key'
    | 'entry-bad-signature'
    | 'entry-wrong-place'
    | 'entry-foreign'
    | Contradiction
  readonly at: string
}

export type Checked<Fault = DueDiligenceFault> = {
  /** The file as far as it can be read at all. */
  readonly file: DueDiligence | undefined
  readonly faults: readonly Fault[]
  /** The entries that are what was signed, in the order of the file. */
  readonly record: readonly Said[]
}

/**
 * Checks the bytes of a due-diligence file: pure, with no network, trusting nothing in it but the
 * mathematics. Answers every fault. Whose the key of the seal really is, no file can prove.
 */
export function checkDueDiligence(bytes: Uint8Array): Checked {
  const read = readFile(bytes)
  if (!read) return { file: undefined, faults: [{ fault: 'not-readable', at: '' }], record: [] }
  const { file, isCanonical } = read
  const keyOf = keysIn(file)
  const record = readRecord(file, keyOf)
  const faults: DueDiligenceFault[] = [
    ...(isCanonical ? [] : [{ fault: 'not-canonical' as const, at: '' }]),
    ...ambiguousKeys(file),
    ...sealFaults(file, keyOf),
    ...record.faults,
    ...contradictionsIn(file, record.said),
  ]
  return { file, faults, record: record.said }
}

/** Undefined for what is no due-diligence record at all. */
function readFile(bytes: Uint8Array) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const json: Json = JSON.parse(text)
    const file = DueDiligence.safeParse(json).data
    return file && { file, isCanonical: canonicalJson(json) === text }
  } catch {
    return undefined
  }
}

/** A key signs for its own organisation only. */
function keysIn({ keys }: DueDiligence): KeyOf {
  const known = new Map(keys.map((key) => [`${key.kid} ${key.organisation}`, key.publicKey]))
  return (kid, organisation) => known.get(`${kid} ${organisation}`)
}

/** The name of a key is made from the key, so that one name never stands for two. */
function ambiguousKeys({ keys }: DueDiligence): DueDiligenceFault[] {
  const names = keys.map(({ kid }) => kid)
  return keys
    .filter(
      ({ kid, organisation, publicKey }, index) =>
        kid !== `${organisation}/${publicKey.slice(0, 12)}` || names.indexOf(kid) !== index,
    )
    .map(({ kid }) => ({ fault: 'key-ambiguous', at: kid }))
}

function sealFaults(file: DueDiligence, keyOf: KeyOf): DueDiligenceFault[] {
  const fault = faultInSeal(file, keyOf)
  return fault ? [{ fault: `seal-${fault}`, at: '' }] : []
}

/** Reads the chain from its first entry on, each signature once; a broken place hides no later one. */
function readRecord({ statements, matter, organisation }: DueDiligence, keyOf: KeyOf) {
  const faults: DueDiligenceFault[] = []
  const said: Said[] = []
  for (const [index, statement] of statements.entries()) {
    const at = String(index + 1)
    const read = readStatement(statement, keyOf)
    if ('fault' in read) {
      faults.push({ fault: `entry-${read.fault}`, at })
      continue
    }
    const { aseq, aprev, aud, org, cty } = read.header
    const before = statements[index - 1]
    if (aseq !== index + 1 || aprev !== (before ? digestOf(before) : null)) {
      faults.push({ fault: 'entry-wrong-place', at })
    }
    const isOwn =
      aud === matter.id && org === organisation.id && cty === 'application/vnd.tocsin.entry+json'
    if (!isOwn) faults.push({ fault: 'entry-foreign', at })
    const payload = Said.safeParse(read.payload)
    if (payload.success) said.push(payload.data)
    else faults.push({ fault: 'entry-not-readable', at })
  }
  return { faults, said }
}
