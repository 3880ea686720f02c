import { describe, expect, test } from 'vitest'
import { endpoints } from '../src/main.ts'
import { startTestNode } from './test-node.ts'

type Description = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}
type Operation = { operationId: string; responses: Record<string, unknown>; parameters: object[] }

describe('the description of the interface', () => {
  test('names every route once, with its answer', async () => {
    const { url } = await startTestNode()
    const answer = await fetch(`${url}/openapi.json`)
    const description = (await answer.json()) as Description
    expect(description.openapi).toBe('3.1.0')
    const operations = Object.values(description.paths).flatMap((path) => Object.values(path))
    expect(operations).toHaveLength(endpoints.length)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(endpoints.length)
    for (const { responses } of operations) expect(responses).toHaveProperty('200')
    for (const { route } of endpoints) {
      expect(description.paths).toHaveProperty([route.path.replace(/:(\w+)/g, '{$1}')])
    }
  })
})
