import { system } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Reader } from '../src/network/collections.ts'
import { readPage } from '../src/network/pages.ts'
import { dateAdded, microsecondsOf } from '../src/network/sequence.ts'
import { startTestNode } from './test-node.ts'

const WRITERS = 8
const EACH = 40
const hash = () => newId().replaceAll('-', '').repeat(2)

test('who reads on from the last record misses none, whoever commits when', async () => {
  const node = await startTestNode()
  const { organisation } = await node.as('administrator')
  const audience = newId<string>()
  const statement = JSON.stringify({ protected: 'AAAA', payload: 'AAAA', signature: 'AAAA' })
  let running = WRITERS
  const write = async (writer: number) => {
    for (let seq = 0; seq < EACH; seq += 1) {
      await node.app.db.as(system, async (tx) => {
        await sql`insert into network_record (digest, organisation, audience_id, audience, excluded,
          epoch, seq, object_type, object_id, modified, marking, statement, kept_at)
          values (${hash()}, ${organisation}, ${audience}, '{}', '{}', 0, ${writer * EACH + seq},
          'note', ${`note--${writer}-${seq}`}, now(), 'TLP:GREEN', ${statement}, now())`.execute(tx)
        // The later it began, the earlier it may end.
        await sql`select pg_sleep(${Math.random() * 0.02})`.execute(tx)
      })
    }
    running -= 1
  }
  const reader: Reader = { actor: { kind: 'node', organisation }, ceiling: 'TLP:RED' }
  const seen: string[] = []
  const added: number[] = []
  const read = async () => {
    let next: string | undefined
    for (;;) {
      const isLast = running === 0
      const page = await readPage(node.app, reader, audience as never, {
        limit: 7,
        'match[version]': 'all',
        ...(next && { next }),
      })
      seen.push(...page.items.map(({ id }) => id))
      added.push(...page.items.map((item) => item.added))
      const last = page.items.at(-1)
      if (last) next = String(last.added)
      else if (isLast) return
    }
  }
  await Promise.all([read(), ...Array.from({ length: WRITERS }, (_, writer) => write(writer))])
  expect(new Set(seen).size).toBe(WRITERS * EACH)
  expect(seen).toHaveLength(WRITERS * EACH)
  expect(added.every((us, index) => index === 0 || us > (added[index - 1] ?? 0))).toBe(true)
}, 240_000)

test('an instant with microseconds is read as it was written', () => {
  for (const us of [1_767_225_600_000_001, 1_767_225_600_999_999, 1_767_225_600_120_000]) {
    expect(microsecondsOf(dateAdded(us))).toBe(us)
  }
  expect(microsecondsOf('2026-01-01T01:00:00+01:00')).toBe(Date.parse('2026-01-01') * 1000)
})
