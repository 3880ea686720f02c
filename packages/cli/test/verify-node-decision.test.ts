import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convene } from '@tocsin/api/consultations.ts'
import * as api from '@tocsin/api/decisions.ts'
import * as docket from '@tocsin/api/docket.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { textToBase64Url } from '@tocsin/records/base64.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { DecisionFile, decisionFileText } from '@tocsin/records/decision-file.ts'
import { digestOf, type Signed } from '@tocsin/records/jws.ts'
import { readKept } from '@tocsin/records/record.ts'
import { type Decision, decisionObject, readDecisionObject } from '@tocsin/records/stix/decision.ts'
import { expect, onTestFinished, test } from 'vitest'
import { textOf, withoutPoppler } from '../../documents/test/programs.ts'
import { requireRoom } from '../../server/src/consultations/queries.ts'
import { readDeciding } from '../../server/src/decisions/said.ts'
import { requireStanding, standingsOf } from '../../server/src/decisions/store.ts'
import { tellRoom } from '../../server/src/decisions/tell.ts'
import { codeOf, convening } from '../../server/test/test-consultations.ts'
import { comeBack } from '../../server/test/test-docket.ts'
import { opening } from '../../server/test/test-matters.ts'
import { stepUp } from '../../server/test/test-people.ts'
import {
  HOUR,
  proposalsOf,
  putting,
  settleUntil,
  witnessEachOther,
} from '../../server/test/test-proposals.ts'
import {
  approveAll,
  carry,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from '../../server/test/test-sharing.ts'
import { tocsin } from './tocsin.ts'

type Two = readonly [Sharer, Sharer]
type One = { readonly consultation: ConsultationId; readonly proposal: ProposalId }

/** Two texts that were adopted in silence in one room of two nodes. */
async function adoptTwo([home, member]: Two): Promise<readonly [One, One]> {
  await witnessEachOther([home, member])
  const { id: matter } = await home.focal.call(docket.openMatter, {
    body: opening({ audience: [member.own] }),
  })
  const body = convening([member.own])
  const consultation = body.id
  await home.focal.call(convene, { params: { matter }, body })
  await carry(home, member)
  const both = [
    { consultation, proposal: newId<ProposalId>() },
    { consultation, proposal: newId<ProposalId>() },
  ] as const
  for (const params of both) {
    await home.focal.call(api.putProposal, { params, body: putting(home.app.clock()) })
  }
  await settleUntil([home, member], [home, member], async () => {
    const all = await proposalsOf(member.focal, consultation)
    return all.length === 2 && all.every(({ members }) => members.every((one) => one.receivedAt))
  })
  await pass([home, member], 50 * HOUR)
  return both
}

async function verify(name: string, text: string | Uint8Array, language = 'en_GB.UTF-8') {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-decision-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  await writeFile(path, text)
  return tocsin(undefined, ['verify', path], { LANG: language })
}

const isOf = (type: string) => (record: Signed) => readKept(record).object.type === type

/** The file with the words of one of its records changed, and nothing signed anew. */
function reworded(file: DecisionFile, type: string, from: string, to: string): string {
  const changed = (record: Signed): Signed => {
    const text = canonicalJson(readKept(record).object as Json)
    expect(text).toContain(from)
    return { ...record, payload: textToBase64Url(text.replaceAll(from, to)) }
  }
  const records = file.records.map((one) => (isOf(type)(one) ? changed(one) : one))
  return decisionFileText({ ...file, records })
}

test.skipIf(withoutPoppler)(
  'tells a decision that a node gave out from one that anybody changed',
  async () => {
    const both = (await startSharersApart(2)) as unknown as Two
    const [home, member] = both
    const colleague = await secondOf(home)
    const outside = await member.as('focal-point', 'elsewhere')
    const [first, second] = await adoptTwo(both)
    const recording = { reading: 1, legalBasis: ['Article 9'], addressees: [], followUp: null }
    await stepUp(home.focal)
    await home.focal.call(api.recordDecision, {
      params: first,
      body: { ...recording, signsAs: 'secretary' },
    })
    const minute = (query: { format: 'pdf' | 'docx'; locale: 'en' | 'ar' }) =>
      member.focal.call(api.getDecisionMinute, { params: first, query })
    expect(await codeOf(minute({ format: 'pdf', locale: 'en' }))).toBe('proposal.not-decided')
    await comeBack(colleague)
    expect(await approveAll(colleague)).toBe(1)
    const isProven = async ({ proposal }: One) => {
      const all = await proposalsOf(member.focal, first.consultation)
      return Boolean(all.find(({ id }) => id === proposal)?.decision?.provenAt)
    }
    await settleUntil(both, both, () => isProven(first))
    const bytes = await member.focal.call(api.getDecisionFile, { params: first })
    const good = await verify('good.json', bytes)
    expect(good.stdout).toMatch(/^This decision holds/)
    expect(good.code).toBe(0)

    const text = new TextDecoder().decode(bytes)
    const file = DecisionFile.parse(JSON.parse(text))
    const decided = file.records.find(isOf('decision')) as Signed
    const decision = readDecisionObject(readKept(decided).object)
    expect(decision.signedBy?.chair).toBe('Second')
    const notSigned = (record: string, type: string) => {
      const changed = DecisionFile.parse(JSON.parse(record)).records.find(isOf(type)) as Signed
      return `- Record ${digestOf(changed)} is not what a key in the file signed.`
    }
    const refused = async (changed: string, ...lines: readonly string[]) => {
      const { code, stdout } = await verify('changed.json', changed)
      expect(stdout).toMatch(/^This decision does not hold/)
      for (const line of lines) expect(stdout).toContain(line)
      expect(code).toBe(1)
    }
    const otherText = reworded(
      file,
      'question',
      'Members deploy observers',
      'Members deploy troops',
    )
    await refused(otherText, notSigned(otherText, 'question'))
    const otherChair = reworded(file, 'decision', '"Second"', '"Somebody else"')
    await refused(otherChair, notSigned(otherChair, 'decision'))
    const forged = {
      ...decided,
      signature: (file.records.find(isOf('question')) as Signed).signature,
    }
    const records = file.records.map((one) => (one === decided ? forged : one))
    const otherHand = decisionFileText({ ...file, records })
    await refused(otherHand, notSigned(otherHand, 'decision'))
    const kept = file.records.filter((one) => !isOf('position')(one))
    await refused(
      decisionFileText({ ...file, records: kept }),
      'The decision cites positions that are not in the file.',
      'Those named as present are not those who took part.',
    )

    // A home that says itself, properly signed and witnessed, that the text was adopted in one language alone.
    await tellOneLanguage(home, second, decision)
    await settleUntil(both, both, () => isProven(second))
    const lied = await member.focal.call(api.getDecisionFile, { params: second })
    expect((await checkDecision(lied)).faults).toMatchObject([{ fault: 'differs-text' }])
    const french = await verify('lied.json', lied, 'fr_FR.UTF-8')
    expect(french.stdout).toContain('Le texte de la décision n’est pas')
    expect(french.code).toBe(1)

    // The paper says the same: by whom it is signed, and where the records do not bear it out.
    const paper = await textOf(await minute({ format: 'pdf', locale: 'en' }))
    for (const said of [
      ...['Record of decision', 'Second', 'Article 9', 'silent', 'it comes to the same'],
      ...['Joint presence', digestOf(decided).slice(0, 8)],
    ]) {
      expect(paper.replace(/\s+/g, ' ')).toContain(said)
    }
    const query = { format: 'pdf', locale: 'fr' } as const
    const doubted = await member.focal.call(api.getDecisionMinute, { params: second, query })
    expect((await textOf(doubted)).replace(/\s+/g, ' ')).toContain(
      'Le texte de la décision n’est pas',
    )
    const word = await minute({ format: 'docx', locale: 'ar' })
    expect(Buffer.from(word).subarray(0, 2).toString()).toBe('PK')
    await comeBack(outside)
    expect(await codeOf(outside.call(api.getDecisionMinute, { params: first, query }))).toBe(
      'consultation.not-found',
    )
  },
)

/** The record of a second text, as an honest one of the first, but in French and no other language. */
async function tellOneLanguage(
  { app, own }: Sharer,
  { consultation, proposal }: One,
  honest: Decision,
): Promise<void> {
  await app.db.as(system, async (tx) => {
    const room = await requireRoom(tx, consultation)
    const said = await readDeciding(app.db.as, system, room)
    const standings = await standingsOf(app, app.db.as, room, said)
    const { question, by } = requireStanding(standings, proposal)
    if (by.kind !== 'silence') throw new Error('it was put to ballots')
    const { texts, proposal: put } = question.said
    const { fr = '' } = put.text.title
    await tellRoom(app, tx, { room, organisation: own }, (parts) =>
      decisionObject({
        ...honest,
        ...parts,
        ...{ number: 2, proposal, question: question.digest },
        text: {
          title: { fr },
          clauses: put.text.clauses.map(({ clause, texts: { fr: own = '' } }) => ({
            clause,
            texts: { fr: own },
          })),
        },
        texts: texts.fr ? { fr: texts.fr } : {},
        ground: {
          kind: 'silence',
          deadline: by.silence.deadline,
          positions: [],
          expelled: [],
        },
      }),
    )
  })
}
