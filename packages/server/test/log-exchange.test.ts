import { system } from '@tocsin/domain/actor.ts'
import { type Contradiction, FindingKind } from '@tocsin/domain/transparency.ts'
import { signCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { contradictionIn, type Pair } from '@tocsin/records/log/evidence.ts'
import { readVerifierKey, verifierKeyOf } from '@tocsin/records/log/note.ts'
import { checkProof, readProof } from '@tocsin/records/log/proof-file.ts'
import { bundleOf, TILE_WIDTH } from '@tocsin/records/log/tiles.ts'
import { describe, expect, test } from 'vitest'
import { type MadeLog, makeLog, seedOf } from '../../records/test/made-log.ts'
import { awaitInLog, watchLog } from '../src/network/log.ts'
import { exchangeCheckpoints } from '../src/network/log-exchange.ts'
import { decideFinding } from '../src/network/log-findings.ts'
import { publicLogKeys } from '../src/network/log-keys.ts'
import { sequenceLogs } from '../src/network/log-sequencer.ts'
import { digestOf, findingsOf, introduce, type LogNode, startLogNode } from './test-logs.ts'

const MINUTE = 60_000

async function round(...nodes: readonly LogNode[]): Promise<void> {
  for (const node of nodes) node.advance(MINUTE)
  for (const node of nodes) await sequenceLogs(node.app)
  for (const node of nodes) await exchangeCheckpoints(node.app)
}

const seenOf = async (node: LogNode) =>
  (await node.asOwner('select origin, size::int, fault, frozen_at from known_log')).rows

/** A log whose owner lies: it serves whatever it likes, with signatures that are right. */
const origin = 'liar.example/log'
const liarKey = verifierKeyOf(origin, 'note', seedOf('log'))

function liar(show: () => { readonly log: MadeLog; readonly size: number }): typeof fetch {
  const serve = (path: string): Uint8Array | string | undefined => {
    const { log, size } = show()
    if (path === 'checkpoint') {
      return signCheckpoint({ origin, size, root: log.rootAt(size) }, seedOf('log'))
    }
    const [, level, n, width = '256'] = /^tile\/(\w+)\/(\d{3})(?:\.p\/(\d+))?$/.exec(path) ?? []
    const from = Number(n) * TILE_WIDTH
    if (level === 'entries') return bundleOf(log.digests.slice(from, from + Number(width)))
    const hashes = Array.from({ length: Number(width) }, (_, at) =>
      log.hashOf({ level: Number(level) * 8, index: from + at }),
    )
    return Uint8Array.from(hashes.flatMap((hash) => [...hash]))
  }
  return async (input, init) => {
    const url = String(input)
    if (!url.startsWith('http://liar.example/log/')) return fetch(input, init)
    const body = serve(url.slice('http://liar.example/log/'.length))
    return body === undefined ? new Response('', { status: 404 }) : new Response(body as BodyInit)
  }
}

const watchLiar = (node: LogNode) =>
  node.app.db.as(system, (tx) =>
    watchLog(tx, {
      organisation: null,
      verifierKey: `${origin}+${keyTail()}`,
      address: 'http://liar.example/log',
      witnessKey: null,
      witnessAddress: null,
    }),
  )

function keyTail(): string {
  const text = JSON.parse(JSON.stringify(formatted()))
  return text.slice(origin.length + 1)
}
