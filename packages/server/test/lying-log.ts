import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { signCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { formatVerifierKey, verifierKeyOf } from '@tocsin/records/log/note.ts'
import { bundleOf, TILE_WIDTH } from '@tocsin/records/log/tiles.ts'
import { type MadeLog, seedOf } from '../../records/test/made-log.ts'
import { watchLog } from '../src/network/log.ts'
import type { LogNode } from './test-logs.ts'

/* A log whose owner holds the right key and shows whatever serves him. */

export const lyingOrigin = 'liar.example/log'
const address = 'http://liar.example/log'
export const lyingKey = verifierKeyOf(lyingOrigin, 'note', seedOf('log'))

export type Shown = { readonly log: MadeLog; readonly size: number }

export const lyingCheckpoint = ({ log, size }: Shown): string =>
  signCheckpoint({ origin: lyingOrigin, size, root: log.rootAt(size) }, seedOf('log'))

/** Reaches everybody, and the liar as he shows himself at that moment. */
export const reaching = (show: () => Shown): typeof fetch =>
  async function reach(input, init) {
    const url = String(input)
    if (!url.startsWith(`${address}/`)) return fetch(input, init)
    return new Response(Buffer.from(serve(url.slice(address.length + 1), show())))
  }

function serve(path: string, shown: Shown): Uint8Array {
  if (path === 'checkpoint') return Buffer.from(lyingCheckpoint(shown))
  const [, level, n, width = '256'] = /^tile\/(\w+)\/(\d{3})(?:\.p\/(\d+))?$/.exec(path) ?? []
  const from = Number(n) * TILE_WIDTH
  const { digests, hashOf } = shown.log
  if (level === 'entries') return bundleOf(digests.slice(from, from + Number(width)))
  const hashes = Array.from({ length: Number(width) }, (_, at) =>
    hashOf({ level: Number(level) * 8, index: from + at }),
  )
  return Uint8Array.from(hashes.flatMap((hash) => [...hash]))
}

export const watchLiar = (node: LogNode, organisation: OrganisationId | null = null) =>
  node.app.db.as(system, (tx) =>
    watchLog(tx, {
      organisation,
      verifierKey: formatVerifierKey(lyingKey),
      address,
      witnessKey: null,
      witnessAddress: null,
    }),
  )
