import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Ballot } from '@tocsin/domain/ballot.ts'
import type { Instant, OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import type { ClauseId } from '@tocsin/domain/clauses.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { Position } from '@tocsin/domain/position.ts'
import type { Proposal, ProposalId } from '@tocsin/domain/proposal.ts'
import type { DecisionFile } from '../src/decision-file.ts'
import { digestOf, publicKeyOf, type Signed } from '../src/jws.ts'
import { cosign, formatCheckpoint, signCheckpoint } from '../src/log/checkpoint.ts'
import { formatVerifierKey, verifierKeyOf } from '../src/log/note.ts'
import { formatProof } from '../src/log/proof-file.ts'
import { inclusionRanges } from '../src/log/proofs.ts'
import { hashLeaf, rootOf } from '../src/log/tree.ts'
import { ballotChallenge } from '../src/passkey/ballot-challenge.ts'
import { hashTexts } from '../src/proposal-text.ts'
import { type RecordedObject, signRecord } from '../src/record.ts'
import { ballotObject, officersObject } from '../src/stix/ballot.ts'
import { positionObject } from '../src/stix/position.ts'
import { questionObject } from '../src/stix/question.ts'
import { seedOf } from './made-log.ts'
import { knownPasskey } from './made-passkey.ts'

/* A consultation of the Five Rivers whose keys everybody knows; the same at every call. */

const members = ['Ardenia', 'Belmara', 'Dalesh', 'Estuary Isles', 'Corvane'] as const
export const home = 'Regional desk' as const
type Name = (typeof members)[number] | typeof home
const names: readonly Name[] = [...members, home]
const witnesses = ['ardenia', 'belmara', 'dalesh']

const opens = '2026-11-22T08:00:00.000Z' as Instant
/** So many hours after the opening. */
export const hour = (hours: number): Instant => addMilliseconds(opens, hours * 3_600_000)

const idOf = (kind: number, n: number) =>
  `01900000-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`
const numberOf = (name: Name) => names.indexOf(name)
export const organisationOf = (name: Name) => idOf(1, numberOf(name)) as OrganisationId
export const officerOf = (name: Name) => idOf(2, numberOf(name)) as PersonId
const slug = (name: Name) => name.toLowerCase().replaceAll(' ', '-')
const kidOf = (name: Name) => `${organisationOf(name)}/${publicKeyOf(seedOf(name)).slice(0, 12)}`
export const passkeyOf = (name: Name) => knownPasskey(officerOf(name), seedOf(`passkey of ${name}`))

export const clause = (n: number) => idOf(5, n) as ClauseId

export const proposal: Proposal = {
  id: idOf(3, 1) as ProposalId,
  consultation: idOf(4, 1) as Proposal['consultation'],
  number: 2,
  reading: 2,
  text: {
    title: { en: 'Joint presence at the posts', fr: 'Présence commune aux postes' },
    clauses: [
      {
        clause: clause(1),
        texts: {
          en: 'Members deploy unarmed observers, two from each willing member.',
          fr: 'Les membres déploient des observateurs sans armes, deux par membre qui le souhaite.',
        },
      },
      {
        clause: clause(2),
        texts: {
          en: 'No lists are kept at the posts.',
          fr: 'Aucune liste n’est tenue aux postes.',
        },
      },
    ],
  },
  originals: ['en', 'fr'],
  method: { kind: 'two-thirds', of: 'voting' },
  quorum: 3,
  roster: members.map((name) => ({
    organisation: organisationOf(name),
    weight: 1,
    root: null,
    officers: 1,
  })),
  recused: [{ organisation: organisationOf('Corvane'), reason: 'state-concerned' }],
  mayChange: true,
  isSealed: false,
  opensAt: opens,
  closesAt: hour(48),
  offline: [],
}

export const policyText = [
  ...names.map(
    (name) => `log ${formatVerifierKey(verifierKeyOf(logOf(name), 'note', seedOf(logOf(name))))}`,
  ),
  ...witnesses.map(
    (name) =>
      `witness ${name} ${formatVerifierKey(verifierKeyOf(`${name}.example/witness`, 'cosignature', seedOf(name)))}`,
  ),
  `group neighbours 2 ${witnesses.join(' ')}`,
  'quorum neighbours',
  '',
].join('\n')

function logOf(name: Name): string {
  return `${slug(name)}.example/log`
}

export type MadeRoom = ReturnType<typeof makeRoom>

/** A room in which members say things, each in its own log, proven at the hour that is named. */
export function makeRoom(put: Partial<Proposal> = {}) {
  const records: Signed[] = []
  const proofs: string[] = []
  const times = new Map<Sha256, Instant>()
  const logs = new Map<Name, Uint8Array[]>()
  const places = new Map<Sha256, { readonly name: Name; readonly log: Uint8Array[] }>()
  const last = new Map<Name, { readonly seq: number; readonly digest: Sha256 }>()
  let drawn = 0
  const newKey = () => {
    drawn += 1
    return idOf(6, drawn)
  }
  const asked = { ...proposal, ...put }
  const texts = hashTexts(asked)
  const parts = (name: Name, at: Instant) => ({
    organisation: organisationOf(name),
    organisationName: name,
    audience: idOf(7, 1) as AudienceId,
    marking: 'TLP:AMBER+STRICT' as const,
    isExercise: false,
    consultation: asked.consultation,
    saidAt: at,
  })
  /** Null for what no witness has seen. */
  const say = (
    name: Name,
    hours: number | null,
    object: (said: ReturnType<typeof parts>) => RecordedObject,
  ): Sha256 => {
    const before = last.get(name)
    const seq = (before?.seq ?? 0) + 1
    const header = {
      alg: 'Ed25519',
      kid: kidOf(name),
      typ: 'cpr+jws',
      cty: 'application/stix+json;version=2.1',
      org: organisationOf(name),
      aud: idOf(7, 1) as AudienceId,
      aep: 0,
      aseq: seq,
      aprev: before?.digest ?? null,
      refs: [],
      salt: 'a'.repeat(43),
    } as const
    const record = signRecord(
      { ...header, refs: [] },
      object(parts(name, hour(hours ?? 0))),
      seedOf(name),
    )
    const digest = digestOf(record)
    records.push(record)
    last.set(name, { seq, digest })
    const log = [...(logs.get(name) ?? []), hexToBytes(digest)]
    logs.set(name, log)
    places.set(digest, { name, log })
    if (hours === null) return digest
    proofs.push(proofOf(name, log, hours))
    times.set(digest, hour(hours))
    return digest
  }
  /** Another proof of what was said, by what the witnesses say at that hour. */
  const proveAgain = (digest: Sha256, hours: number): string => {
    const place = places.get(digest)
    if (!place) throw new Error('nobody said it')
    return proofOf(place.name, place.log, hours)
  }
  const question = say(home, 0, (said) =>
    questionObject({ ...said, proposal: asked, texts, accepted: [] }),
  )
  for (const name of members) {
    // Their place before the ballots counts, and no time.
    say(name, null, (said) =>
      officersObject({ ...said, key: newKey(), officers: [passkeyOf(name).key] }),
    )
  }
  const vote = async (
    name: Name,
    hours: number | null,
    choice: Ballot['choice'],
    change: Partial<Ballot> = {},
  ) => {
    const ballot: Ballot = {
      proposal: asked.id,
      reading: asked.reading,
      texts,
      choice,
      explanation: null,
      organisation: organisationOf(name),
      officer: officerOf(name),
      at: hour(hours ?? 0),
      ...change,
    }
    const assertion = await passkeyOf(name).sign(ballotChallenge(ballot))
    return say(name, hours, (said) =>
      ballotObject({ ...said, key: newKey(), ballot, assertions: [assertion] }),
    )
  }
  const stand = (name: Name, hours: number, stance: Position['stance']) =>
    say(name, hours, (said) => {
      const position: Position = {
        proposal: asked.id,
        reading: asked.reading,
        texts: { en: texts.en as Sha256 },
        member: organisationOf(name),
        way: { kind: 'record' },
        stance,
        at: said.saidAt,
      }
      return positionObject({ ...said, key: newKey(), position })
    })
  const file = (): DecisionFile => ({
    format: 'tocsin-decision',
    version: 1,
    policy: policyText,
    keys: names.map((name) => ({
      kid: kidOf(name),
      organisation: organisationOf(name),
      organisationName: name,
      publicKey: publicKeyOf(seedOf(name)),
    })),
    records: [...records],
    proofs: [...proofs],
  })
  /** Witnesses had seen it at that hour, which is shown only now. */
  const prove = (digest: Sha256, hours: number): void => {
    for (const [name, log] of logs) {
      const at = log.findIndex((one) => bytesToHex(one) === digest)
      if (at >= 0) proofs.push(proofOf(name, log.slice(0, at + 1), hours))
    }
  }
  return { asked, texts, question, say, vote, stand, prove, file, times, proveAgain, newKey }
}

/** Two of three witnesses have seen it at that hour; the third, whose clock is wrong, says long before. */
function proofOf(name: Name, log: readonly Uint8Array[], hours: number): string {
  const leaves = log.map(hashLeaf)
  const index = log.length - 1
  const origin = logOf(name)
  const checkpoint = { origin, size: log.length, root: rootOf(leaves) }
  const seconds = Date.parse(hour(hours)) / 1000
  const lines = witnesses.map((witness, at) =>
    cosign(
      formatCheckpoint(checkpoint),
      { name: `${witness}.example/witness`, seed: seedOf(witness) },
      at === 2 ? seconds - 90_000 : seconds,
    ),
  )
  const path = inclusionRanges(index, { from: 0, to: log.length }).map(({ from, to }) =>
    rootOf(leaves.slice(from, to)),
  )
  return formatProof({
    digest: log[index] as Uint8Array,
    index,
    path,
    checkpoint: signCheckpoint(checkpoint, seedOf(origin)) + lines.join(''),
  })
}
