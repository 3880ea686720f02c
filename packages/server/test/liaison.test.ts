import { listApprovals } from '@tocsin/api/approvals.ts'
import * as calendar from '@tocsin/api/calendar.ts'
import * as api from '@tocsin/api/liaison.ts'
import type { CountryCode, Day } from '@tocsin/domain/brand.ts'
import type { CapacityCheckId } from '@tocsin/domain/capacity-check.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { LiaisonRequestId, RequestForm, RequestStep } from '@tocsin/domain/liaison.ts'
import type { ChosenFinding, LiaisonNoteId, NoteForm } from '@tocsin/domain/liaison-note.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { TriggerDateId } from '@tocsin/domain/trigger-date.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { textOf, withoutPoppler } from '../../documents/test/programs.ts'
import { addAuthority, DAY, draft, draftFor, entriesOf, openMatter, sign } from './test-docket.ts'
import { file, plan, reportForm } from './test-matters.ts'
import { startTestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'
import { approveAll } from './test-sharing.ts'

const desk = ({ call }: TestPerson) => call(api.getLiaison, { query: { exercise: false } })
const onMatter = ({ call }: TestPerson, matter: MatterId) =>
  call(api.getMatterLiaison, { params: { matter } })

const asked = (parts: Partial<RequestForm> = {}): RequestForm => ({
  kind: 'training',
  direction: 'to-office',
  subject: 'Two days on the risk factors',
  text: 'For nine officers.',
  locale: 'en',
  matter: null,
  wantedBy: '2026-03-01' as Day,
  cameOn: null,
  ...parts,
})

const step = (parts: Partial<RequestStep> = {}): RequestStep => ({
  ...{ to: 'sent', on: DAY, how: 'By the Permanent Mission', text: null },
  ...parts,
})

const make = (
  { call }: TestPerson,
  matter: MatterId,
  chosen: readonly ChosenFinding[],
  parts: Partial<NoteForm> = {},
  note = newId<LiaisonNoteId>(),
) =>
  call(api.makeLiaisonNote, {
    params: { matter, note },
    body: { locale: 'en', chosen: [...chosen], judgements: [], ...parts },
  })

/** A matter with one of each kind of thing that a note may tell of. */
async function prepare() {
  const node = await startTestNode()
  const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
  const matter = await openMatter(focal)
  const said = { matter, marking: 'TLP:AMBER', country: 'SSD' as CountryCode } as const
  const reports = [
    await file(focal, reportForm({ ...said, precision: '1-km' })),
    await file(
      focal,
      reportForm({ ...said, place: 'Northern Reach', precision: 'adm-1', someoneAtRisk: false }),
    ),
  ]
  await sign(focal, await draft(focal, matter, draftFor([await addAuthority(node, 'Police')])))
  await focal.call(calendar.setTriggerDate, {
    params: { date: newId<TriggerDateId>() },
    body: {
      ...{ kind: 'election', title: 'Vote in Ardenia', country: null, place: 'Weir Street' },
      ...{ fromDay: '2026-02-01' as Day, untilDay: '2026-02-02' as Day, matter },
      ...{ leadDays: 10, note: null },
    },
  })
  await plan(focal, matter, { title: 'Posts at the mill', riskFactors: [7], status: 'done' })
  return { node, focal, analyst, matter, reports }
}

describe.skipIf(withoutPoppler)('a note to the UN Office', () => {
  test('is made of what was chosen without its sources, leaves after two, and is put on record', async () => {
    const { node, focal, analyst, matter, reports } = await prepare()
    const { offered } = await onMatter(analyst, matter)
    expect(offered.map(({ kind, factors }) => [kind, factors])).toEqual([
      ['report', []],
      ['report', []],
      ['warning', []],
      ['date', [8]],
      ['action', [7]],
    ])
    const chosen = offered.map(({ kind, id, factors }) => ({
      ...{ kind, id },
      factors: factors.length > 0 ? factors : [7, 9],
    }))
    const words = 'As analyst here wrote, doors at Lower Corve were marked; ask a@corve.example.'
    const judgements = [
      { factor: 9, presence: 'partial', words },
      { factor: 1, presence: 'absent', words: null },
    ] as const
    const note = newId<LiaisonNoteId>()
    const made = await make(analyst, matter, chosen, { judgements: [...judgements] }, note)
    expect(await make(analyst, matter, chosen.slice(1), {}, note)).toEqual(made)
    expect(made.marking).toBe('TLP:AMBER+STRICT')
    expect(made.content.factors[8]?.words).toBe('As […] wrote, doors at […] were marked; ask […]')
    const secrets = ['Lower Corve', 'Chalk', 'Houses', 'Weir', 'Vote', 'mill', 'analyst', 'a@']
    const ids = [matter, ...reports.flatMap(({ id, writtenBy }) => [id, writtenBy])]
    for (const secret of [...secrets, ...ids, 'R-2026', 'M-2026', 'W-2026']) {
      expect(JSON.stringify(made.content)).not.toContain(secret)
    }

    const params = { note }
    const paper = async (locale: 'en' | 'fr', format: 'pdf' | 'docx' = 'pdf') =>
      focal.call(api.getLiaisonNoteDocument, { params, query: { format, locale } })
    const plain = async (locale: 'en' | 'fr') =>
      (await textOf(await paper(locale))).replace(/\s+/g, ' ')
    const text = await plain('en')
    for (const said of [
      ...['Two persons have not released it', 'Enabling circumstances', 'Northern Reach', 'Sarrin'],
      ...['South Sudan', 'What was left out', 'exact places', 'Not assessed', 'January 2026'],
    ]) {
      expect(text.toLowerCase()).toContain(said.toLowerCase())
    }
    for (const secret of [...secrets, 'R-2026', 'M-2026', 'W-2026']) {
      expect(text).not.toContain(secret)
    }
    expect(await plain('fr')).toContain('Ce qui a été omis')
    expect(
      Buffer.from(await paper('fr', 'docx'))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')

    const given = { handedOn: DAY, how: 'By hand', to: 'Head of section' }
    const handOver = () => analyst.call(api.handOverLiaisonNote, { params, body: given })
    await expect(handOver()).rejects.toMatchObject({ code: 'liaison.note-not-released' })
    await stepUp(analyst)
    const outcome = await analyst.call(api.releaseLiaisonNote, { params })
    expect(outcome.state).toBe('waiting')
    const [proposal] = await focal.call(listApprovals, {})
    expect(proposal?.act.details).toMatchObject({ name: 'M-2026/1', matter })
    expect(await approveAll(focal)).toBe(1)
    expect(await plain('en')).not.toContain('Two persons have not released it')

    const early = analyst.call(api.recordLiaisonReceipt, { params, body: { on: DAY, words: null } })
    await expect(early).rejects.toMatchObject({ code: 'liaison.note-not-handed-over' })
    for (const _ of ['first', 'again']) await handOver()
    const other = { ...given, to: 'Somebody else' }
    const twice = analyst.call(api.handOverLiaisonNote, { params, body: other })
    await expect(twice).rejects.toMatchObject({ code: 'liaison.note-handed-over' })
    await analyst.call(api.recordLiaisonReceipt, { params, body: { on: DAY, words: 'Thanks.' } })
    const informed = (await entriesOf(focal, matter)).filter(
      ({ kind }) => kind === 'office.informed',
    )
    expect(informed.map(({ text: own, facts }) => ({ own, facts }))).toMatchObject([
      { own: null, facts: { note, handedOn: DAY, marking: made.marking, factors: [7, 8, 9] } },
    ])
    expect(JSON.stringify(informed)).not.toContain(given.to)
    const [listed] = (await desk(focal)).notes
    expect(listed).toMatchObject({ id: note, number: 1, receipt: { on: DAY, words: 'Thanks.' } })

    const neighbour = await node.as('focal-point', 'elsewhere')
    const foreign = neighbour.call(api.getLiaisonNoteDocument, {
      params,
      query: { format: 'pdf', locale: 'en' },
    })
    await expect(foreign).rejects.toMatchObject({ code: 'liaison.note-not-found' })
    expect((await desk(neighbour)).notes).toEqual([])
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    for (const change of ["content = '{}'", "how = 'other'", 'released_at = null']) {
      const done = owner.query(`update liaison_note set ${change} where id = $1`, [note])
      await expect(done).rejects.toThrow('stays as it is on record')
    }
    await owner.end()
  })

  test('holds nothing for named persons alone, and judges nothing without a finding', async () => {
    const node = await startTestNode()
    const [focal, reader] = [await node.as('focal-point'), await node.as('reader')]
    const matter = await openMatter(
      focal,
      [],
      [(await node.as('focal-point', 'elsewhere')).organisation],
    )
    const closed = await file(focal, reportForm({ matter, marking: 'TLP:RED' }))
    const open = await file(focal, reportForm({ matter, marking: 'TLP:GREEN' }))
    const choice = (id: string): ChosenFinding => ({ kind: 'report', id, factors: [7] })
    const refused = (made: Promise<unknown>, code: string) =>
      expect(made).rejects.toMatchObject({ code })
    await refused(make(focal, matter, [choice(closed.id)]), 'liaison.too-closed')
    await refused(make(focal, matter, [choice(newId())]), 'liaison.finding-unknown')
    await refused(make(focal, matter, [choice(open.id), choice(open.id)]), 'request.invalid')
    const judgements = [{ factor: 8, presence: 'present', words: null }] as const
    const unfounded = make(focal, matter, [choice(open.id)], { judgements: [...judgements] })
    await refused(unfounded, 'liaison.factor-unfounded')
    await refused(make(reader, matter, [choice(open.id)]), 'permission.denied')
    // Whoever the matter is shared with learns nothing of what its organisation tells the Office.
    const neighbour = await node.as('focal-point', 'elsewhere')
    await refused(onMatter(neighbour, matter), 'matter.not-found')
    await refused(make(neighbour, matter, [choice(open.id)]), 'permission.denied')
    expect((await onMatter(focal, matter)).offered.map(({ mayGo }) => mayGo)).toEqual([false, true])
  })
})

describe('the desk for the UN Office', () => {
  test('follows requests both ways, step by step, and only forward', async () => {
    const node = await startTestNode()
    const [analyst, neighbour] = [await node.as('analyst'), await node.as('analyst', 'elsewhere')]
    const request = newId<LiaisonRequestId>()
    const put = (body: RequestForm, who = analyst, id = request) =>
      who.call(api.draftRequest, { params: { request: id }, body })
    const move = (body: RequestStep, id = request) =>
      analyst.call(api.moveRequest, { params: { request: id }, body })
    expect((await put(asked())).state).toBe('drafted')
    expect((await put(asked({ subject: 'Three days' }))).subject).toBe('Three days')
    await expect(put(asked(), neighbour)).rejects.toMatchObject({
      code: 'liaison.request-not-found',
    })
    await expect(move(step({ to: 'answered', text: 'Yes.' }))).rejects.toMatchObject({
      code: 'liaison.cannot-move',
    })
    for (const bad of [step({ how: null }), step({ on: '2026-01-02' as Day })]) {
      await expect(move(bad)).rejects.toMatchObject({ code: 'request.invalid' })
    }
    await move(step())
    const sent = await move(step())
    expect(sent.steps).toMatchObject([{ to: 'sent', by: 'analyst here' }])
    await expect(put(asked())).rejects.toMatchObject({ code: 'liaison.request-sent' })
    expect(await put(asked({ subject: 'Three days' }))).toEqual(sent)
    await move(step({ to: 'acknowledged', how: null }))
    await move(step({ to: 'answered', how: null, text: 'In May.' }))

    const theirs = newId<LiaisonRequestId>()
    const came = asked({ kind: 'information', direction: 'from-office', cameOn: DAY })
    expect((await put(came, analyst, theirs)).state).toBe('sent')
    await move(step({ to: 'declined', how: null, text: 'It would name a source.' }), theirs)
    const { requests } = await desk(analyst)
    expect(requests.map(({ state }) => state).sort()).toEqual(['answered', 'declined'])
    expect((await desk(neighbour)).requests).toEqual([])
  })

  test('keeps each look at the own capacity as it was', async () => {
    const node = await startTestNode()
    const [analyst, reader] = [await node.as('analyst'), await node.as('reader')]
    const check = newId<CapacityCheckId>()
    const put = (answers: Parameters<typeof api.checkCapacity.body.parse>[0], id = check) =>
      analyst.call(api.checkCapacity, { params: { check: id }, body: { answers } as never })
    const answers = { staff: { answer: 'no', note: 'One person.' } } as const
    await put(answers)
    expect((await put({ staff: { answer: 'yes', note: null } })).answers).toEqual(answers)
    await expect(put({}, newId())).rejects.toMatchObject({ code: 'request.invalid' })
    node.advance(1000)
    await put({ staff: { answer: 'yes', note: null } }, newId())
    const { checks } = await desk(reader)
    expect(checks.map((one) => one.answers.staff?.answer)).toEqual(['yes', 'no'])
    expect(checks[0]?.by).toBe('analyst here')
  })
})
