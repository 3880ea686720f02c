import { defineConfig } from 'vitest/config'
import { hasOutsidePostgres } from './packages/server/test/postgres-outside.ts'

const onNode = { include: ['packages/{server,cli}/test/**/*.test.ts'], testTimeout: 60_000 }

const outside = {
  test: {
    ...onNode,
    name: 'node on an outside PostgreSQL',
    globalSetup: 'packages/server/test/postgres-outside.ts',
  },
}

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-summary.ts'],
    projects: [
      { test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...onNode,
          name: 'node on its own PostgreSQL',
          globalSetup: 'packages/server/test/postgres-embedded.ts',
        },
      },
      ...(hasOutsidePostgres ? [outside] : []),
    ],
  },
})
