import { defineConfig } from 'vitest/config'

const server = { include: ['packages/{server,cli}/test/**/*.test.ts'], testTimeout: 60_000 }

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-summary.ts'],
    projects: [
      { test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...server,
          name: 'node on its own PostgreSQL',
          globalSetup: 'packages/server/test/postgres-embedded.ts',
        },
      },
    ],
  },
})
