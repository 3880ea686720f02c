import { defineConfig } from 'vitest/config'
import { hasBrowser } from './e2e/browser-path.ts'
import { hasOutsidePostgres } from './packages/server/test/postgres-outside.ts'

// Files of all projects run three at a time: while one waits for a clock, a browser or the database,
// the others work. Measured on two cores: six files take 60 s by twos, 50 s by threes and by fours.
const beside = { maxWorkers: 3 }

const onNode = {
  ...beside,
  include: ['packages/{server,cli}/test/**/*.test.ts'],
  // Whole nodes on a machine that may be busy: it says that something hangs, not that it is slow.
  testTimeout: 180_000,
}

const ofTheServer = (names: string) => `packages/server/test/{${names}}.test.ts`

/**
 * What an outside PostgreSQL has no part in: the one that ships with the product, protocols with
 * other programs, pages and files, nodes that speak with nodes.
 */
const ofOurOwn = [
  'packages/server/test/{start,crash}*.test.ts',
  ofTheServer('e-mail,fetch,sms,webhook,openapi,outsider,pages,demonstration'),
  ofTheServer('bad-input,directory,five-rivers-*,node-requests,onboarding,replayed-requests'),
  ofTheServer(
    'log-exchange,restored-order,exchange-again,exchange-two-nodes,exchange-taxii,withdrawal,withdrawal-restore',
  ),
  'packages/cli/test/{bundle,commands,mail,trust,verify,verify-decision,verify-proof}.test.ts',
]
/** Where statements, rules of rows and copies of a database could differ from server to server. */
const onBoth = [ofTheServer('access,sharing-access,docket,outbox,backup,audit,matter-list')]

/** The oldest PostgreSQL that is supported runs what the newest, with the journeys, need not again. */
const outside = {
  test: {
    ...onNode,
    name: 'node on an outside PostgreSQL',
    exclude: ofOurOwn,
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
          ...(hasOutsidePostgres && { include: [...ofOurOwn, ...onBoth] }),
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
