import { loadDemonstration } from '@tocsin/api/demonstration.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as enrolment from '@tocsin/api/enrolment.ts'
import type { SessionId } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import { encodeCap } from '@tocsin/records/cap/profile.ts'
import { readCap } from '@tocsin/records/cap/read.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { checkStatements } from '@tocsin/records/statement.ts'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openCapSchema, withoutCapSchema } from '../../records/test/cap-schema.ts'
import { readWarningAsCap } from '../src/warnings/cap.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { followLink, openBrowser, tokenOf } from './test-people.ts'

/** Every warning that was sent, as somebody of its own organisation reads it in CAP 1.2. */
async function writeAllAsCap({ app, databaseUrl }: TestNode) {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  const { rows } = await owner.query(`select distinct on (warning.id) warning.id,
      warning.organisation, person.id as person, draft
    from warning join person on person.organisation = warning.organisation
    join role_grant on role_grant.person = person.id where sent_at is not null`)
  await owner.end()
  return Promise.all(
    rows.map(async ({ id, organisation, person, draft }) => {
      const actor = { ...reader, organisation, person }
      const xml = await readWarningAsCap(app, { actor, ceiling: 'TLP:RED' }, id, {
        message: 'first',
      })
      return { xml, draft: WarningDraft.parse(draft) }
    }),
  )
}

const reader = {
  kind: 'person' as const,
  roles: ['reader' as const],
  session: newId<SessionId>(),
  credential: 'test',
  steppedUpUntil: null,
}

test('the Five Rivers are loaded whole: every record checks, and their clocks run on', async () => {
  const node = await startTestNode()
  const loaded = await node.operator(loadDemonstration, {})
  expect(loaded.reports).toBeGreaterThanOrEqual(640)
  expect(loaded.warnings).toBeGreaterThanOrEqual(12)

  const link = loaded.links.find(({ name }) => name === 'M. Oren')?.link
  const body = { token: tokenOf(link) }
  const { person } = await openBrowser(node.url).call(enrolment.openInvitation, { body })
  if (!person) throw new Error('the link is for nobody')
  const oren = await followLink(node.url, link, {
    name: person.name,
    person: person.id,
    organisation: '' as never,
  })
  const seen = await oren.call(docket.getDocket, { query: {} as never })
  const titles = seen.rows.map(({ title }) => title)
  expect(titles).toContain('Houses marked, Lower Corve valley')
  expect(titles).not.toContain('Drill: a message in the night')
  const marked = seen.rows.find(({ title }) => title.startsWith('Houses marked'))
  expect(marked).toMatchObject({
    part: 'today',
    level: 3,
    clock: { kind: 'acknowledge', waitingFor: 'Police Directorate of Ardenia' },
  })
  expect(seen.counts['over-time']).toBeGreaterThan(0)

  const owner = new pg.Client(node.databaseUrl)
  await owner.connect()
  const { rows: keys } = await owner.query('select id, public_key from organisation_key')
  const publicKeys = new Map(keys.map(({ id, public_key }) => [id, public_key as string]))
  const { rows } = await owner.query(
    'select matter, json_agg(statement order by seq) as chain from entry group by matter',
  )
  await owner.end()
  expect(rows.length).toBe(loaded.matters)
  for (const { chain } of rows) {
    const statements = (chain as unknown[]).map((one) => Signed.parse(one))
    expect(checkStatements(statements, (kid) => publicKeys.get(kid))).toBeUndefined()
  }

  const written = await writeAllAsCap(node)
  // All but the one that is still a draft.
  expect(written.length).toBe(loaded.warnings - 1)
  const isValid = withoutCapSchema ? () => true : openCapSchema()
  for (const { xml, draft } of written) {
    expect(isValid(xml)).toBe(true)
    const read = readCap(new TextEncoder().encode(xml))
    if (!('message' in read)) throw new Error(`not read back: ${read.fault}`)
    expect(encodeCap(read.message)).toEqual({ xml })
    for (const text of [draft.subject, ...draft.paragraphs, ...draft.populations]) {
      expect(JSON.stringify(read.message)).toContain(JSON.stringify(text).slice(1, -1))
    }
  }

  // Fiction never stands beside anything: a second time it is refused, and nothing has changed.
  await expect(node.operator(loadDemonstration, {})).rejects.toMatchObject({
    code: 'demonstration.not-empty',
  })
  const administrator = await node.as('administrator')
  await expect(administrator.call(loadDemonstration, {})).rejects.toMatchObject({
    code: 'permission.denied',
  })
})
