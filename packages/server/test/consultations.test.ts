import * as api from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import { listTakenBack } from '@tocsin/api/taken-back.ts'
import { withdrawRecord } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { WIDENING_DELAY_MS } from '@tocsin/domain/sharing.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { contributionRef } from '@tocsin/records/stix/contribution.ts'
import { describe, expect, test } from 'vitest'
import {
  codeOf,
  convening,
  exchangeOf,
  paragraph,
  real,
  roomOf,
  say,
  saying,
  wordsOf,
} from './test-consultations.ts'
import { entriesOf } from './test-docket.ts'
import { assessment, opening } from './test-matters.ts'
import { stepUp } from './test-people.ts'
import {
  approveAll,
  carry,
  dumpOf,
  listedBy,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from './test-sharing.ts'

type Four = readonly [Sharer, Sharer, Sharer, Sharer]

const clocksAt = ({ app }: Sharer) =>
  app.db.as(system, (tx) =>
    tx.selectFrom('clock').select('kind').where('stopped_at', 'is', null).execute(),
  )

describe('a consultation across nodes', () => {
  test('is read alike by those in the room; whoever it concerns learns that it exists, and is heard', async () => {
    const all = (await startSharersApart(4)) as unknown as Four
    const [ardenia, belmara, corvane, dalesh] = all
    const second = await secondOf(ardenia)
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ country: 'CRV' as CountryCode }),
    })
    await ardenia.focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    const concerned = { organisation: corvane.own, reason: 'Article 9.', isHeard: true }
    const body = convening([belmara.own], { observers: [dalesh.own], concerned: [concerned] })
    const { id } = body
    const preview = await ardenia.focal.call(api.previewConsultation, { params: { matter }, body })
    expect(preview.takesTwo).toBe(true)
    expect(preview.sentence.readers.map((one) => one.organisation)).toEqual([
      belmara.own,
      dalesh.own,
    ])
    expect(preview.sentence.notReaders).toContainEqual(
      expect.objectContaining({ organisation: corvane.own, reason: 'state-concerned' }),
    )
    await stepUp(ardenia.focal)
    await ardenia.focal.call(api.convene, { params: { matter }, body })
    expect((await ardenia.focal.call(api.listConsultations, { query: real })).rooms).toEqual([])
    expect(await approveAll(second)).toBe(1)
    // The clock of the consultation stops as it does where somebody only records one.
    expect((await clocksAt(ardenia)).map(({ kind }) => kind)).not.toContain('consult')
    const entry = (await entriesOf(ardenia.focal, matter)).at(-1)
    expect(entry).toMatchObject({
      kind: 'matter.consulted',
      text: null,
      facts: { step: 'opened', with: expect.stringMatching(/^C-\d{4}\/1$/) },
    })
    await carry(ardenia, belmara, corvane, dalesh)
    for (const node of [ardenia, belmara, dalesh]) {
      const { rooms } = await node.focal.call(api.listConsultations, { query: real })
      expect(rooms).toMatchObject([{ id, title: body.title, openItem: 'Facts agreed' }])
      const { room, seats, cards } = await roomOf(node.focal, id)
      expect(room.concerned).toMatchObject([{ organisation: corvane.own }])
      expect(seats.map(({ role }) => role)).toEqual(['participant', 'observer'])
      expect(cards.newest).toMatchObject([{ type: 'grouping', title: 'Houses marked', level: 3 }])
    }

    // Each says something; it comes to the others once, in its author's order.
    const first = newId<ContributionId>()
    await say(belmara.focal, id, saying('We support it.', { item: 2 }), { id: first })
    await say(belmara.focal, id, saying('Please give us until Wednesday.', { replyTo: first }))
    await say(ardenia.focal, id, saying('Granted to all alike.', { replyTo: null }))
    await say(dalesh.focal, id, saying('No lists at the posts.', { kind: 'question' }))
    const french = saying('Nous le soutenons.', {
      locale: 'fr',
      translates: { contribution: first, isMachine: false },
    })
    const early = codeOf(say(dalesh.focal, id, french))
    expect(await early).toBe('consultation.no-such-contribution')
    await carry(belmara, ardenia, dalesh)
    await carry(dalesh, ardenia, belmara)
    await carry(ardenia, belmara, dalesh)
    await say(dalesh.focal, id, french)
    await carry(dalesh, ardenia, belmara)
    const words = await wordsOf(ardenia.focal, id)
    expect(words).toHaveLength(4)
    expect(await wordsOf(belmara.focal, id)).toEqual(words)
    expect(await wordsOf(dalesh.focal, id)).toEqual(words)
    const { contributions } = await exchangeOf(ardenia.focal, id)
    const translated = contributions.find((one) => one.id === first)
    expect(translated?.translations).toMatchObject([{ locale: 'fr', isMachine: false }])
    const inFrench = await ardenia.focal.call(api.getContribution, {
      params: { consultation: id, contribution: translated?.translations[0]?.id as ContributionId },
      query: {},
    })
    expect(JSON.stringify(inFrench.text)).toBe(paragraph('Nous le soutenons.'))

    // Corvane's node holds nothing of it but that it exists; what it says is passed on to the room.
    const told = await corvane.focal.call(api.listConsultations, { query: real })
    expect(told.rooms).toMatchObject([{ id, title: null, openItem: null, fresh: 0 }])
    const heard = await corvane.focal.call(api.getConsultation, { params: { consultation: id } })
    expect(heard).toMatchObject({ view: 'hearing', hearing: { hears: corvane.own } })
    expect([
      await codeOf(exchangeOf(corvane.focal, id)),
      await codeOf(say(corvane.focal, id, saying('Let us in.'))),
    ]).toEqual(['consultation.not-found', 'consultation.not-found'])
    const dump = await dumpOf(corvane)
    for (const word of ['Marrow', 'Belmara', 'support', belmara.own, dalesh.own, 'Facts agreed']) {
      expect(dump, word).not.toContain(word)
    }
    expect((await listedBy(corvane.focal)).total).toBe(0)
    const thread = corvane.own
    for (const node of all) node.advance(1000)
    const reply = saying('The posts are open.', { kind: 'reply-of-concerned' })
    await say(corvane.focal, id, reply, { thread })
    await carry(corvane, ardenia)
    await carry(ardenia, belmara, dalesh)
    const said = [corvane.own, paragraph('The posts are open.')]
    for (const node of [ardenia, belmara, dalesh]) {
      expect((await wordsOf(node.focal, id)).at(-1)).toEqual(said)
    }
    expect(await wordsOf(ardenia.focal, id, thread)).toEqual([said])
    for (const node of all) node.advance(1000)
    await say(ardenia.focal, id, saying('Since when?', { kind: 'question' }), { thread })
    await carry(ardenia, corvane)
    expect((await wordsOf(corvane.focal, id, thread)).at(-1)?.[1]).toBe(paragraph('Since when?'))
    expect(await codeOf(exchangeOf(belmara.focal, id, { thread }))).toBe('consultation.not-found')

    // Taken back by its author, it is gone everywhere.
    const object = ObjectId.parse(
      contributionRef('contribution', first, id as string as AudienceId),
    )
    const withdrawal = { object, class: 'error', reason: 'Not cleared.' } as const
    await belmara.focal.call(withdrawRecord, { body: withdrawal })
    await carry(belmara, ardenia, dalesh)
    for (const node of [ardenia, belmara, dalesh]) {
      expect((await wordsOf(node.focal, id)).map(([, text]) => text)).not.toContain(
        paragraph('We support it.'),
      )
      // Its place stays, and says whose it was; why in words stays with whoever took it back.
      const taken = await node.focal.call(listTakenBack, {
        params: { consultation: id },
        query: {},
      })
      const reason = node === belmara ? 'Not cleared.' : null
      expect(taken.places).toMatchObject([{ object, class: 'error', reason }])
      expect((await exchangeOf(node.focal, id)).takenBack).toBe(1)
    }
    const elsewhere = { params: { consultation: id }, query: {} }
    expect(await codeOf(corvane.focal.call(listTakenBack, elsewhere))).toBe(
      'consultation.not-found',
    )

    // Out at once: what is said from then on is not for the one who is concerned.
    await pass(all, 1000)
    const out = { organisation: dalesh.own, reason: 'A party to the dispute.' }
    await ardenia.focal.call(api.recuse, { params: { consultation: id }, body: out })
    await pass(all, 2)
    await carry(ardenia, belmara, dalesh)
    await pass(all, 2)
    expect(await codeOf(roomOf(dalesh.focal, id))).toBe('consultation.not-found')
    await say(ardenia.focal, id, saying('Between us.'))
    await carry(ardenia, belmara, dalesh)
    expect(await dumpOf(dalesh)).not.toContain('Between us')
    const { room } = await roomOf(belmara.focal, id)
    expect(room.concerned.map(({ organisation }) => organisation)).toEqual([
      corvane.own,
      dalesh.own,
    ])
    // What they said while they were there stays.
    expect((await wordsOf(ardenia.focal, id)).map(([who]) => who)).toContain(dalesh.own)

    await ardenia.focal.call(api.closeConsultation, {
      params: { consultation: id },
      body: { words: 'Agreed.' },
    })
    await carry(ardenia, belmara, corvane)
    expect(await codeOf(say(belmara.focal, id, saying('Too late.')))).toBe('consultation.closed')
    const late = say(corvane.focal, id, reply, { thread })
    expect(await codeOf(late)).toBe('consultation.closed')
    expect((await entriesOf(ardenia.focal, matter)).at(-1)).toMatchObject({
      facts: { step: 'held' },
    })
  })

  test('lets another come an hour later, who reads what is said from then on', async () => {
    const all = (await startSharersApart(3)) as unknown as readonly [Sharer, Sharer, Sharer]
    const [ardenia, belmara, corvane] = all
    const second = await secondOf(ardenia)
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ audience: [belmara.own] }),
    })
    // Everybody who is invited reads the matter already: one person convenes, and nothing is told twice.
    const body = convening([belmara.own])
    const { id } = body
    const opened = await ardenia.focal.call(api.convene, { params: { matter }, body })
    expect(opened.state).toBe('done')
    await ardenia.focal.call(api.convene, { params: { matter }, body })
    expect((await entriesOf(ardenia.focal, matter)).map(({ kind }) => kind)).toEqual([
      'matter.opened',
      'matter.consulted',
    ])
    await carry(ardenia, belmara)
    expect((await listedBy(belmara.focal)).types).toEqual(['grouping'])
    expect((await roomOf(belmara.focal, id)).cards.total).toBe(1)
    await say(ardenia.focal, id, saying('Before.'))
    await say(belmara.focal, id, saying('Before, too.'))
    await carry(ardenia, belmara)
    await carry(belmara, ardenia)
    await stepUp(ardenia.focal)
    const invitation = { organisation: corvane.own, role: 'observer' } as const
    const invite = () =>
      ardenia.focal.call(api.inviteTo, { params: { consultation: id }, body: invitation })
    expect((await invite()).state).toBe('waiting')
    expect(await approveAll(second)).toBe(1)
    await carry(ardenia, belmara, corvane)
    const waiting = await roomOf(ardenia.focal, id)
    expect(waiting.seats.at(-1)).toMatchObject({ role: 'observer', why: 'waiting' })
    expect(await codeOf(roomOf(corvane.focal, id))).toBe('consultation.not-found')
    await pass(all, WIDENING_DELAY_MS)
    await carry(ardenia, belmara, corvane)
    await say(belmara.focal, id, saying('After.'))
    await say(ardenia.focal, id, saying('After, too.'))
    await carry(belmara, ardenia, corvane)
    await carry(ardenia, belmara, corvane)
    expect((await wordsOf(corvane.focal, id)).map(([, text]) => text).sort()).toEqual([
      paragraph('After, too.'),
      paragraph('After.'),
    ])
    // Whoever leads still reads what others said before somebody came.
    expect(await wordsOf(ardenia.focal, id)).toHaveLength(4)
    expect(await wordsOf(belmara.focal, id)).toEqual(await wordsOf(ardenia.focal, id))
    const dissent = say(corvane.focal, id, saying('No.', { kind: 'dissent' }))
    expect(await codeOf(dissent)).toBe('consultation.observer')
    await stepUp(ardenia.focal)
    expect(await codeOf(invite())).toBe('consultation.seated-already')
  })
})
