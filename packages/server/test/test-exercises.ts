import * as approvals from '@tocsin/api/approvals.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import * as reports from '@tocsin/api/reports.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
import {
  addAuthority,
  comeBack,
  DAY,
  draft,
  draftFor,
  HOUR,
  type keeping,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import type { TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const by = { name: 'A. Chief', office: 'Police' }

export async function open(
  { call }: TestPerson,
  word: string,
  isExercise: boolean,
): Promise<MatterId> {
  const id = newId<MatterId>()
  const said = { title: `${word} houses`, summary: `${word} homes.`, place: null, country: null }
  const audience = { marking: 'TLP:GREEN' as const, audience: [], excluded: [] }
  await call(docket.openMatter, { body: { id, ...said, ...audience, isExercise } })
  return id
}

export async function report(
  { call }: TestPerson,
  word: string,
  matter: MatterId,
  isExercise: boolean,
) {
  return call(reports.fileReport, {
    body: {
      id: newId<ReportId>(),
      matter,
      kind: 'incident',
      what: `${word} marks on doors.`,
      fromDay: DAY,
      untilDay: DAY,
      country: null,
      place: null,
      precision: null,
      groups: null,
      harm: {},
      sourceGrade: 'B',
      informationGrade: '2',
      marking: 'TLP:GREEN',
      someoneAtRisk: false,
      isExercise,
    },
  })
}

/** What of a node the steps need: also one that a browser looks at. */
type Where = Pick<TestNode, 'app' | 'as' | 'visitor' | 'advance'>

export async function acknowledge(node: Where, token: string): Promise<void> {
  const params = { token }
  const body = { reaction: 'act' as const, note: null, ...by }
  await node.visitor(warnings.acknowledgeLetter, { params, body })
}

async function decide(node: Where, token: string): Promise<void> {
  const answer = { outcome: 'decided' as const, text: 'Posts in both towns.', ...by }
  await node.visitor(warnings.answerLetter, { params: { token }, body: answer })
}

/** So much time passes, and whoever had signed in does so again. */
export async function pass(node: Where, who: TestPerson, ms: number): Promise<void> {
  node.advance(ms)
  await comeBack(who)
}

/** A closed matter in which the police decided within a day and a half, at 0, 1, 2, 10 and 30 hours. */
export async function closedMatter(node: Where, messages: ReturnType<typeof keeping>['messages']) {
  const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
  const police = await addAuthority(node, 'Police')
  const source = await open(focal, 'Past', false)
  const expiresAt = addMilliseconds(node.app.clock(), 10 * 24 * HOUR)
  await pass(node, focal, HOUR)
  await report(focal, 'Past', source, false)
  await pass(node, focal, HOUR)
  await sign(focal, await draft(focal, source, { ...draftFor([police]), expiresAt }))
  await until(() => messages.length === 1)
  const token = tokenIn(messages[0])
  await pass(node, focal, 8 * HOUR)
  await acknowledge(node, token)
  await pass(node, focal, 20 * HOUR)
  await decide(node, token)
  await comeBack(analyst)
  const review = { outcome: 'close' as const, reasons: 'The marks were removed.' }
  await stepUp(analyst)
  const params = { matter: source }
  const outcome = await analyst.call(docket.reviewMatter, { params, body: review })
  await approve(focal, outcome)
  return { focal, source, police }
}

async function approve(focal: TestPerson, outcome: object): Promise<void> {
  await stepUp(focal)
  const waiting = await focal.call(approvals.listApprovals, {})
  const found = waiting.find(({ id }) => 'approval' in outcome && id === outcome.approval)
  if (!found) throw new Error('nothing waits')
  const params = { approval: found.id }
  await focal.call(approvals.approve, { params, body: { sha256: found.sha256 } })
}

/** A focal point of the organisation whom a notice reaches. */
export async function reach(node: Where, { person }: TestPerson): Promise<void> {
  const { call } = await comeBack(await node.as('administrator'))
  const contacts = [{ channel: 'e-mail' as const, address: 'player@river.example' }]
  await call(people.setContacts, { params: { person }, body: { contacts } })
}
