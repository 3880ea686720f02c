import { Instant, type OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { canonicalJson, type Json } from '../src/canonical.ts'
import {
  type DueDiligence,
  type DueDiligenceContent,
  sealDueDiligence,
  sha256Of,
} from '../src/due-diligence.ts'
import { digestOf, publicKeyOf, type Signed } from '../src/jws.ts'
import { signManifest } from '../src/manifest.ts'
import { signStatement } from '../src/statement.ts'

/** Whoever holds the key of an organisation, and so can sign anything in its name. */
export const seed = new Uint8Array(32).fill(7)
export const otherSeed = new Uint8Array(32).fill(8)

const organisation = newId<OrganisationId>()
const salt = 'a'.repeat(43)
export const kidOfSeed = (of: Uint8Array): string =>
  `${organisation}/${publicKeyOf(of).slice(0, 12)}`

type Said = { readonly kind: string; readonly facts: Json; readonly text?: string; by?: string }

const minute = (n: number): Instant =>
  Instant.parse(new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString())

/** A chain of signed entries, one each minute from midnight on. */
export function chainOf(matter: string, entries: readonly Said[], by = seed): Signed[] {
  const chain: Signed[] = []
  for (const [index, { kind, facts, text = null, by: name = 'F. Ocal' }] of entries.entries()) {
    const last = chain.at(-1)
    const place = { aud: matter, aseq: index + 1, aprev: last ? digestOf(last) : null }
    const author = { person: null, name, office: null, organisation, organisationName: 'Rivers' }
    const header = {
      alg: 'Ed25519',
      kid: kidOfSeed(by),
      typ: 'tocsin+jws',
      org: organisation,
    } as const
    chain.push(
      signStatement(
        { ...header, cty: 'application/vnd.tocsin.entry+json', salt, ...place },
        { kind, at: minute(index), by: author, text, facts },
        by,
      ),
    )
  }
  return chain
}

/** What a whole record says before it is sealed: warned, opened, acknowledged and answered. */
export function madeContent(more: readonly Said[] = []): DueDiligenceContent {
  const matter = newId<string>()
  const [warning, notification] = [newId<string>(), newId<string>()]
  const draft = { level: 3, subject: 'Houses marked, “Лower” 科夫', paragraphs: ['One.'] }
  const signed = { name: 'F. Ocal', office: 'Focal point', at: minute(1) }
  const sha256 = sha256Of(draft)
  const told = { authority: 'Police', office: 'Head of Police' }
  const entries: readonly Said[] = [
    { kind: 'matter.opened', facts: { title: 'Houses marked' }, text: 'Marked.' },
    { kind: 'warning.sent', facts: { warning, number: 1, sha256, signatures: [signed] } },
    { kind: 'notification.opened', facts: told },
    {
      kind: 'notification.acknowledged',
      facts: { ...told, reaction: 'act' },
      text: 'We act.',
      by: 'A. Chief',
    },
    {
      kind: 'notification.answered',
      facts: { ...told, outcome: 'decided' },
      text: 'Posts in both towns.',
      by: 'A. Chief',
    },
    ...more,
  ]
  const by = { name: 'A. Chief', office: 'Police' }
  return {
    format: 'tocsin-due-diligence',
    version: 1,
    issuedAt: minute(entries.length),
    issuedBy: { name: 'F. Ocal', office: 'Focal point' },
    organisation: { id: organisation, name: 'Rivers' },
    matter: {
      id: matter,
      symbol: 'M-2026/1',
      title: 'Houses marked',
      country: null,
      place: 'Lower Corve',
      level: 3,
      marking: 'TLP:AMBER',
      isExercise: true,
      stations: { warned: minute(1) },
      openedAt: minute(0),
      closedAt: null,
    },
    steps: { T3: minute(1), T4: minute(3), T5: minute(4) },
    keys: [
      {
        kid: kidOfSeed(seed),
        organisation,
        organisationName: 'Rivers',
        publicKey: publicKeyOf(seed),
      },
    ],
    statements: chainOf(matter, entries),
    warnings: [
      {
        id: warning,
        symbol: 'W-2026/1',
        state: 'sent',
        draft,
        sha256,
        replaces: null,
        sentAt: minute(1),
        signatures: [{ ...signed, credential: 'x9Qa' }],
      },
    ],
    notifications: [
      {
        id: notification,
        warning,
        ...told,
        legalBasis: 'Police Act, section 14',
        state: 'answered',
        sentAt: minute(1),
        openedAt: minute(2),
        acknowledgedAt: minute(3),
        acknowledgement: { reaction: 'act', note: 'We act.', ...by },
        answeredAt: minute(4),
        answer: { outcome: 'decided', text: 'Posts in both towns.', ...by },
        acknowledgeBy: minute(300),
        answerBy: null,
        deliveries: [
          {
            channel: 'e-mail',
            step: 'warned',
            state: 'sent',
            attempts: 1,
            mayRepeat: false,
            reason: null,
            sentAt: minute(1),
          },
        ],
      },
    ],
  }
}

export const seal = (said: DueDiligenceContent, by = seed): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(sealDueDiligence(said, { kid: kidOfSeed(by), seed: by, salt }).text)

/** The signed list of an archive, as bytes. */
export function listOf(
  { matter }: Pick<DueDiligence, 'matter'>,
  files: Readonly<Record<string, Uint8Array>>,
  hashOf: (bytes: Uint8Array) => string,
  by = seed,
): Uint8Array {
  const listed = Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: hashOf(bytes) as never,
  }))
  const signer = { kid: kidOfSeed(by), seed: by, salt, organisation, about: matter.id }
  return new TextEncoder().encode(canonicalJson(signManifest({ files: listed }, signer) as Json))
}
