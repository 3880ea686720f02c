import { operator, visitor } from '@tocsin/domain/actor.ts'
import { AuditEntry, findChainFault } from '@tocsin/records/chain.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { recordAudit } from '../src/audit/audit.ts'
import { startTestNode, type TestNode } from './test-node.ts'

const entriesOf = async ({ app }: TestNode): Promise<AuditEntry[]> =>
  app.db.as(operator, async (tx) => {
    const rows = await tx.selectFrom('audit_entry').selectAll().orderBy('seq').execute()
    return rows.map((row) => AuditEntry.parse(row))
  })

describe('the audit log', () => {
  test('keeps one unbroken chain when many write at once', async () => {
    const node = await startTestNode()
    const { app } = node
    const before = (await entriesOf(node)).length
    const write = (subject: string) =>
      app.db.as(operator, (tx) =>
        recordAudit(tx, { at: app.clock(), actor: operator, act: 'test.wrote', subject }),
      )
    await Promise.all(Array.from({ length: 20 }, (_, index) => write(String(index))))
    const entries = await entriesOf(node)
    expect(entries).toHaveLength(before + 20)
    expect(findChainFault(entries)).toBeUndefined()
  })

  test('names the entry that somebody changed behind the node', async () => {
    const node = await startTestNode()
    const { app } = node
    for (const subject of ['a', 'b', 'c']) {
      await app.db.as(operator, (tx) =>
        recordAudit(tx, { at: app.clock(), actor: operator, act: 'test.wrote', subject }),
      )
    }
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    await owner.query(`update audit_entry set subject = 'x' where subject = 'b'`)
    await owner.end()
    const entries = await entriesOf(node)
    const altered = entries.find(({ subject }) => subject === 'x')
    expect(findChainFault(entries)).toEqual({ seq: altered?.seq, fault: 'altered' })
  })

  test('cannot be changed by the application, and does not exist for a visitor', async () => {
    const { app } = await startTestNode()
    await app.db.as(operator, (tx) =>
      recordAudit(tx, { at: app.clock(), actor: operator, act: 'test.wrote', subject: 'a' }),
    )
    const change = app.db.as(operator, (tx) =>
      tx.updateTable('audit_entry').set({ subject: 'x' }).execute(),
    )
    await expect(change).rejects.toThrow(/permission denied/)
    const seen = await app.db.as(visitor, (tx) =>
      tx.selectFrom('audit_entry').select('seq').execute(),
    )
    expect(seen).toEqual([])
  })
})
