import { defineConfig } from 'vitest/config'
import { hasBrowser } from './e2e/browser-path.ts'
import { hasOutsidePostgres } from './packages/server/test/postgres-outside.ts'

const onNode = { include: ['packages/{server,cli}/test/**/*.test.ts'], testTimeout: 60_000 }

const outside = {
  test: {
    ...onNode,
    name: 'node on an outside PostgreSQL',
    // These are about the PostgreSQL that ships with the product.
    exclude: ['packages/server/test/{start,crash}*.test.ts'],
    globalSetup: 'packages/server/test/postgres-outside.ts',
  },
}

const journeys = {
  test: {
    name: 'e2e',
    include: ['e2e/**/*.test.ts'],
    globalSetup: 'e2e/node.ts',
    testTimeout: 180_000,
    // One browser at a time: journeys share the machine's two cores with the node.
    fileParallelism: false,
  },
}

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-summary.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages/*/src,scripts,lab/src}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...onNode,
          name: 'node on its own PostgreSQL',
          globalSetup: 'packages/server/test/postgres-embedded.ts',
        },
      },
      ...(hasOutsidePostgres ? [outside] : []),
      ...(hasBrowser ? [journeys] : []),
    ],
  },
})
