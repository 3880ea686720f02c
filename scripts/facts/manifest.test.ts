import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sharedData, withoutSharedData } from '../../packages/server/test/shared-data.ts'
import { makeFacts } from './manifest.ts'

const shipped = (file: string) =>
  readFileSync(new URL(`../../packages/server/facts/${file}`, import.meta.url), 'utf8')

describe.skipIf(withoutSharedData)('the facts that ship', () => {
  test('are, byte for byte, what the script makes of the publishers’ files', () => {
    const made = [...makeFacts(sharedData)]
    expect(made.length).toBeGreaterThan(5)
    for (const [file, text] of made) {
      // Not compared as values: a difference of one row would print thousands of lines.
      expect(text === shipped(file), `${file} is as it was made`).toBe(true)
    }
  })
})
