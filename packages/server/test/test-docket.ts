import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { CATALOGUE_VERSION } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Day, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { HoldingId, PostId } from '@tocsin/domain/people.ts'
import type { WarningDraft, WarningId } from '@tocsin/domain/warning.ts'
import type { Channel, Message } from '../src/channels/channel.ts'
import type { TestNode } from './test-node.ts'
import { signInWithPasskey, stepUp, type TestPerson } from './test-people.ts'

export const HOUR = 3_600_000
export const DAY = '2026-01-01' as Day

/** A channel that keeps what it was given: the outside world as a capability. */
export function keeping() {
  const messages: Message[] = []
  const channel: Channel = {
    send: async (message) => {
      messages.push(message)
      return { state: 'sent', reference: message.id }
    },
    close: async () => undefined,
  }
  return { messages, channel }
}

export type Authority = {
  readonly post: PostId
  readonly organisation: OrganisationId
  readonly person: PersonId
}

/** An authority with one office and somebody who holds it, reached by e-mail. */
export async function addAuthority(node: Pick<TestNode, 'as'>, name: string): Promise<Authority> {
  const { call } = await node.as('administrator')
  const organisation = newId<OrganisationId>()
  const kind = 'competent-authority'
  await call(people.addOrganisation, { body: { id: organisation, name, kind, country: null } })
  const post = newId<PostId>()
  await call(people.addPost, { body: { id: post, organisation, title: `Head of ${name}` } })
  const person = await hold(node, { post, organisation }, `${name} head`, 'main')
  return { post, organisation, person }
}

export async function hold(
  node: Pick<TestNode, 'as'>,
  { post, organisation }: Pick<Authority, 'post' | 'organisation'>,
  name: string,
  capacity: 'main' | 'alternate' | 'acting',
): Promise<PersonId> {
  const { call } = await node.as('administrator')
  const person = newId<PersonId>()
  const address = `${
    name
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('.') ?? 'office'
  }@authority.example`
  const contacts = [{ channel: 'e-mail' as const, address }]
  await call(people.addCorrespondent, {
    body: { id: person, organisation, name, locale: 'en', contacts },
  })
  const id = newId<HoldingId>()
  await call(people.appoint, { body: { id, post, person, capacity, fromDay: DAY, untilDay: null } })
  return person
}

export const draftFor = (
  addressees: readonly Authority[],
  level: 1 | 2 | 3 | 4 | 5 = 3,
): WarningDraft => ({
  level,
  confidence: 'moderate',
  locale: 'en',
  subject: 'Houses marked in the Lower Corve valley',
  paragraphs: [
    'Chalk marks were seen on doors in two streets.',
    'Removals are likely (55 to 80 %).',
  ],
  populations: ['Sarrin households'],
  windowFrom: 2,
  windowUntil: 10,
  scenarios: [
    { kind: 'best', text: 'The marks are removed.', trigger: 'Police at both towns', percent: 30 },
    { kind: 'likely', text: 'Residents leave.', trigger: 'A second night of marks', percent: 55 },
    { kind: 'worst', text: 'Homes are attacked.', trigger: 'A crowd from outside', percent: 15 },
  ],
  options: [
    {
      code: 'S02',
      expectedEffect: 'Marks stop',
      howWeWillKnow: 'Count of new marks',
      authorisation: null,
    },
  ],
  catalogue: CATALOGUE_VERSION,
  dissents: [{ by: 'R. Dune', text: 'A criminal motive is more likely.' }],
  addressees: addressees.map(({ post }) => ({
    post,
    legalBasis: 'Police Act, section 14',
    isIndependent: true,
  })),
  evidence: [],
  expiresAt: '2026-01-11T00:00:00.000Z' as Instant,
})

export async function openMatter(
  { call }: TestPerson,
  excluded: OrganisationId[] = [],
  audience: OrganisationId[] = [],
): Promise<MatterId> {
  const id = newId<MatterId>()
  await call(docket.openMatter, {
    body: {
      id,
      title: 'Houses marked, Lower Corve valley',
      summary: 'Homes of one community marked.',
      country: null,
      place: 'Lower Corve',
      marking: 'TLP:AMBER+STRICT',
      audience,
      excluded,
      isExercise: false,
    },
  })
  return id
}

export async function draft(
  who: TestPerson,
  matter: MatterId,
  text: WarningDraft,
  replaces: WarningId | null = null,
) {
  const warning = newId<WarningId>()
  const { sha256 } = await who.call(warnings.saveWarning, {
    params: { warning },
    body: { matter, draft: text, replaces, read: null },
  })
  return { warning, sha256 }
}

export const openWarning = ({ call }: TestPerson, warning: WarningId) =>
  call(warnings.getWarning, { params: { warning } })

export const saveDraft = (
  { call }: TestPerson,
  warning: WarningId,
  body: { matter: MatterId; draft: WarningDraft; read: string | null; replaces?: WarningId },
) =>
  call(warnings.saveWarning, {
    params: { warning },
    body: { replaces: null, ...body } as never,
  })

export async function sign(
  who: TestPerson,
  { warning, sha256 }: Awaited<ReturnType<typeof draft>>,
) {
  await stepUp(who)
  const { audience } = await who.call(warnings.getWarning, { params: { warning } })
  return who.call(warnings.signWarning, { params: { warning }, body: { sha256, shown: audience } })
}

export const entriesOf = async ({ call }: TestPerson, matter: MatterId) =>
  (await call(docket.getMatter, { params: { matter } })).entries

export const tokenIn = (message: Message | undefined): string =>
  /\/a\/([0-9a-f]{64})/.exec(message?.text ?? '')?.[1] ?? ''

/** Longer than several rounds take on a busy machine, and shorter than a test may. */
const PATIENCE_MS = 40_000

/** Waits for what a node does in its rounds. */
export const until = async (holds: () => boolean | Promise<boolean>) => {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; ) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not come to that')
}

/** Long after, a session has ended: whoever comes back signs in again. */
export async function comeBack(who: TestPerson): Promise<TestPerson> {
  await signInWithPasskey(who, who.passkey)
  return who
}
