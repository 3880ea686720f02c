import { createHash } from 'node:crypto'
import type { CountryCode, Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { readMarkup } from '@tocsin/domain/rich-text.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { consultationObject } from '@tocsin/records/stix/consultation.ts'
import { contributionObject } from '@tocsin/records/stix/contribution.ts'
import { nameObject } from '@tocsin/records/stix/shared-object.ts'
import type pg from 'pg'
import { fillPeople } from '../docket/fill.ts'

export const roomSize = { organisations: 50, contributions: 5000, documents: 200 }

const MINUTE_MS = 60_000
const words = `We support the presence and can send two observers. Our cabinet meets on Tuesday evening; until then we
ask that **no lists** be kept at the posts, and that whoever crosses is not asked where they come from.

- two observers from 27 November
- a report every 48 hours`

const at = (n: number) => new Date(Date.now() - n * MINUTE_MS).toISOString() as Instant

type Told = {
  readonly object: RecordedObject
  readonly organisation: string
  readonly seq: number
  readonly keptAt: string
}

/** One room of 50 organisations on as many nodes, as the node of one of them holds it. */
export async function fillRoom(owner: pg.Client) {
  const members = Array.from({ length: roomSize.organisations }, () => newId<OrganisationId>())
  const [own] = members as [OrganisationId]
  await owner.query(
    `insert into organisation (id, name, kind, made_at)
      select id, 'Ministry of River ' || n, 'focal-point', now()
      from unnest($1::uuid[]) with ordinality as made (id, n)`,
    [members],
  )
  await owner.query(
    `insert into member (organisation, address, root, state, made_at)
      select id, 'https://node' || n || '.example/', repeat('0', 64), 'pinned', now()
      from unnest($1::uuid[]) with ordinality as made (id, n) where n > 1`,
    [members],
  )
  const tokens = await fillPeople(owner, own)
  const consultation = newId<ConsultationId>()
  const matter = newId<MatterId>()
  const audience = consultation as string as AudienceId
  await owner.query(
    `insert into audience (id, version, organisation, name, audience, excluded, ceiling, reshare,
        effective_at, made_at, applied_at)
      values ($1, 1, $2, 'C-2026/1', $3, '{}', 'TLP:RED', 'never', $4, $4, $4)`,
    [audience, own, members.slice(1), at(10_000)],
  )
  await owner.query(
    `insert into record_head (organisation, audience_id, seq, known_seq)
      select id, $1, 200, 200 from unnest($2::uuid[]) as made (id)`,
    [audience, members],
  )
  const marking = 'TLP:AMBER+STRICT' as const
  const common = { audience, marking, isExercise: false }
  const room: Consultation = {
    ...{ id: consultation, matter, organisation: own, organisationName: 'Ministry of River 1' },
    ...{ year: 2026, number: 1, title: 'Joint presence at the Marrow border posts' },
    request: 'After 1,900 people crossed in four days.',
    convenedBy: { name: 'M. Oren', office: 'Focal point' },
    ...{ country: null as CountryCode | null, level: 3, marking, isExercise: false },
    seats: members.slice(1).map((organisation, index) => ({
      organisation,
      name: `Ministry of River ${index + 2}`,
      role: index % 10 === 9 ? ('observer' as const) : ('participant' as const),
      since: at(10_000),
    })),
    concerned: [],
    agenda: Array.from({ length: 6 }, (_, n) => ({
      n: n + 1,
      title: `Item ${n + 1} of the agenda of this consultation`,
      addedAt: at(10_000),
      settled: null,
    })),
    ...{ openedAt: at(10_000), closing: null },
  }
  const told: Told[] = [
    {
      object: consultationObject({ ...room, view: 'room', audience }, at(9_999)),
      organisation: own,
      seq: 1,
      keptAt: at(9_999),
    },
  ]
  const text = readMarkup(words) as never
  for (let n = 0; n < roomSize.contributions; n += 1) {
    const organisation = members[n % members.length] as OrganisationId
    const saidAt = at(roomSize.contributions - n)
    const object = contributionObject({
      ...common,
      ...{ id: newId<ContributionId>(), consultation, organisation, saidAt, text },
      organisationName: `Ministry of River ${1 + (n % members.length)}`,
      by: { name: 'M. Oren', office: 'Focal point' },
      ...{ kind: 'statement', item: 1 + (n % 6), replyTo: null, locale: 'en' },
      ...{ writtenAt: null, translates: null, heard: null },
    })
    told.push({ object, organisation, seq: 2 + Math.floor(n / members.length), keptAt: saidAt })
  }
  for (let n = 0; n < roomSize.documents; n += 1) {
    const id = nameObject('attachment', newId(), audience)
    const made = at(9_000 - n)
    const object = {
      ...{ type: 'attachment', spec_version: '2.1', id, created: made, modified: made },
      name: `Annex ${n}.pdf`,
      content: { attachment: newId(), matter, organisation: own },
    } as RecordedObject
    told.push({ object, organisation: own, seq: 1000 + n, keptAt: made })
  }
  await keep(owner, told, { audience, members, marking })
  await owner.query('analyze')
  return { tokens, consultation }
}

type Kept = {
  readonly audience: AudienceId
  readonly members: readonly OrganisationId[]
  readonly marking: string
}

async function keep(owner: pg.Client, told: readonly Told[], { audience, members, marking }: Kept) {
  const rows = told.map(({ object, organisation, seq, keptAt }) => ({
    digest: createHash('sha256').update(object.id).digest('hex'),
    organisation,
    audience_id: audience,
    audience: members.filter((member) => member !== organisation),
    excluded: [],
    ...{ epoch: 1, seq, previous: null, object_type: object.type, object_id: object.id },
    ...{ modified: object.modified, created: object.created, marking, statement: {} },
    ...{ kept_at: keptAt, waiting: false, id: object.id, type: object.type, object },
  }))
  for (const table of ['network_record', 'shared_object']) {
    for (let from = 0; from < rows.length; from += 500) {
      await owner.query(
        `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows.slice(from, from + 500))],
      )
    }
  }
}
