import { defineConfig } from 'vitest/config'
import { hasBrowser } from './e2e/browser-path.ts'
import { hasOutsidePostgres } from './packages/server/test/postgres-outside.ts'

// Files of all projects run two at a time: while one waits for a clock, a browser or the database,
// another works. More would only take turns on a machine of two cores.
const beside = { maxWorkers: 2 }

const onNode = {
  ...beside,
  include: ['packages/{server,cli}/test/**/*.test.ts'],
  testTimeout: 60_000,
}

const outside = {
  test: {
    ...onNode,
    name: 'node on an outside PostgreSQL',
    exclude: [
      // These are about the PostgreSQL that ships with the product.
      'packages/server/test/{start,crash}*.test.ts',
      // Protocols with another program, which no statement of ours has a part in.
      'packages/server/test/{e-mail,fetch,sms,webhook}.test.ts',
      // What is written from rows that other files here have read: pages, the description of the
      // interface, a record that an outsider checks.
      'packages/server/test/{openapi,outsider,pages}.test.ts',
      // Acts that other files here do, one after the other.
      'packages/server/test/demonstration.test.ts',
      // Nodes that speak with nodes, in statements that other files here run against the rules.
      'packages/server/test/{directory,five-rivers-network,node-requests,onboarding,replayed-requests}.test.ts',
      'packages/server/test/{log-exchange,restored-order,exchange-again,exchange-two-nodes,exchange-taxii,withdrawal,withdrawal-restore}.test.ts',
      // The command line itself: its words, files that need no node, a mail that is read.
      'packages/cli/test/{bundle,commands,mail,trust,verify,verify-proof}.test.ts',
    ],
    globalSetup: 'packages/server/test/postgres-outside.ts',
  },
}

const journeys = {
  test: {
    ...beside,
    name: 'e2e',
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/node.ts', 'packages/server/test/postgres-embedded.ts'],
    testTimeout: 180_000,
  },
}

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-summary.ts'],
    projects: [
      {
        test: {
          ...beside,
          name: 'unit',
          include: ['{packages/*/src,scripts,lab/src}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...onNode,
          name: 'node on its own PostgreSQL',
          // It ships without pg_dump.
          exclude: ['packages/server/test/withdrawal-dump.test.ts'],
          globalSetup: 'packages/server/test/postgres-embedded.ts',
        },
      },
      ...(hasOutsidePostgres ? [outside] : []),
      ...(hasBrowser ? [journeys] : []),
    ],
  },
})
