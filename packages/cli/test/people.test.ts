import { openInvitation } from '@tocsin/api/enrolment.ts'
import { newId } from '@tocsin/domain/id.ts'
import { describe, expect, test } from 'vitest'
import { startTestNode } from '../../server/test/test-node.ts'
import { addMinistry, tocsin } from './tocsin.ts'

describe('tocsin people', () => {
  test('lets whoever holds the machine invite an administrator', async () => {
    const node = await startTestNode()
    const organisation = await addMinistry(node)
    const listed = await tocsin(node, ['people', 'list'])
    expect(listed.stdout).toBe(`${organisation}  Ministry of Foreign Affairs\n`)
    const invited = await tocsin(node, [
      ...['people', 'invite', organisation],
      ...['--role', 'administrator'],
    ])
    const token = new URL(invited.stdout.trim()).hash.slice(1)
    expect(await node.visitor(openInvitation, { body: { token } })).toMatchObject({
      kind: 'invite',
      roles: ['administrator'],
    })
  })

  test('says in a sentence that a value is not understood', async () => {
    const node = await startTestNode()
    const organisation = await addMinistry(node)
    const refused = await tocsin(node, ['people', 'invite', organisation, '--role', 'king'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('--help')
    expect((await tocsin(node, ['people', 'recover', newId()])).code).toBe(2)
  })
})
