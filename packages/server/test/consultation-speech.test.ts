import * as api from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { consultationObject } from '@tocsin/records/stix/consultation.ts'
import { contributionObject } from '@tocsin/records/stix/contribution.ts'
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
import { publish } from './test-exchange.ts'
import { opening } from './test-matters.ts'
import { carry, type Sharer, startSharersApart } from './test-sharing.ts'

type Two = readonly [Sharer, Sharer]

describe('what cannot be said', () => {
  test('is refused in words, and nothing of it is kept', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Two
    const { focal } = ardenia
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({ audience: [belmara.own] }),
    })
    const body = convening([belmara.own])
    const { id } = body
    const open = (parts: Parameters<typeof convening>[1]) =>
      codeOf(focal.call(api.convene, { params: { matter }, body: convening([belmara.own], parts) }))
    expect([
      await open({ participants: [] }),
      await open({ observers: [belmara.own] }),
      await open({ participants: [newId()] }),
      await open({ title: '' }),
    ]).toEqual([
      'consultation.nobody-invited',
      'consultation.named-twice',
      'sharing.unknown-organisation',
      'request.invalid',
    ])
    await focal.call(api.convene, { params: { matter }, body })
    const contribution = newId<ContributionId>()
    const said = saying('We agree.\n\n- one\n- **two**')
    const stored = await say(focal, id, said, { id: contribution })
    // Twice the same is once; something else under the same name is not.
    expect(await say(focal, id, said, { id: contribution })).toEqual(stored)
    const outsider = await ardenia.as('focal-point', 'elsewhere')
    const reader = await ardenia.as('reader')
    const long = saying('x'.repeat(12_500))
    const hostile = (text: unknown) => codeOf(say(focal, id, { ...said, text: text as never }))
    expect([
      await codeOf(say(focal, id, saying('Other words.'), { id: contribution })),
      await codeOf(say(focal, id, saying('x', { item: 3 }))),
      await codeOf(say(focal, id, saying('x', { replyTo: newId() }))),
      await codeOf(say(focal, id, saying('x', { translates: { contribution, isMachine: false } }))),
      await codeOf(say(focal, id, saying('x', { kind: 'reply-of-concerned' }))),
      await codeOf(say(focal, id, long)),
      await hostile([{ kind: 'html', runs: ['<script>'] }]),
      await hostile([{ kind: 'paragraph', runs: [{ link: 'javascript:alert(1)' }] }]),
      await hostile([{ kind: 'paragraph', runs: ['a\u202eb'] }]),
      await codeOf(say(outsider, id, said)),
      await codeOf(say(reader, id, said)),
      await codeOf(say(belmara.focal, id, said)),
      await codeOf(exchangeOf(focal, id, { before: 'nowhere' })),
      await codeOf(say(focal, newId(), said)),
    ]).toEqual([
      'consultation.said-already',
      'consultation.no-such-item',
      'consultation.no-such-contribution',
      'consultation.same-language',
      'consultation.not-concerned',
      'request.invalid',
      'request.invalid',
      'request.invalid',
      'request.invalid',
      'consultation.not-found',
      'permission.denied',
      'consultation.not-found',
      'consultation.no-such-contribution',
      'consultation.not-found',
    ])
    expect(await wordsOf(focal, id)).toHaveLength(1)

    // The agenda is led by whoever convened; what was decided stands.
    await carry(ardenia, belmara)
    const settle = (person: typeof focal, n: number, words = 'Agreed.') =>
      codeOf(
        person.call(api.settleAgendaItem, {
          params: { consultation: id, n },
          body: { outcome: 'decided', words },
        }),
      )
    expect([
      await settle(belmara.focal, 1),
      await settle(focal, 9),
      await settle(focal, 1),
      await settle(focal, 1),
    ]).toEqual([
      'permission.denied',
      'consultation.no-such-item',
      'done',
      'consultation.item-settled',
    ])
    for (const node of [ardenia, belmara]) node.advance(1000)
    const added = { params: { consultation: id }, body: { title: 'Note to the Council' } }
    expect(await focal.call(api.addAgendaItem, added)).toEqual({ n: 3 })

    // A list of what happened since somebody looked, which is empty once they have.
    await carry(ardenia, belmara)
    const params = { consultation: id }
    const catchUp = () => belmara.focal.call(api.catchUp, { params })
    const first = await catchUp()
    expect(first).toMatchObject({ since: null, said: 1 })
    const kinds = first.events.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['item-added', 'item-decided', 'opened', 'said']))
    const { asOf } = await exchangeOf(belmara.focal, id)
    await belmara.focal.call(api.markLooked, { params, body: { asOf } })
    expect((await catchUp()).events).toEqual([])
    belmara.advance(1000)
    ardenia.advance(1000)
    await say(focal, id, saying('And one more.'))
    await carry(ardenia, belmara)
    expect((await catchUp()).events).toMatchObject([{ kind: 'said', what: 'And one more.' }])
    const { rooms } = await belmara.focal.call(api.listConsultations, { query: real })
    expect(rooms).toMatchObject([{ fresh: 1 }])

    await focal.call(api.closeConsultation, { params, body: { words: 'Done.' } })
    expect([
      await codeOf(say(focal, id, saying('Late.'))),
      await codeOf(focal.call(api.addAgendaItem, added)),
      // What was sent before and is sent again is answered with what was said.
      await codeOf(say(focal, id, said, { id: contribution })),
    ]).toEqual(['consultation.closed', 'consultation.closed', 'done'])
  })

  test('is refused where it comes in another name, to another room, or over what somebody else told', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Two
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({ audience: [belmara.own] }),
    })
    const body = convening([belmara.own])
    await ardenia.focal.call(api.convene, { params: { matter }, body })
    await carry(ardenia, belmara)
    const said = await say(belmara.focal, body.id, saying('We agree.'))
    await carry(belmara, ardenia)
    const audience = body.id as string as AudienceId
    const { room, seats } = await roomOf(ardenia.focal, body.id)
    const told = {
      ...said,
      ...{ id: newId<ContributionId>(), audience, marking: room.marking, isExercise: false },
    }
    const own = { ...room, seats: seats.map((seat) => ({ ...seat, since: room.openedAt })) }
    const forged = [
      contributionObject({ ...told, organisation: ardenia.own }),
      contributionObject({ ...told, consultation: newId(), audience: newId() }),
      { ...contributionObject(told), id: contributionObject({ ...told, id: newId() }).id },
      consultationObject(
        { ...own, id: newId(), organisation: belmara.own, view: 'room', audience },
        room.openedAt,
      ),
    ]
    for (const object of forged) {
      await publish(belmara, audience, object)
      const outcomes = await carry(belmara, ardenia)
      expect(outcomes.filter((outcome) => outcome !== 'kept')).toEqual(['not-accepted'])
    }
    expect(await wordsOf(ardenia.focal, body.id)).toEqual([[belmara.own, paragraph('We agree.')]])
    const { rooms } = await ardenia.focal.call(api.listConsultations, { query: real })
    expect(rooms).toHaveLength(1)
  })

  test('fits into an update, however much is said', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Two
    const { focal } = ardenia
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({ audience: [belmara.own] }),
    })
    const body = convening([belmara.own])
    const { id } = body
    await focal.call(api.convene, { params: { matter }, body })
    const texts = ['数'.repeat(3_900), 'short', 'x'.repeat(11_800), '"'.repeat(5_900), 'last']
    for (const text of texts) await say(focal, id, saying(text))
    const read: string[] = []
    for (let before: string | null | undefined; before !== null; ) {
      const answer = await exchangeOf(focal, id, before === undefined ? {} : { before })
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(api.UPDATE_BYTES)
      read.push(...answer.contributions.map(({ text }) => JSON.stringify(text)))
      before = answer.next
    }
    expect(read.reverse()).toEqual(texts.map(paragraph))
  })
})
